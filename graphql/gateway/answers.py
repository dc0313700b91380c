"""Shows what was answered in a case: each value with its label, in words, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import graphene

from gateway.forms import certificate_names, division_names
from gateway.rows import text
from gateway.scalars import FormValue
from gateway.source_words import source_words
from gateway.words import YES_NO
from gateway.words import worded as worded_as
from people.identifiers import mask_account
from services.definition import Definition
from services.fields import Field
from services.form import Form
from services.results import worded
from workflows.sources import kind_of


@dataclass(frozen=True)
class Answered:
    """One value of a case; `source` is its provenance as workflows keeps it, or None."""

    field: Field
    section: str
    value: object
    source: Mapping[str, Any] | None
    in_full: bool = False  # for who must work with it; an account is masked for everybody else

    @property
    def path(self) -> str:
        """The field's path."""
        return self.field.path

    @property
    def label(self) -> str:
        """The field's name."""
        return self.field.label


class AnswerSource(graphene.ObjectType):
    """一个值的来源：电子证照、登记信息、以前的申请、本表的另一项，或者经登记库核对。"""

    kind = text(
        "certificate 电子证照、person 个人登记信息、enterprise 企业登记信息、case 以前的申请、answers 本表的另一项、"
        "register 自行填写并经登记库核对一致"
    )
    words = text("来源，给人看的一句话")
    type = text("证照类型代码；不是证照时为空")
    type_name = text("证照名称；不是证照时为空")
    identifier = text("电子证照标识；不是证照时为空")
    version = graphene.Int(description="证照的版本；不是证照时为空")
    issuer = text("签发机关；不是证照时为空")
    field = text("证照照面、登记信息、以前的申请或者本表中的字段")
    case_number = graphene.String(description="以前的申请的编号，只给申请人看")
    grade = text("可信等级：A 签发、B 核验、C 采集、D 自行填报")
    authoritative = graphene.Boolean(required=True, description="不能改动")
    read_at = text("何时取得")
    is_result = graphene.Boolean(required=True, description="是本件前一环节签发的")

    @staticmethod
    def resolve_kind(source: Mapping[str, Any], _info: Any) -> str:
        """Certificates are told apart by having no kind."""
        return kind_of(source)

    @staticmethod
    def resolve_words(source: Mapping[str, Any], info: Any) -> str:
        """Whence and since when, as people say it."""
        return source_words(source, info.context)

    @staticmethod
    def resolve_case_number(source: Mapping[str, Any], info: Any) -> str | None:
        """Of an earlier application; a department has no business with it."""
        number = source.get("number")
        return str(number) if number and _is_own(info) else None

    @staticmethod
    def resolve_is_result(source: Mapping[str, Any], _info: Any) -> bool:
        """Whether a step of the same case issued it."""
        return "step" in source

    @staticmethod
    def resolve_type(source: Mapping[str, Any], _info: Any) -> str:
        """Of a certificate."""
        return str(source.get("type", ""))

    @staticmethod
    def resolve_type_name(source: Mapping[str, Any], info: Any) -> str:
        """The name people know the certificate by."""
        name = str(source.get("type", ""))
        return certificate_names(info.context).get(name, name)

    @staticmethod
    def resolve_identifier(source: Mapping[str, Any], _info: Any) -> str:
        """Of a certificate."""
        return str(source.get("identifier", ""))

    @staticmethod
    def resolve_issuer(source: Mapping[str, Any], _info: Any) -> str:
        """Of a certificate."""
        return str(source.get("issuer", ""))


def _is_own(info: Any) -> bool:
    return bool(info.context.viewer.is_applicant)


class Answer(graphene.ObjectType):
    """一个已填写的值。"""

    path = text("字段路径")
    section = text("所在组的标题")
    label = text("字段名称")
    value = graphene.Field(FormValue, description="保存的值")
    shown = text("给人看的文字")
    is_read_only = graphene.Boolean(
        required=True, description="取自权威的证照或者登记信息，不能改动"
    )
    source = graphene.Field(AnswerSource, description="来源；自行填写时为空")

    @staticmethod
    def resolve_shown(answer: Answered, info: Any) -> str:
        """The value as people read it."""
        if answer.field.type == "division":
            return division_names(info.context).get(str(answer.value), str(answer.value))
        if answer.field.type == "bank_account" and not answer.in_full:
            return mask_account(str(answer.value))
        return shown(answer.field, answer.value)

    @staticmethod
    def resolve_is_read_only(answer: Answered, _info: Any) -> bool:
        """Whether its source is authoritative."""
        return bool(answer.source and answer.source["authoritative"])


def answered(
    form: Form,
    values: Mapping[str, object],
    provenance: Mapping[str, Mapping[str, Any]],
    *,
    in_full: bool = False,
) -> list[Answered]:
    """Values {path: value} in the order of the form; paths that the form does not name are left out."""
    return [
        Answered(field, section.label, values[field.path], provenance.get(field.path), in_full)
        for section in form.sections
        for field in section.fields
        if field.path in values
    ]


def shown(field: Field, value: object) -> str:
    """A value as people read it: choices in words, yes or no, rows one after the other."""
    if value is None:
        return ""
    if field.type == "boolean":
        return worded_as(YES_NO, bool(value))
    if field.type == "rows" and isinstance(value, list):
        return "；".join(_row(field, row) for row in value if isinstance(row, Mapping))
    written = str(worded(field, value))
    return f"{written} {field.unit}" if field.unit else written


def _row(field: Field, row: Mapping[str, object]) -> str:
    columns = [c for c in field.columns if row.get(c.path) is not None]
    return "，".join(f"{column.label}：{shown(column, row[column.path])}" for column in columns)


def labels_of(definition: Definition) -> dict[str, str]:
    """{path: label} of every field and of every `materials.<id>`, for the sentences of refusals."""
    labels = {field.path: field.label for field in definition.form.fields}
    labels |= {f"materials.{material.id}": material.title for material in definition.materials}
    for field in definition.form.fields:
        labels |= {f"{field.path}.*.{c.path}": f"{field.label}·{c.label}" for c in field.columns}
    return labels
