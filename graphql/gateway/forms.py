"""Shows the form of an item: sections, fields, options, and which certificates may fill them."""

from collections.abc import Mapping, Sequence
from typing import Any

import graphene
from django.utils import timezone

from ecert.models import CertificateType
from ecert.prefill import Source
from gateway.context import Context
from gateway.rows import listed, named, text
from gateway.words import HOLDERS
from people.division_rules import BELOW_AUTHORITY
from people.models import Division
from people.queries import on_day
from services.fields import Field, Option
from services.origins import VERIFY, Origin


class FormOption(graphene.ObjectType):
    """一个选项。"""

    code = text("保存的代码")
    label = text("给人看的文字")


class FormSource(graphene.ObjectType):
    """这一项的一个来源：电子证照、登记信息、以前的申请、本表的另一项，或者核对它的登记库。"""

    kind = text(
        "certificate 电子证照、person 个人登记信息、enterprise 企业登记信息、case 以前的申请、answers 本表的另一项、"
        "verify 由登记库核对"
    )
    type = text("证照类型、登记库或者事项的代码，没有时为空")
    type_name = text("证照名称；不是证照时同代码")
    field = text("证照照面、登记信息、以前的申请或者本表中的字段")
    holder = text("谁的证照：applicant 申请人、representative 法定代表人、agent 代办人")
    holder_name = named("holder", HOLDERS, "谁的证照，给人看的文字")
    authoritative = graphene.Boolean(required=True, description="取自这里的值不能改动")

    @staticmethod
    def resolve_kind(source: Source | Origin, _info: Any) -> str:
        """Certificates, or the kind that a definition names."""
        return source.kind if isinstance(source, Origin) else "certificate"

    @staticmethod
    def resolve_type(source: Source | Origin, _info: Any) -> str:
        """Whose code it is depends on the kind."""
        return source.name if isinstance(source, Origin) else source.type

    @staticmethod
    def resolve_field(source: Source | Origin, _info: Any) -> str:
        """Of the face, the record, the application or the form."""
        return source.path if isinstance(source, Origin) else source.field

    @staticmethod
    def resolve_authoritative(source: Source | Origin, _info: Any) -> bool:
        """Certificates, and what a record says of who the applicant is."""
        return source.is_identity if isinstance(source, Origin) else source.authoritative

    @staticmethod
    def resolve_type_name(source: Any, info: Any) -> str:
        """The name people know the type by."""
        code = FormSource.resolve_type(source, info)
        return certificate_names(info.context).get(code, code)


class FormField(graphene.ObjectType):
    """表单中的一项。"""

    path = text("字段路径，如 premises.area；明细表的列只有列名")
    label = text("名称")
    type = text(
        "类型：text、long_text、integer、number、boolean、date、choice、choices、phone、id_number、"
        "credit_code、bank_account、division、rows"
    )
    required = graphene.Boolean(required=True, description="总是必填")
    conditional = graphene.Boolean(required=True, description="是否必填取决于其他回答")
    depends_on = listed(graphene.String, "是否要问、是否必填取决于哪些字段的回答")
    options = listed(FormOption, "可选的值；行政区划列出现行的区划，没有选项时为空")
    max_length = graphene.Int(required=True, description="文字的最大长度")
    pattern = text("整个文字应当符合的正则表达式，空为不限")
    pattern_help = text("应当写成什么样，给人看的文字")
    minimum = graphene.Float(description="数字的下限")
    maximum = graphene.Float(description="数字的上限")
    earliest = text("日期的下限，空为不限")
    latest = text("日期的上限，空为不限")
    unit = text("单位，空为没有")
    help = text("填写说明")
    prefillable = graphene.Boolean(required=True, description="可以自动填写")
    sources = listed(FormSource, "可以填写或者核对这一项的来源：先是证照，各按优先顺序")
    filled_by = text("将由本件前一环节签发的哪种证照自动填写；申请时要填写的为空")
    columns = listed(lambda: FormField, "明细表的各列；不是明细表时为空")
    least_rows = graphene.Int(required=True, description="明细表至少几行")
    most_rows = graphene.Int(required=True, description="明细表至多几行")

    @staticmethod
    def resolve_conditional(field: Field, _info: Any) -> bool:
        """Whether other answers decide."""
        return field.required_when is not None

    @staticmethod
    def resolve_depends_on(field: Field, _info: Any) -> list[str]:
        """The paths that its conditions ask."""
        return sorted(field.depends_on)

    @staticmethod
    def resolve_options(field: Field, info: Any) -> Sequence[Option]:
        """The options of the definition; for a division those of today."""
        if field.type != "division":
            return field.options
        return [Option(code, name) for code, name in division_names(info.context).items()]

    @staticmethod
    def resolve_prefillable(field: Field, _info: Any) -> bool:
        """Whether a certificate that is held, a record, or an earlier answer may fill it."""
        fills = field.sources or any(origin.kind != VERIFY for origin in field.origins)
        return bool(fills) and not field.awaited

    @staticmethod
    def resolve_sources(field: Field, _info: Any) -> list[Source | Origin]:
        """Certificates, then all others."""
        return [*field.sources, *field.origins]

    @staticmethod
    def resolve_filled_by(field: Field, info: Any) -> str:
        """The name of the certificate that an earlier step issues."""
        return certificate_names(info.context).get(field.awaited, field.awaited)


class FormSection(graphene.ObjectType):
    """表单中的一组。"""

    id = text("组的名称，也是字段路径的开头")
    label = text("标题")
    help = text("说明")
    asked_first = graphene.Boolean(required=True, description="先问的情形，决定后面问什么")
    fields = listed(FormField, "本组的各项")


class Form(graphene.ObjectType):
    """事项的申请表单。"""

    sections = listed(FormSection, "各组")


def certificate_names(context: Context) -> Mapping[str, str]:
    """{type code: name} of every certificate type, read once a request."""
    names = context.known.get("certificate names")
    if names is None:
        names = dict(CertificateType.objects.values_list("code", "name"))
        context.known["certificate names"] = names
    assert isinstance(names, Mapping)
    return names


def division_names(context: Context) -> Mapping[str, str]:
    """{code: name} of the divisions of today that cases lie in, by their codes, read once a request."""
    names = context.known.get("division names")
    if names is None:
        rows = Division.objects.filter(on_day(timezone.localdate())).order_by("code")
        names = dict(rows.exclude(kind__in=BELOW_AUTHORITY).values_list("code", "name"))
        context.known["division names"] = names
    assert isinstance(names, Mapping)
    return names
