"""The sheets of an item as a whole: basics, limits, remedies, results, stops of the clock."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from typing_extensions import override

from services.admin.controls import KINDS, LimitField, LinesField, Picked, PickedSeveral
from services.admin.entry_form import EntryForm
from services.admin.rows import PairsField
from services.codes import ItemType
from services.conditions import ROOT

ITEM_TYPES = tuple((kind.code, f"{kind.code} {kind.label}") for kind in ItemType)
AUDIENCES = (("person", "自然人"), ("enterprise", "企业和其他组织"))
ACCEPTANCES = (("officer", "工作人员审核后受理"), ("automatic", "材料齐全即自动受理"))
CODE = r"[A-Z][A-Z0-9_]{2,59}"


class BasicsForm(EntryForm):
    """What the item is."""

    groups = (
        ("事项", "", ("code", "name", "type", "bundle", "audience", "summary", "words")),
        ("办理", "", ("lead", "acceptance", "at", "conditions", "basis")),
    )
    code = forms.RegexField(
        r"[0-9A-Z]{9,36}",
        label="基本编码",
        help_text="12 位基本编码；一件事用主题编码。发布后不再改变。",
        error_messages={"invalid": "只用数字和大写字母，9 到 36 位。"},
    )
    name = forms.CharField(label="事项名称", max_length=200)
    type = forms.ChoiceField(label="事项类型", choices=ITEM_TYPES)
    bundle = forms.BooleanField(label="是“一件事”（多个事项一次办）", required=False)
    audience = PickedSeveral(label="服务对象", choices=AUDIENCES)
    summary = forms.CharField(
        label="简介", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    words = LinesField(
        label="俗称", required=False, help_text="群众怎么叫它，每行一个，2 到 8 个字；搜索时用。"
    )
    lead = Picked(label="牵头部门")
    acceptance = forms.ChoiceField(label="受理方式", choices=ACCEPTANCES)
    at = Picked(
        label="归哪里办",
        required=False,
        help_text="按申请人在哪个“行政区划”表单项中的选择，决定由哪里的部门办理。",
    )
    conditions = LinesField(label="受理条件", required=False, help_text="每行一条。")
    basis = LinesField(label="设定依据", required=False, help_text="每行一条，写到条款。")

    @override
    def prepare(self) -> None:
        self.offer("lead", [("", "（选择部门）"), *self.pickers.departments])
        found = [
            (title, [(f"{ROOT}.{path}", words) for path, words in inner])
            for title, inner in self.pickers.paths_of("division")
        ]
        self.offer("at", [("", "（选择表单项）"), *found])


class LimitsForm(EntryForm):
    """The clocks of the item."""

    groups = (
        (
            "时限",
            "天数、工作日还是自然日、依据。行政许可不填的，按《行政许可法》的规定。",
            ("promised", "statutory", "notice", "correction", "extension", "delivery"),
        ),
    )
    promised = LimitField(label="承诺办结时限", help_text="从受理到办结，对申请人的承诺。")
    statutory = LimitField(label="法定办结时限", help_text="法律法规没有规定的不填。")
    notice = LimitField(label="受理告知时限", help_text="从收件到告知是否受理、是否需要补正。")
    correction = LimitField(label="补正时限", help_text="申请人收到补正告知后多久内补齐。")
    extension = LimitField(label="延长期限", help_text="可以延长多久；不能延长的不填。")
    delivery = LimitField(label="送达时限", help_text="作出决定后多久内送达。")


class RemediesForm(EntryForm):
    """What an applicant may do against a denial."""

    groups = (
        ("救济途径", "对不予许可等决定不服的途径。", ("review_days", "suit_months", "basis")),
    )
    review_days = forms.IntegerField(label="行政复议期限（天）", min_value=1, max_value=366)
    suit_months = forms.IntegerField(label="行政诉讼期限（月）", min_value=1, max_value=60)
    basis = LinesField(label="依据", help_text="每行一条。")


class StopForm(EntryForm):
    """Why a clock may stand still."""

    groups = (
        (
            "特别程序",
            "听证、检验、检测、鉴定、专家评审等，所需时间不计入办理时限，必须有法律依据。",
            ("name", "basis", "days", "kind", "code"),
        ),
    )
    name = forms.CharField(label="名称", max_length=40)
    basis = forms.CharField(label="依据", max_length=200)
    days = forms.IntegerField(label="最多多少天", min_value=1, max_value=366)
    kind = forms.ChoiceField(label="天的种类", choices=KINDS)
    code = forms.RegexField(
        r"[a-z][a-z0-9_]{0,39}", label="代码", help_text="小写字母、数字、下划线。"
    )


class ResultForm(EntryForm):
    """A certificate or paper that the item issues, and where its face comes from."""

    groups = (
        ("办理结果", "", ("code", "name", "valid_months")),
        (
            "照面取值",
            "结果证照上的每一项取自哪个表单项；发证机关自动填写。",
            ("face",),
        ),
    )
    code = Picked(label="证照类型")
    name = forms.CharField(label="名称", max_length=100)
    valid_months = forms.IntegerField(
        label="有效期（月）",
        required=False,
        min_value=1,
        max_value=1200,
        help_text="长期有效的不填。",
    )

    @override
    def prepare(self) -> None:
        self.offer("code", [("", "（选择证照类型）"), *self.pickers.certificates])
        code = str(self.data.get("code") or self.entry.get("code") or "")
        keys = self.pickers.face(code)
        key = forms.CharField(label="照面项", required=False, max_length=60)
        key.widget = Standing(dict(keys)) if keys else key.widget
        self.fields["face"] = FaceField(
            {
                "key": key,
                "value": Picked(
                    label="取自表单项",
                    choices=[("", "（不取）"), *self.pickers.single_paths],
                    required=False,
                ),
            },
            label="照面取值",
            required=False,
            extra=0 if keys else 1,
        )
        face = self.entry.get("face")
        given: dict[str, Any] = face if isinstance(face, dict) else {}
        self.initial["face"] = {**{name: "" for name, _ in keys}, **given}


class Standing(forms.HiddenInput):
    """A value that stands in its row and is read in words, not changed."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.words = words

    @override
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The words beside the hidden value."""
        hidden = super().render(name, value, attrs, renderer)
        return format_html("{}{}", self.words.get(str(value), value), hidden)


class FaceField(PairsField):
    """A face field without a source is not there."""

    @override
    def telling(self, posted: Any) -> Any:
        return {"value": posted.get("value")}
