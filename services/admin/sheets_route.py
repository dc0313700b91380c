"""The sheets of the route: a step, a group of alternative checks, how the decisions meet."""

from django import forms
from typing_extensions import override

from services.admin.controls import LimitField, LinesField, Picked, PickedSeveral
from services.admin.entry_form import EntryForm, NamedForm
from services.admin.rows import PairsField
from services.check_rules import SUBJECT
from services.conditions import ROOT

KINDS = (
    ("approve", "审批（作出决定）"),
    ("verify", "数据核验"),
    ("advise", "征求意见"),
    ("inspect", "踏勘检查"),
    ("evaluate", "检测、评审、听证"),
    ("issue", "制证发证"),
)
SILENCES = (("wait", "一直等"), ("escalate", "转上级督办"), ("consent", "视为同意（仅限征求意见）"))
JOINS = (
    ("each", "各结果分别作出、分别送达"),
    ("all", "全部同意才算同意"),
    ("any", "任一同意即可"),
    ("quorum", "达到规定数量"),
    ("veto", "一票否决"),
)
GROUP_JOINS = (("any", "任一符合即可"), ("all", "全部都要"))


class RouteForm(EntryForm):
    """How the decisions meet."""

    groups = (("合并方式", "", ("join", "quorum")),)
    join = forms.ChoiceField(label="各环节的决定怎样合并", choices=JOINS)
    quorum = forms.IntegerField(
        label="规定数量",
        required=False,
        min_value=1,
        max_value=99,
        help_text="选“达到规定数量”才填。",
    )


# Which kinds of step use which fields of the sheet.
USED_BY = {
    "item": ("approve",),
    "result": ("approve",),
    "statutory": ("approve",),
    "on_silence": ("advise", "inspect", "verify"),
    "group": ("verify",),
    "register": ("verify",),
    "asks": ("verify",),
    "stop": ("evaluate",),
}


class StepForm(NamedForm):
    """One step of the route."""

    groups = (
        ("环节", "", ("name", "kind", "department", "within", "id")),
        ("什么时候办", "没有先后关系的环节同时办理。", ("when", "before")),
        ("审批", "审批环节必填。", ("item", "basis", "result", "statutory", "opinions")),
        ("可见内容", "办理部门只能看到这里选中的内容。", ("reads",)),
        ("意见与核验", "", ("on_silence", "group", "register", "asks", "stop", "at")),
    )
    meant = {"opinions": 1, "on_silence": "wait"}
    name = forms.CharField(label="环节名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=KINDS)
    department = PickedSeveral(label="办理部门", help_text="只有踏勘检查可以选几个部门。")
    within = LimitField(label="办理时限", help_text="从本环节开始算。")
    before = PickedSeveral(
        label="本环节办完，下列环节才能开始", required=False, help_text="不选的互不等待。"
    )
    item = forms.CharField(label="对应事项编码", required=False, max_length=36)
    basis = LinesField(label="设定依据", required=False, help_text="每行一条，写到条款。")
    result = Picked(label="签发的结果", required=False)
    statutory = LimitField(label="本环节法定时限", help_text="从受理开始算。")
    opinions = forms.IntegerField(label="需要几人意见一致", min_value=1, max_value=9)
    reads = PickedSeveral(label="可见内容")
    on_silence = forms.ChoiceField(label="逾期未答", choices=SILENCES)
    group = Picked(label="所属环节组", required=False)
    register = Picked(label="核验数据源", required=False)
    stop = Picked(
        label="开始时停止计时",
        required=False,
        help_text="检测、评审、听证期间不计入时限的，选特别程序。",
    )
    at = Picked(label="归哪里办", required=False, help_text="与事项不同才选。")

    @override
    def prepare(self) -> None:
        pickers, own = self.pickers, str(self.entry.get("id", ""))
        self.offer("department", pickers.departments)
        self.offer("before", pickers.named("route", own))
        self.offer("result", [("", "（不签发结果）"), *pickers.named("results")])
        self.offer("reads", pickers.scopes)
        self.offer("group", [("", "（不属于任何组）"), *pickers.named("groups")])
        self.offer("register", [("", "（由人办理）"), *pickers.registers])
        divisions = [
            (title, [(f"{ROOT}.{path}", words) for path, words in inner])
            for title, inner in pickers.paths_of("division")
        ]
        self.offer("at", [("", "（与事项相同）"), *divisions])
        self.offer("stop", [("", "（不停止）"), *pickers.named("stops")])
        self.condition("when", "只在什么情况下办", "没有条件的，每件都办。")
        self.fields["asks"] = PairsField(
            {
                "key": forms.CharField(
                    label="核验什么", max_length=60, widget=forms.TextInput(attrs={"list": "asks"})
                ),
                "value": Picked(
                    label="取自表单项", choices=[("", "（选择表单项）"), *pickers.single_paths]
                ),
            },
            label="核验内容",
            required=False,
            help_text=f"其中“{SUBJECT}”是核验谁：身份号码或统一社会信用代码。",
        )
        self.refresh_on("kind")
        self.only_for(USED_BY, self.chosen("kind"))


class StepGroupForm(NamedForm):
    """Checks of which one is enough."""

    groups = (("环节组", "几个核验环节合起来回答一个问题。", ("name", "join", "id")),)
    name = forms.CharField(label="组名", max_length=100)
    join = forms.ChoiceField(label="怎样合并", choices=GROUP_JOINS)
