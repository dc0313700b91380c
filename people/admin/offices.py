"""Divisions, departments, roles and officers in the administration."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from typing_extensions import override

from keys.keystore import ensure_owner
from people.admin.noted import Named
from people.commands.dividing import check_tree, known_places
from people.division_rules import Place
from people.errors import Refusal
from people.identifiers import credit_code
from people.models import Department, Division, Officer

DIVISION_KINDS = {
    "normal": "行政区划",
    "self": "本级",
    "zone": "开发区、功能区",
    "town": "乡镇、街道",
    "village": "村、社区",
}
TREE_FAULTS = {
    "code": "代码应为 12 位数字。",
    "name": "请填写名称。",
    "kind": "请选择种类。",
    "parent": "没有这个上级。",
    "cycle": "上级不能是自己或者自己的下级。",
    "days": "失效日期不能早于生效日期。",
    "successor": "只有已经撤并（有失效日期）的区划才有承接的区划。",
    "successors": "承接关系绕成了圈，请核对。",
}


class DivisionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A division that leaves the divisions a tree."""

    kind = forms.ChoiceField(label="种类", choices=list(DIVISION_KINDS.items()))

    @override
    def clean(self) -> dict[str, Any]:
        """The whole tree with this division in it must be sound."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        code = str(given.get("code") or self.instance.pk)
        place = Place(
            code=code,
            name=given["name"],
            valid_from=given["valid_from"],
            parent=given["parent"].pk if given.get("parent") else "",
            kind=given["kind"],
            valid_until=given.get("valid_until"),
            merged_into=given["merged_into"].pk if given.get("merged_into") else "",
        )
        try:
            check_tree({**known_places(), code: place})
        except Refusal as refusal:
            reasons = {str(problem.params["reason"]) for problem in refusal.problems}
            raise ValidationError([TREE_FAULTS[reason] for reason in sorted(reasons)]) from refusal
        return given


class Divisions(Named):
    """Divisions with their parents."""

    form = DivisionForm
    list_display = ("code", "name", "above", "kind_name", "valid_from", "valid_until")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("=code", "name")

    @admin.display(description="上级")
    def above(self, division: Division) -> str:
        """The parent's name."""
        return division.parent.name if division.parent else "—"

    @admin.display(description="种类", ordering="kind")
    def kind_name(self, division: Division) -> str:
        """In words."""
        return DIVISION_KINDS[division.kind]

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A code is for good: everything refers to it."""
        return ("code",) if obj else ()


FUNCTION = re.compile("[a-z][a-z_]{1,38}")


class DepartmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A department with a credit code that holds (GB 32100)."""

    def clean_function(self) -> str:
        """Small letters: queues and keys are named after it."""
        function = str(self.cleaned_data["function"])
        if not FUNCTION.fullmatch(function):
            raise ValidationError("职能代码只用小写字母和下划线，例如 market_regulation。")
        return function

    def clean_credit_code(self) -> str:
        """The code in its normal form."""
        try:
            return credit_code(self.cleaned_data["credit_code"])
        except Refusal as refusal:
            raise ValidationError("统一社会信用代码不正确，请核对。") from refusal


class Departments(Named):
    """Departments: how they are reached, which word their documents carry, where one appeals."""

    form = DepartmentForm
    list_display = ("code", "name", "document_word", "channel", "review_body", "court")
    list_filter = ("function",)
    search_fields = ("code", "name")
    exclude = ("code",)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What its code is made of stays: queues and keys are named after it."""
        return () if obj is None else ("code", "function", "division_name")

    @override
    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The code is made, not typed."""
        return ("code",) if obj is None else ("division",)

    @admin.display(description="行政区划")
    def division_name(self, department: Department) -> str:
        """The division's name."""
        return department.division.name

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new one gets its code and its keys; under a new name the department gets a new seal."""
        if not change:
            obj.code = f"{obj.function}.{obj.division_id}"
        super().save_model(request, obj, form, change)
        ensure_owner(obj.code, obj.name)


class OfficerForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role from day to day."""

    @override
    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_until")
        if first and last and last < first:
            raise ValidationError({"valid_until": "最后一天不能早于第一天。"})
        return given


class Officers(Named):
    """Roles from day to day; to end one, set its last day."""

    form = OfficerForm
    list_display = ("name", "office", "role_name", "staff_number", "valid_from", "valid_until")
    list_filter = ("role__name", "department__function")
    list_select_related = ("department", "role")
    search_fields = ("=staff_number", "name")
    autocomplete_fields = ("account",)

    @admin.display(description="部门")
    def office(self, officer: Officer) -> str:
        """The department's name."""
        return officer.department.name

    @admin.display(description="角色")
    def role_name(self, officer: Officer) -> str:
        """The role's name."""
        return officer.role.name
