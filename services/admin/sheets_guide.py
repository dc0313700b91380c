"""The sheets of the published guide (办事指南): who by which power, how, at what cost, where, with which services."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from typing_extensions import override

from services.admin.controls import KINDS, LinesField, Picked, PickedSeveral, YesNoField
from services.admin.entry_form import EntryForm, Groups
from services.admin.rows import Posted, RowsField
from services.codes import (
    BodyNature,
    CaseKind,
    Channel,
    Coded,
    Level,
    OnlineDepth,
    PowerSource,
    ResultKind,
    ReviewKind,
    Scope,
    Served,
    SpecialProcedure,
)


def words(kind: type[Coded], *, empty: bool = True) -> list[tuple[str, str]]:
    """The words of a code table as choices."""
    found = [(member.value, member.label) for member in kind]
    return [("", "（未填）"), *found] if empty else found


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _text(label: str, most: int = 4000, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **options)


def _area(label: str, rows: int = 2, **options: Any) -> forms.CharField:
    return _text(label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def _one(label: str, kind: type[Coded], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=words(kind), required=False, **options)


def _several(label: str, kind: type[Coded], **options: Any) -> PickedSeveral:
    return PickedSeveral(label=label, choices=words(kind, empty=False), required=False, **options)


def _body(label: str, **options: Any) -> RowsField:
    return RowsField(_body_columns(), label=label, single=True, required=False, **options)


def _body_columns() -> dict[str, forms.Field]:
    return {
        "name": _text("名称", 200),
        "credit_code": _text("统一社会信用代码", 18),
        "nature": _one("性质", BodyNature, initial=""),
    }


class LimitedRows(RowsField):
    """Rows of which each has a limit, in columns of its own."""

    limit: ClassVar = {
        "days": forms.IntegerField(label="天数", min_value=0, required=False),
        "kind_of_day": forms.ChoiceField(label="天的种类", choices=KINDS, initial="working"),
        "limit_basis": forms.CharField(label="期限依据", required=False, max_length=500),
    }

    def __init__(self, columns: Mapping[str, forms.Field], **options: Any) -> None:
        super().__init__({**columns, **self.limit}, required=False, **options)

    @override
    def prepare_value(self, value: Any) -> Any:
        """The limit beside the other columns."""
        rows = super().prepare_value(value)
        return [_limit_apart(row) for row in rows]

    @override
    def gathered(self, rows: Posted) -> Any:
        """The limit as a mapping of its own."""
        return [_limit_together(row) for row in rows]


def _limit_apart(row: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(row)
    limit = found.pop("within", None)
    if isinstance(limit, Mapping):
        found |= {"days": limit.get("days"), "kind_of_day": limit.get("kind", "")}
        found["limit_basis"] = limit.get("basis", "")
    return found


def _limit_together(row: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(row)
    days, kind, basis = (found.pop(key, None) for key in ("days", "kind_of_day", "limit_basis"))
    if days is not None:
        found["within"] = {"days": days, "kind": kind} | ({"basis": basis} if basis else {})
    return found


class GuideForm(EntryForm):
    """Everything that the published guide says beside form, materials, route and limits."""

    elsewhere = frozenset({"contacts"})
    groups: ClassVar[Groups] = (
        (
            "职权与机构",
            "",
            _names(
                "task_code handle_code levels power_source powers body handled_by entrusted_by "
                "joint_bodies exercise jurisdiction relieves_levy local_catalogue_code "
                "local_task_code"
            ),
        ),
        (
            "怎么办",
            "",
            _names(
                "case_kind review_kind served topics channels visits visits_reason scope "
                "quantity_limit flow flow_charts outcomes statutory_note promised_note "
                "special_procedures rights duties"
            ),
        ),
        ("收费", "不收费的只填第一项。", ("charged", "fee_basis", "fees", "pay_online")),
        ("中介服务", "没有的不填。", ("intermediaries",)),
        (
            "服务方式",
            "",
            _names(
                "online_depth computer_url mobile_url one_sign_in mobile_one_sign_in system_level "
                "in_hall appointment express terminals promise_allowed reaches"
            ),
        ),
        ("常见问题", "", ("questions",)),
    )
    task_code = _text("实施编码", 31, help_text="31 位：实施主体的统一社会信用代码和基本编码等。")
    handle_code = _text("业务办理项编码", 33)
    levels = _several("行使层级", Level)
    power_source = _one("权力来源", PowerSource)
    powers = _area("权限划分")
    body = _body("实施主体")
    handled_by = _body("承办机构")
    entrusted_by = _body("委托部门")
    joint_bodies = RowsField(_body_columns(), label="联办机构", required=False, extra=1)
    exercise = _area("行使内容")
    jurisdiction = _area("行政管辖")
    relieves_levy = forms.BooleanField(label="是行政征收中的减免审批", required=False)
    local_catalogue_code = _text("地方基本编码", 40)
    local_task_code = _text("地方实施编码", 80)
    case_kind = _one("办件类型", CaseKind)
    review_kind = _one("审查类型", ReviewKind)
    served = _several("服务对象", Served)
    topics = RowsField(
        {
            "person": LinesField(label="自然人主题（每行一个）", required=False),
            "enterprise": LinesField(label="法人主题（每行一个）", required=False),
        },
        label="主题分类",
        single=True,
        required=False,
    )
    channels = _several("办理形式", Channel)
    visits = forms.IntegerField(label="到现场次数", required=False, min_value=0, max_value=99)
    visits_reason = _area("必须到现场的原因", help_text="次数不为 0 才填。")
    scope = _one("通办范围", Scope)
    quantity_limit = _text("数量限制", 1000)
    flow = _area("办理流程说明", 4)
    flow_charts = LinesField(label="流程图文件名", required=False, rows=2)
    outcomes = RowsField(
        {
            "name": _text("名称", 200),
            "kind": _one("类型", ResultKind, initial=""),
            "code": Picked(label="对应证照", required=False, initial=""),
            "samples": LinesField(label="样本文件名（每行一个）", required=False, rows=2),
        },
        label="办理结果（公布的）",
        required=False,
        extra=1,
    )
    statutory_note = _area("法定时限说明")
    promised_note = _area("承诺时限说明")
    special_procedures = LimitedRows(
        {
            "kind": forms.ChoiceField(
                label="种类", choices=words(SpecialProcedure, empty=False), initial="hearing"
            ),
            "name": _text("名称", 100),
            "basis": _text("依据", 1000),
        },
        label="特别程序（公布的）",
        extra=1,
    )
    rights = LinesField(label="申请人的权利", required=False, help_text="每行一条。")
    duties = LinesField(label="申请人的义务", required=False, help_text="每行一条。")
    charged = YesNoField(label="是否收费")
    fee_basis = _area("收费依据")
    fees = RowsField(
        {
            "name": _text("项目", 200),
            "standard": _text("标准"),
            "basis": _text("依据"),
            "reducible": YesNoField(label="可否减免", initial=""),
            "reduction": _text("减免办法"),
        },
        label="收费项目",
        required=False,
        extra=1,
    )
    pay_online = YesNoField(label="支持网上支付")
    intermediaries = LimitedRows(
        {
            "name": _text("服务名称", 200),
            "body": _text("服务机构", 200),
            "charge": _text("收费", 1000),
            "note": _text("说明"),
        },
        label="中介服务",
        extra=1,
    )
    online_depth = _one("网办深度", OnlineDepth)
    computer_url = _text("电脑端网址", 400)
    mobile_url = _text("移动端网址", 400)
    one_sign_in = YesNoField(label="电脑端单点登录")
    mobile_one_sign_in = YesNoField(label="移动端单点登录")
    system_level = _one("运行系统层级", Level)
    in_hall = YesNoField(label="进驻政务大厅")
    appointment = YesNoField(label="支持预约")
    express = YesNoField(label="支持物流快递")
    terminals = YesNoField(label="支持自助终端")
    promise_allowed = YesNoField(label="证明事项可以告知承诺")
    reaches = RowsField(
        {"code": _text("区划代码（9 或 12 位）", 12), "name": _text("名称", 100)},
        label="延伸到的乡镇、村",
        required=False,
        extra=1,
    )
    questions = RowsField(
        {
            "question": _area("问题"),
            "answer": _area("解答", 3),
        },
        label="常见问题",
        required=False,
        extra=1,
    )

    @override
    def prepare(self) -> None:
        outcomes: Any = self.fields["outcomes"]
        outcomes.columns["code"].choices = [("", "（不是证照）"), *self.pickers.certificates]


class ContactsForm(EntryForm):
    """Telephones, hours and places."""

    groups = (
        (
            "咨询、投诉和办理地点",
            "电话写“区号-号码”或者热线。",
            ("enquiry", "complaint", "window", "hours", "places"),
        ),
    )
    enquiry = _text("咨询电话", 40)
    complaint = _text("监督投诉电话", 40)
    window = _text("窗口电话", 40)
    hours = _text("办理时间", 500)
    places = RowsField(
        {
            "name": _text("名称", 200),
            "address": _text("地址", 300),
            "hours": _text("办理时间", 500),
            "phone": _text("电话", 40),
        },
        label="办理地点",
        required=False,
        extra=1,
    )
