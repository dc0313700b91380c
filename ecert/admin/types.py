"""Types of certificates in the administration: added and changed through the commands, refusals at their field."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html_join
from typing_extensions import override

from ecert.admin import words
from ecert.commands import add_certificate_type, change_certificate_type
from ecert.face_text import LARGEST, face_text, read_face_text
from ecert.models import CertificateType
from files.paper import ACCENTS
from people.admin.commanded import Commanded, CommandForm
from people.errors import Problem
from people.models import Department

LOOKS = {"accent": ACCENTS, "orientation": words.PAGES}
CAPTIONS = ("number_label", "issuer_label", "seal_caption", "statement")
PLAIN = ("code", "type_code", "name", "holder_kind", "issuer_function", "validity_months", "grade")
FACE_HELP = (
    "每行一个字段：英文名: {label: 证照上的名称, required: true, type: string, maxLength: 200}。"
    "type 可用 string、number、integer、boolean；format 可用 date（日期）、id-number（持证人身份证号）、"
    "other-id-number（他人身份证号）、credit-code（统一社会信用代码）；还可用 minLength、maxLength、minimum、maximum、"
    "enum、pattern。没有 label 的字段只存在数据中，不印在证照上。已发证照的类型只能增加选填字段或放宽规则。"
)


def choices(named: dict[str, str]) -> list[tuple[str, str]]:
    """What may be chosen, in its order."""
    return list(named.items())


class TypeForm(CommandForm):
    """A type: who defines, issues and holds it, its number, its look, the fields of its face."""

    code = forms.CharField(
        label="代码", max_length=60, help_text="保存后不能修改，例如 FOOD_BUSINESS_LICENCE。"
    )
    type_code = forms.CharField(
        label="类型代码（GB/T 36904）",
        max_length=21,
        help_text="制定机构的统一社会信用代码 18 位，加顺序号 3 位。",
    )
    name = forms.CharField(label="名称", max_length=100)
    holder_kind = forms.ChoiceField(label="持证主体", choices=choices(words.HOLDERS))
    issuer_function = forms.ChoiceField(label="发证职能")
    validity_months = forms.IntegerField(
        label="有效期（月）",
        required=False,
        min_value=1,
        max_value=1200,
        help_text="长期有效的不填。",
    )
    grade = forms.ChoiceField(label="可信等级", choices=choices(words.GRADES))
    number_rule = forms.CharField(
        label="编号规则",
        max_length=100,
        help_text="例如 {word}许〔{year}〕{sequence:4}号；"
        "还可用 {division6}（区划前 6 位）和末尾的 {check}（校验位）。",
    )
    accent = forms.ChoiceField(label="底色", choices=choices(words.ACCENTS))
    orientation = forms.ChoiceField(label="版式", choices=choices(words.PAGES))
    number_label = forms.CharField(label="编号的名称", max_length=20, required=False)
    issuer_label = forms.CharField(label="机关的名称", max_length=20, required=False)
    seal_caption = forms.CharField(label="印章文字", max_length=20, required=False)
    statement = forms.CharField(
        label="正文首句",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 90}),
    )
    face = forms.CharField(
        label="照面字段",
        max_length=LARGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 110, "spellcheck": "false"}),
        help_text=FACE_HELP,
    )

    @override
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        functions = Department.objects.order_by("function").values_list("function", flat=True)
        field: Any = self.fields["issuer_function"]
        field.choices = [(name, name) for name in functions.distinct()]

    @override
    def stands(self) -> dict[str, Any]:
        """The type's own fields, its look one by one, and its face as people write it."""
        kind = self.instance
        text = face_text(kind.face_schema, dict(kind.face_labels))
        return {**super().stands(), **kind.design, "face": text}

    @override
    def command(self, given: dict[str, Any]) -> CertificateType:
        """Adds or changes the type."""
        schema, labels = read_face_text(given["face"])
        kind = {name: given[name] for name in (*PLAIN, "number_rule") if name in given}
        kind |= {"face_schema": schema, "face_labels": labels, "design": self._design(given)}
        if self.instance._state.adding:
            return add_certificate_type(viewer=self.viewer, key=given["key"], kind=kind)
        kind["code"] = self.instance.code
        return change_certificate_type(viewer=self.viewer, key=given["key"], kind=kind)

    def _design(self, given: dict[str, Any]) -> dict[str, str]:
        """What differs from the paper's own; a choice that was never made is not written down."""
        usual = {"accent": "gold", "orientation": "landscape"}
        stood: Any = self.instance.design
        return {
            name: given[name]
            for name in (*LOOKS, *CAPTIONS)
            if given[name] and (name in stood or given[name] != usual.get(name))
        }

    @override
    def words(self, problem: Problem) -> str:
        """In Chinese, with what the type is used for."""
        return words.said(problem)

    @override
    def place(self, problem: Problem) -> str:
        """Everything about a field of the face is said at the face."""
        return problem.field.partition(".")[0]


class CertificateTypes(Commanded):
    """Types of certificates; one is never deleted, and one in use only grows."""

    form = TypeForm
    only_added = ("code",)
    list_display = (
        "code",
        "name",
        "holder",
        "issuer_function",
        "validity",
        "grade",
        "fields_named",
    )
    search_fields = ("code", "name", "=type_code")
    ordering = ("code",)

    @admin.display(description="持证主体")
    def holder(self, kind: CertificateType) -> str:
        """In words."""
        return words.HOLDERS[kind.holder_kind]

    @admin.display(description="有效期")
    def validity(self, kind: CertificateType) -> str:
        """In months, or without an end."""
        return "长期" if kind.validity_months is None else f"{kind.validity_months} 个月"

    @admin.display(description="照面字段")
    def fields_named(self, kind: CertificateType) -> int:
        """How many there are."""
        return len(kind.face_schema["properties"])

    @admin.display(description="照面字段")
    def face_told(self, kind: CertificateType) -> str:
        """Name, label and rules of each, for who only looks."""
        labels, required = dict(kind.face_labels), kind.face_schema.get("required", [])
        rows = [
            (labels.get(name, name), "必填" if name in required else "选填", words.rules_of(rules))
            for name, rules in kind.face_schema["properties"].items()
        ]
        return format_html_join("", "<div>{}：{}，{}</div>", rows)

    looked_at = (
        *("code", "type_code", "name", "holder", "issuer_function", "validity", "grade"),
        *("number_rule", "face_told"),
    )
