"""The sheets of what is asked of the applicant as a whole: eligibility, checks over fields, parts of a bundle."""

from django import forms
from typing_extensions import override

from services.admin.controls import PickedSeveral
from services.admin.entry_form import NamedForm


class EligibilityForm(NamedForm):
    """A condition that must hold for somebody to be entitled, with the reason told when it does not."""

    groups = (
        (
            "申请资格",
            "条件成立才有资格；不成立时把原因告诉申请人。",
            ("when", "reason", "basis", "id"),
        ),
    )
    reason = forms.CharField(
        label="不符合时怎么告知", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis = forms.CharField(label="依据", max_length=200)

    @override
    def prepare(self) -> None:
        self.condition("when", "有资格的条件")


class CheckForm(NamedForm):
    """What must hold between answers."""

    groups = (
        (
            "填报校验",
            "条件不成立时，在所选表单项下提示。",
            ("holds", "when", "message", "fields", "id"),
        ),
    )
    message = forms.CharField(label="提示什么", max_length=200)

    @override
    def prepare(self) -> None:
        self.condition("holds", "必须成立的条件")
        self.condition("when", "只在什么情况下校验", "没有条件的总要校验。")
        told = PickedSeveral(label="提示在哪些表单项下", required=False, choices=self.pickers.paths)
        self.fields["fields"] = told


class PartForm(NamedForm):
    """A legally separate item within a bundle."""

    groups = (
        (
            "组成事项",
            "一件事由几个事项组成，各自作出决定。",
            ("name", "item", "steps", "on_demand", "choose", "when", "id"),
        ),
    )
    name = forms.CharField(label="名称", max_length=100)
    item = forms.CharField(label="事项编码", max_length=36)
    steps = PickedSeveral(label="由哪些环节办理")
    on_demand = forms.BooleanField(label="按需选办", required=False)
    choose = forms.RegexField(
        r"[a-z][a-z0-9_]{0,39}",
        label="多选一的组",
        required=False,
        help_text="几个事项只能选一个的，填同一个代码（小写字母、数字、下划线）。",
    )

    @override
    def prepare(self) -> None:
        self.offer("steps", self.pickers.named("route"))
        self.condition("when", "什么情况下选办", "只有按需选办、多选一的才填。")
