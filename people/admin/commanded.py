"""Pages of the administration whose writes are commands: what a command refuses is said at its field."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from typing_extensions import override

from people.admin.noted import Noted, administrator
from people.errors import Problem, Refusal
from people.viewer import Viewer


class CommandForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that a command judges and saves; `key` makes the same form sent twice one act."""

    viewer: Viewer
    said: ClassVar[Mapping[str, str]] = {}
    key = forms.CharField(widget=forms.HiddenInput, initial=lambda: uuid4().hex, max_length=40)

    @override
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance._state.adding:
            self.initial = {**self.stands(), **self.initial}

    def stands(self) -> dict[str, Any]:
        """What the fields say of the row as it is."""
        named = (name for name in self.fields if hasattr(self.instance, name))
        return {name: getattr(self.instance, name) for name in named}

    def command(self, given: dict[str, Any]) -> models.Model:
        """Sends the command; returns the row as it is now."""
        raise NotImplementedError

    def words(self, problem: Problem) -> str:
        """What is wrong and what to do, in Chinese."""
        return self.said.get(problem.code, problem.code)

    def place(self, problem: Problem) -> str:
        """The field at which a problem is said."""
        return problem.field

    @override
    def clean(self) -> dict[str, Any]:
        """Runs the command once every field has its form."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        try:
            self.instance = self.command(given)
        except Refusal as refusal:
            for problem in refusal.problems:
                place = self.place(problem)
                told = ValidationError(self.words(problem))
                self.add_error(place if place in self.fields else None, told)
        return given

    def _post_clean(self) -> None:
        """The command has judged; the model would judge a row that is not its."""


class Commanded(Noted):
    """Rows that commands write and note; the page saves nothing itself."""

    only_added: tuple[str, ...] = ()  # fields of a new row, and of one that is changed
    only_changed: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()  # what whoever may not write sees

    @override
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A form that knows who writes; its model fields are the command's to save."""
        shown: Any = self.form
        meta = type("Meta", (), {"model": self.model, "fields": ()})
        left_out = dict.fromkeys(self.only_added if obj else self.only_changed)
        known = {"viewer": administrator(request), "Meta": meta}
        return type(shown.__name__, (shown,), {**known, **left_out})

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's own, in its order."""
        if not self.has_change_permission(request, obj):
            return list(self.looked_at)
        return list(self.get_form(request, obj).base_fields)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whoever may only look changes nothing."""
        return [] if self.has_change_permission(request, obj) else list(self.looked_at)

    @override
    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        """The command has saved and noted it."""
