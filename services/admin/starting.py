"""How a draft begins: from nothing, from the version in force, or from a file."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from people.admin.noted import administrator
from people.errors import Refusal
from services.admin.controls import Picked
from services.admin.desk import URL
from services.admin.faults import refusal_lines
from services.admin.pickers import Pickers
from services.admin.sheets_item import ITEM_TYPES
from services.commands import draft_item
from services.importing import LARGEST, load_definition
from services.models import ItemVersion

MAY_ADD = "services.add_itemversion"


class Blank(forms.Form):
    """What a new item needs to have a name; the rest is filled in on its pages."""

    code = forms.RegexField(
        r"[0-9A-Z]{9,14}",
        label="基本编码",
        help_text="12 位；一件事用主题编码。",
        error_messages={"invalid": "只用数字和大写字母，9 到 14 位。"},
    )
    name = forms.CharField(label="事项名称", max_length=200)
    type = forms.ChoiceField(label="事项类型", choices=ITEM_TYPES, initial="01")
    lead = Picked(label="牵头部门")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        lead: Any = self.fields["lead"]
        lead.choices = [("", "（选择部门）"), *Pickers({}).departments]

    def definition(self) -> dict[str, Any]:
        """An item with one section, its division field, and the usual limits."""
        return {**self.cleaned_data, **_BEGINNING}

    def clean_code(self) -> str:
        """A code that no item has yet."""
        code = str(self.cleaned_data["code"])
        if ItemVersion.objects.filter(item__code=code).exists():
            raise ValidationError("这个编码已有事项，请在它的现行版本页面上“另起草稿”。")
        return code


_DAYS = {"kind": "working", "basis": "本市政务服务规范"}
_BEGINNING: dict[str, Any] = {
    "audience": ["person"],
    "acceptance": "officer",
    "at": "answers.applicant.division",
    "basis": [],
    "limits": {
        "notice": {"days": 5, **_DAYS},
        "correction": {"days": 15, **_DAYS},
        "promised": {"days": 10, **_DAYS},
        "delivery": {"days": 10, **_DAYS},
    },
    "remedies": {
        "review_days": 60,
        "suit_months": 6,
        "basis": ["《中华人民共和国行政复议法》第二十条", "《中华人民共和国行政诉讼法》第四十六条"],
    },
    "form": [
        {
            "id": "applicant",
            "label": "申请人",
            "fields": [
                {"id": "name", "label": "姓名", "type": "text", "required": True},
                {"id": "division", "label": "所在区划", "type": "division", "required": True},
            ],
        }
    ],
    "materials": [],
    "route": [],
    "results": [],
    "join": "each",
}


class FromFile(forms.Form):
    """A definition as YAML."""

    file = forms.FileField(
        label="YAML 文件",
        help_text="读入后成为草稿，可以继续修改；有问题的地方会逐条列出。",
    )

    def clean_file(self) -> dict[str, Any]:
        """The mapping that the file states."""
        file = self.cleaned_data["file"]
        try:
            return load_definition(file.read(LARGEST + 1), file.name)
        except Refusal as refusal:
            raise ValidationError(refusal_lines({}, refusal)) from refusal

    def definition(self) -> dict[str, Any]:
        """As it was read."""
        found: dict[str, Any] = self.cleaned_data["file"]
        return found


def start_view(request: HttpRequest) -> HttpResponse:
    """The page on which a draft begins."""
    if not request.user.has_perm(MAY_ADD):
        raise PermissionDenied
    is_file = "file" in request.FILES
    posted = request.method == "POST"
    blank = Blank(request.POST if posted and not is_file else None)
    from_file = FromFile(request.POST, request.FILES) if is_file else FromFile()
    form: Blank | FromFile = from_file if is_file else blank
    if posted and form.is_valid():
        try:
            draft = draft_item(
                viewer=administrator(request), key=uuid4().hex, definition=form.definition()
            )
        except Refusal as refusal:
            form.add_error(None, ValidationError(refusal_lines({}, refusal)))
        else:
            messages.success(request, f"“{draft.item.name}”第 {draft.number} 版草稿已建立。")
            return HttpResponseRedirect(reverse(f"{URL}change", args=[draft.pk]))
    context = {
        **admin.site.each_context(request),
        "title": "起草事项",
        "opts": ItemVersion._meta,
        "blank": blank,
        "from_file": from_file,
    }
    return render(request, "admin/services/start.html", context)
