"""How the administration writes and lists: every write is noted, nothing is deleted, long lists are not counted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from typing_extensions import override

from people.commands import audit
from people.viewer import Viewer

MOST_COUNTED = 2000


def administrator(request: HttpRequest) -> Viewer:
    """Who writes in the administration, as commands and the audit know them."""
    return Viewer(kind="system", account_id=request.user.pk, reason="administration")


class Bounded(Paginator):  # type: ignore[type-arg]
    """Pages of the first 2,000 rows of what was asked for; whoever seeks more asks more narrowly."""

    @cached_property
    @override
    def count(self) -> int:
        """As many as there are, up to the limit."""
        rows: Any = self.object_list
        return len(rows.order_by().values_list("pk")[:MOST_COUNTED])


class Noted(admin.ModelAdmin):  # type: ignore[type-arg]
    """What an administrator writes is noted like any command, in the same transaction.

    Nothing is deleted: rights end on a day, accounts and enterprises are closed.
    """

    show_full_result_count = False
    paginator = Bounded
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER

    @override
    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """Saves the row and notes which fields were written."""
        super().save_model(request, obj, form, change)
        kind = str(obj._meta.model_name)
        audit(
            administrator(request),
            action=f"enter_{kind}",
            subject_kind=kind,
            subject_id=obj.pk,
            details={"fields": sorted(form.changed_data)},
        )

    @override
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    @override
    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        """Under the row's name; our models have no text of their own."""
        if row := options.get("obj"):
            context["subtitle"] = getattr(row, "name", "") or getattr(row, "sign_in_name", row.pk)
        return super().render_change_form(request, context, *args, **options)


class ReadOnly(Noted):
    """Nothing is added or changed here: commands do that."""

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rows by their name; our models have no text of their own, so that none reaches a log."""

    @override
    def label_from_instance(self, obj: Any) -> str:
        """The name that people know, or the code."""
        return str(getattr(obj, "name", "") or getattr(obj, "sign_in_name", obj.pk))


class Named(Noted):
    """Rows that refer to others by name."""

    @override
    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice by names."""
        return super().formfield_for_foreignkey(
            db_field, request, **({"form_class": NamedChoice} | kwargs)
        )
