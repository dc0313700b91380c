"""How the administration writes and lists: every write is noted, nothing is deleted, long lists are not counted."""

import json
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from typing_extensions import override

from people.commands import audit
from people.viewer import Viewer

MOST_COUNTED = 2000
TITLES = ("name", "sign_in_name", "number", "code")


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

    change_form_template = "administration/change_form.html"
    object_history_template = "administration/object_history.html"
    show_full_result_count = False
    paginator = Bounded
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    heeded: tuple[str, ...] = ("add", "change")  # which rights of a role open more than looking

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("administration/pages.css",)}

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

    def title_of(self, row: Any) -> str:
        """What a row is called: its name, or its number; our models have no text of their own."""
        for column in TITLES:
            if title := getattr(row, column, ""):
                return str(title)
        return f"…{str(row.pk)[-12:]}"

    @override
    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **options: Any
    ) -> HttpResponse:
        """Under the row's name."""
        if (row := options.get("obj")) is not None:
            context["subtitle"] = self.title_of(row)
        return super().render_change_form(request, context, *args, **options)

    @override
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Under the row's name."""
        row = self.get_object(request, object_id)
        told = {"title": "修改历史", "subtitle": "" if row is None else self.title_of(row)}
        return super().history_view(request, object_id, {**told, **(extra_context or {})})

    @override
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The page's own list of what was done lately, by names."""
        return self._log(request, obj, ADDITION, message)

    @override
    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """As `log_addition`."""
        return self._log(request, obj, CHANGE, message)

    def _log(self, request: HttpRequest, obj: Any, flag: int, message: Any) -> LogEntry:
        return LogEntry.objects.create(
            user_id=str(request.user.pk),
            content_type=ContentType.objects.get_for_model(obj, for_concrete_model=False),
            object_id=str(obj.pk),
            object_repr=self.title_of(obj)[:200],
            action_flag=flag,
            change_message=json.dumps(message) if isinstance(message, list) else message,
        )

    @override
    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """Says what was added, and goes to the list or to what was asked for."""
        return self._answer(request, obj, "已新增", self.response_post_save_add)

    @override
    def response_change(self, request: HttpRequest, obj: Any) -> Any:
        """Says what was changed, and goes to the list or to what was asked for."""
        return self._answer(request, obj, "已保存", self.response_post_save_change)

    def _answer(self, request: HttpRequest, obj: Any, said: str, back: Any) -> HttpResponse:
        kind = f"{self.opts.app_label}_{self.opts.model_name}"
        told = f"{said}{self.opts.verbose_name}：{self.title_of(obj)}"
        self.message_user(request, told, messages.SUCCESS)
        if "_addanother" in request.POST:
            return redirect(f"admin:{kind}_add")
        if "_continue" in request.POST or "_saveasnew" in request.POST:
            return redirect(f"admin:{kind}_change", obj.pk)
        done: HttpResponse = back(request, obj)
        return done


class ReadOnly(Noted):
    """Nothing is added or changed here: commands do that."""

    heeded = ()

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
