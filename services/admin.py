"""The catalogue in the administration: items to read, versions to draft from YAML and to publish by another."""

from typing import Any
from uuid import uuid4

import yaml
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import override

from people.admin.noted import ReadOnly, administrator
from people.errors import Refusal
from people.labels import label
from people.viewer import Viewer
from services.commands import draft_item, publish_draft, submit_draft
from services.importing import LARGEST, load_definition
from services.models import ItemVersion, ServiceItem

STATES = {"draft": "草稿", "review": "审核中", "published": "已发布", "retired": "已停用"}
SAID = {
    "FOUR_EYES": "草稿须由起草人以外的人发布。",
    "REASON_REQUIRED": "请在“发布说明”中写明理由。",
    "DRAFT_OUTDATED": "起草之后已经发布了更新的版本，请重新起草。",
    "NOT_FOUND": "没有这个版本。",
    "NOT_IN_REVIEW": "只有提交审核的草稿可以发布。",
    "FORBIDDEN": "没有权限。",
}


def faults_of(refusal: Refusal) -> list[str]:
    """What is wrong, one line a problem with its place."""
    lines = []
    for problem in refusal.problems:
        facts = "，".join(f"{name} {value}" for name, value in problem.params.items())
        said = SAID.get(problem.code, f"{problem.code} {facts}")
        lines.append(f"{problem.field}：{said}" if problem.field and facts else said)
    return lines


class ServiceItems(ReadOnly):
    """Items as the catalogue lists them."""

    list_display = ("code", "name", "item_type", "lead_function", "is_bundle")
    search_fields = ("code", "name")


class Draft(forms.ModelForm):  # type: ignore[type-arg]
    """A definition as a YAML file; it is read and proven before anything is kept."""

    viewer: Viewer
    file = forms.FileField(
        label="事项定义（YAML 文件）",
        help_text="读入时逐条检查，并证明办理流程在每种情形下都能办结；有问题的不会保存。",
    )

    class Meta:
        model = ItemVersion
        fields: tuple[str, ...] = ()

    def clean_file(self) -> dict[str, object]:
        """The definition that the file states."""
        file = self.cleaned_data["file"]
        try:
            return load_definition(file.read(LARGEST + 1).decode(), file.name)
        except UnicodeDecodeError as odd:
            raise ValidationError("文件不是 UTF-8 文本。") from odd
        except Refusal as refusal:
            raise ValidationError(faults_of(refusal)) from refusal

    @override
    def clean(self) -> dict[str, Any]:
        """Drafts it: what the command refuses is said at the file."""
        given: dict[str, Any] = super().clean() or {}
        if "file" in given:
            try:
                self.instance = self._reviewed(given["file"])
            except Refusal as refusal:
                raise ValidationError({"file": faults_of(refusal)}) from refusal
        return given

    def _reviewed(self, definition: dict[str, object]) -> ItemVersion:
        """The file as a draft in review: what is not sound is not kept."""
        with transaction.atomic():
            draft = draft_item(viewer=self.viewer, key=uuid4().hex, definition=definition)
            return submit_draft(viewer=self.viewer, key=uuid4().hex, version_id=draft.pk)


class Publishing(ActionForm):
    """Why a draft is published."""

    note = forms.CharField(label="发布说明", max_length=500, required=False)


class ItemVersions(ReadOnly):
    """Versions: a draft is added from a file and published by somebody else; nothing else changes."""

    action_form = Publishing
    actions = ("publish",)
    list_display = ("item_name", "number", "state_name", "drafter", "published_at", "note")
    list_select_related = ("item", "drafted_by")
    ordering = ("-id",)
    shown = (
        "item_name",
        "number",
        "state_name",
        "drafter",
        "published_at",
        "note",
        "digest",
        "text",
    )

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Catalogue editors draft."""
        return request.user.has_perm("services.add_itemversion")

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Catalogue editors publish, though not their own."""
        return request.user.has_perm("services.change_itemversion")

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A file to add, the version to read."""
        return ("file",) if obj is None else self.shown

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A version never changes here."""
        return () if obj is None else self.shown

    @override
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who drafts."""
        if obj is None:
            return type("Draft", (Draft,), {"viewer": administrator(request)})
        return super().get_form(request, obj, change, **kwargs)

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The command has saved and noted it."""

    @admin.display(description="事项")
    def item_name(self, version: ItemVersion) -> str:
        """Code and name."""
        return f"{version.item.code} {version.item.name}"

    @admin.display(description="状态")
    def state_name(self, version: ItemVersion) -> str:
        """In words."""
        return STATES.get(version.state, version.state)

    @admin.display(description="起草人")
    def drafter(self, version: ItemVersion) -> str:
        """The account's sign-in name."""
        return version.drafted_by.sign_in_name if version.drafted_by else "—"

    @admin.display(description="定义")
    def text(self, version: ItemVersion) -> str:
        """The definition as people wrote it."""
        return yaml.safe_dump(version.definition, allow_unicode=True, sort_keys=False)

    @admin.action(description="发布所选草稿", permissions=["publish"])
    def publish(self, request: HttpRequest, chosen: QuerySet[ItemVersion]) -> None:
        """Publishes each; says of each that cannot be why."""
        for version in chosen.select_related("item").order_by("id"):
            try:
                publish_draft(
                    viewer=administrator(request),
                    key=uuid4().hex,
                    version_id=version.pk,
                    note=request.POST.get("note", ""),
                )
            except Refusal as refusal:
                for line in faults_of(refusal):
                    self.message_user(request, f"{version.item.name}：{line}", messages.ERROR)
            else:
                told = f"{version.item.name} 第 {version.number} 版已发布。"
                self.message_user(request, told, messages.SUCCESS)


label(
    ServiceItem,
    "事项",
    code="编码",
    name="名称",
    item_type="类型",
    audience="办理对象",
    lead_function="牵头职能",
    is_bundle="一件事",
    summary="简介",
)
label(
    ItemVersion,
    "事项版本",
    number="版本",
    published_at="发布时间",
    note="发布说明",
    digest="摘要",
)
admin.site.register(ServiceItem, ServiceItems)
admin.site.register(ItemVersion, ItemVersions)
