"""The sheets of the form: a section, a field with its kind, options, limits and sources, a column of rows."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from typing_extensions import override

from services.admin.controls import DayField, NumberField, OptionsField, Picked
from services.admin.entry_form import Groups, NamedForm
from services.admin.rows import Posted, RowsField

TYPES = (
    ("text", "一行文字"),
    ("long_text", "多行文字"),
    ("integer", "整数"),
    ("number", "数字（可有小数）"),
    ("boolean", "是或否"),
    ("date", "日期"),
    ("choice", "单选"),
    ("choices", "多选"),
    ("phone", "电话"),
    ("id_number", "公民身份号码"),
    ("credit_code", "统一社会信用代码"),
    ("bank_account", "银行账号"),
    ("division", "行政区划"),
    ("rows", "表格（多行）"),
)
HOLDERS = (
    ("applicant", "申请人的"),
    ("representative", "法定代表人的"),
    ("agent", "代理人的"),
)
AUTHORITY = (("true", "以证照为准，不能改"), ("false", "只作建议，可以改"))


_TEXTS = ("text", "long_text")
_NUMBERS = ("integer", "number")
# Which types use which fields of the sheet.
USED_BY = {
    "options": ("choice", "choices"),
    "unit": _NUMBERS,
    "max_length": _TEXTS,
    "pattern": _TEXTS,
    "pattern_help": _TEXTS,
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "decimals": ("number",),
    "earliest": ("date",),
    "latest": ("date",),
    "least_rows": ("rows",),
    "most_rows": ("rows",),
}


class SectionForm(NamedForm):
    """A part of the form under one heading."""

    elsewhere = frozenset({"fields"})
    groups = (
        ("表单分节", "", ("label", "help", "id")),
        ("条件", "", ("when",)),
        ("情形引导", "", ("asked_first",)),
    )
    label = forms.CharField(label="名称", max_length=200)
    asked_first = forms.BooleanField(
        label="最先问：申请前先答这一节，据此决定表单、材料和流程",
        required=False,
        help_text="只有代码为 situation 的一节可以这样。",
    )
    help = forms.CharField(
        label="填写说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    @override
    def prepare(self) -> None:
        self.condition("when", "只在什么情况下填这一节", "没有条件的总要填。")


class SourcePicked(Picked):
    """A source; one that stands there and is not offered is still one."""

    gone = "（按原文）{}"


class SourcesField(RowsField):
    """Where a value comes from, the preferred source first; one of a shape not shown here stays as it is."""

    def __init__(self, sources: Any, rules: Any, **options: Any) -> None:
        super().__init__(
            {
                "what": SourcePicked(label="来源", choices=[("", "（选择来源）"), *sources]),
                "holder": forms.ChoiceField(label="谁的证照", choices=HOLDERS, initial="applicant"),
                "authoritative": forms.ChoiceField(
                    label="申请人能否修改", choices=AUTHORITY, initial="true"
                ),
                "rule": Picked(label="换算", choices=rules, required=False, initial=""),
            },
            required=False,
            **options,
        )

    @override
    def prepare_value(self, value: Any) -> Any:
        """Rows of a definition's sources, or rows as posted."""
        return [_as_row(one) for one in value or []]

    @override
    def gathered(self, rows: Posted) -> Any:
        """Rows as a definition states them."""
        return [_as_source(row) for row in rows]


def _as_row(source: Any) -> dict[str, Any]:
    if isinstance(source, str):
        return {"what": source}
    if not isinstance(source, Mapping) or "what" in source:
        return dict(source)
    named = f"={source['result']}" if "result" in source else str(source.get("type", ""))
    return {
        "what": f"{named}.{source.get('field', '')}",
        "holder": source.get("holder", "applicant"),
        "authoritative": "false" if source.get("authoritative") is False else "true",
        "rule": source.get("rule", ""),
    }


def _as_source(row: Mapping[str, Any]) -> Any:
    what = str(row.get("what", ""))
    if not what.startswith("=") and not what.partition(".")[0].isupper():
        return what  # every kind but a certificate's is one text
    named, _, field = what.rpartition(".")
    found: dict[str, Any] = {
        "type": named,
        "field": field,
        "holder": row.get("holder", "applicant"),
    }
    if named.startswith("="):
        found = {"result": named[1:], "field": field}
    if row.get("authoritative") == "false":
        found["authoritative"] = False
    return found | ({"rule": row["rule"]} if row.get("rule") else {})


class ColumnForm(NamedForm):
    """A column of rows, and what every field has."""

    groups: ClassVar[Groups] = (
        ("表单项", "", ("label", "type", "options", "required", "help", "unit", "id")),
        (
            "填写范围",
            "可以不填。",
            (
                "max_length",
                "pattern",
                "pattern_help",
                "minimum",
                "maximum",
                "decimals",
                "earliest",
                "latest",
            ),
        ),
    )
    label = forms.CharField(label="名称", max_length=200)
    type = forms.ChoiceField(label="类型", choices=TYPES)
    options = OptionsField(
        label="选项",
        required=False,
        help_text="每行一项：只写名称，或者“代码=名称”。已有办件用到的代码不要改。",
    )
    required = forms.BooleanField(label="必填", required=False)
    help = forms.CharField(
        label="填写说明", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    unit = forms.CharField(label="单位", required=False, max_length=20)
    max_length = forms.IntegerField(
        label="最多字数",
        required=False,
        min_value=1,
        max_value=10_000,
    )
    pattern = forms.CharField(
        label="格式（正则表达式）",
        required=False,
        max_length=200,
        help_text="一般不用；例如车牌号、证号有固定写法时由技术人员填写。",
    )
    pattern_help = forms.CharField(label="格式说明", required=False, max_length=200)
    minimum = NumberField(label="最小值", required=False)
    maximum = NumberField(label="最大值", required=False)
    decimals = forms.IntegerField(label="小数位数", required=False, min_value=0, max_value=6)
    earliest = DayField(label="最早日期", required=False)
    latest = DayField(label="最晚日期", required=False)

    @override
    def prepare(self) -> None:
        self.refresh_on("type")
        self.only_for(USED_BY, self.chosen("type"))


class FieldForm(ColumnForm):
    """A field with its conditions and its sources."""

    elsewhere = frozenset({"columns"})
    groups = (
        *ColumnForm.groups,
        ("条件", "", ("when", "required_when")),
        ("自动填写", "能从证照取得的，不要让申请人再填。", ("sources",)),
        ("表格行数", "列在表单页面上逐个添加。", ("least_rows", "most_rows")),
    )
    least_rows = forms.IntegerField(label="最少行数", required=False, min_value=0, max_value=200)
    most_rows = forms.IntegerField(label="最多行数", required=False, min_value=1, max_value=200)

    @override
    def prepare(self) -> None:
        super().prepare()
        self.condition("when", "只在什么情况下填", "没有条件的总要填；条件不成立时不显示、不保存。")
        self.condition("required_when", "什么情况下必填", "“必填”已打勾的不用再设。")
        self.fields["sources"] = SourcesField(
            self.pickers.sources,
            self.pickers.rules,
            label="自动填写来源",
            help_text="按先后顺序取第一个有值的。",
        )
