"""What the administration calls rows and columns, in Chinese.

The names are given to Django's models when the administration starts, and not in the models: they are no part
of the tables, so that another word is no migration.
"""

from typing import Any

from django.db import models


def label(model: type[models.Model], title: str, /, **columns: str) -> None:
    """Names a model, and columns of it, as people in an office do."""
    model._meta.verbose_name = model._meta.verbose_name_plural = title
    for column, text in columns.items():
        field: Any = model._meta.get_field(column)
        field.verbose_name = text
