"""A JSON column that keeps its keys in the order in which people wrote them.

PostgreSQL's jsonb orders keys anew, by length and bytes; the options of a question would then be read in
another order than their author's. Its older type json keeps the text as it came.
"""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from typing_extensions import override


class AsWrittenField(models.JSONField):
    """Like JSONField, of PostgreSQL's type json: for what is read whole and never asked by its keys."""

    @override
    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """`json` on PostgreSQL."""
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    @override
    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        """The text itself: an adapter for jsonb would order it before it arrives."""
        if value is None or connection.vendor != "postgresql":
            return super().get_db_prep_value(value, connection, prepared)
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    @override
    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """The driver reads json by itself, jsonb not."""
        if not isinstance(value, str):
            return value
        return super().from_db_value(value, expression, connection)
