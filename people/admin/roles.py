"""Staff roles in the administration: what each may, given and taken by administrators through the commands."""

from typing import Any

from django import forms
from django.contrib import admin
from typing_extensions import override

from people.admin.commanded import Commanded, CommandForm
from people.commands import add_role, change_role
from people.commands.roles import DESK
from people.errors import Problem
from people.models import StaffRole
from people.roles import grantable_permissions, role_holders

VERBS = {"view": "查阅", "add": "新增", "change": "修改"}
AT_DESK = "在办事大厅工作"
SAID = {
    "FORBIDDEN": "只有系统管理员可以新增或修改岗位角色。",
    "ROLE_CODE_INVALID": "代码只用小写字母和下划线，2 至 20 个字符，例如 archive_keeper。",
    "ROLE_EXISTS": "这个代码已被使用，请换一个。",
    "REQUIRED": "请填写此项。",
    "TOO_LONG": "太长了，请缩短。",
    "INVALID_CHARACTERS": "含有不能使用的字符。",
    "PERMISSION_UNKNOWN": "不能给予这项权限，请重新选择。",
}


def permission_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a role may be given, by the kind of row that the administration shows."""
    grantable = grantable_permissions()
    groups = []
    for model in sorted(admin.site._registry, key=lambda kind: kind._meta.label_lower):
        named = (f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for verb in VERBS)
        offered = [
            (name, f"{verb}{model._meta.verbose_name}")
            for name, verb in zip(named, VERBS.values(), strict=True)
            if name in grantable and _has_effect(model, name)
        ]
        if offered:
            groups.append((str(model._meta.verbose_name), offered))
    return groups


def _has_effect(model: Any, permission: str) -> bool:
    """Whether any page heeds the right: lists that commands alone write are only looked at."""
    held = StaffRole.objects.values_list("permissions", flat=True)
    verb = permission.partition(".")[2].partition("_")[0]
    page: Any = admin.site._registry[model]
    return verb == "view" or verb in page.heeded or any(permission in names for names in held)


class RoleForm(CommandForm):
    """A role: its name, what it is for, whether it sits at a desk, its rights in the administration."""

    said = SAID
    code = forms.CharField(
        label="代码",
        max_length=20,
        help_text="保存后不能修改；小写字母和下划线，例如 archive_keeper。",
    )
    name = forms.CharField(label="名称", max_length=20)
    duty = forms.CharField(
        label="职责", max_length=200, widget=forms.Textarea(attrs={"rows": 2, "cols": 60})
    )
    at_desk = forms.BooleanField(
        label=AT_DESK,
        required=False,
        help_text="可以登录窗口和部门工作台。在办件中能做什么由角色代码决定，不随这里改变。",
    )
    permissions = forms.MultipleChoiceField(
        label="管理后台权限", required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.IntegerField(
        label="确认收回",
        required=False,
        min_value=0,
        help_text="收回有人担任的角色的权限时，填写将失去权限的人数。",
    )

    @override
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["permissions"].choices = permission_choices()  # type: ignore[attr-defined]

    @override
    def command(self, given: dict[str, Any]) -> StaffRole:
        """Adds or changes the role."""
        told = {name: given[name] for name in ("name", "duty", "at_desk", "permissions")}
        if self.instance._state.adding:
            return add_role(viewer=self.viewer, key=given["key"], code=given["code"], **told)
        return change_role(
            viewer=self.viewer,
            key=given["key"],
            code=self.instance.pk,
            agreed=given["agreed"],
            **told,
        )

    @override
    def words(self, problem: Problem) -> str:
        """Of rights that are held: who loses what, and how to go on."""
        if problem.code != "ROLE_HELD":
            return super().words(problem)
        names = {name: text for _, group in permission_choices() for name, text in group}
        lost: Any = problem.params["lost"]
        told = "、".join(names.get(name, AT_DESK if name == DESK else name) for name in lost)
        holders = problem.params["holders"]
        return (
            f"现有 {holders} 人担任此角色，保存后将失去：{told}。"
            f"如确要收回，请在“确认收回”中填写 {holders} 后再保存；如只是某人不再担任，请结束其任职。"
        )


class StaffRoles(Commanded):
    """What staff may be; a role is not deleted, the officers who hold it end on a day."""

    form = RoleForm
    only_added = ("code",)
    only_changed = ("agreed",)
    list_display = ("code", "name", "duty", "at_desk", "holders")
    search_fields = ("code", "name")
    looked_at = ("code", "name", "duty", "at_desk", "may")

    @admin.display(description="管理后台权限")
    def may(self, role: StaffRole) -> str:
        """In words."""
        names = {name: text for _, group in permission_choices() for name, text in group}
        return "、".join(names.get(name, name) for name in role.permissions) or "—"

    @admin.display(description="在任人数")
    def holders(self, role: StaffRole) -> int:
        """How many accounts hold it today or later."""
        return role_holders(role)
