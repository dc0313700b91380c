"""Shows certificates to their holders, the log of their uses, and what a stranger may verify."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import graphene

from ecert.models import Certificate, CertificateUse
from ecert.queries import (
    certificate_for,
    labelled_face,
    opens_for,
    status_today,
    visible_certificates,
    visible_uses,
)
from ecert.verification import Verdict, verify_identifier, verify_statement
from gateway.context import Context
from gateway.paging import page_arguments, page_of, page_type
from gateway.rows import Row, listed, named, text
from gateway.scalars import FormValue, Moment
from gateway.tickets import download_url
from gateway.words import STATUSES, USERS, worded
from people.errors import Refusal
from people.models import Department

MOST_STATEMENT = 2_000


class CertificateShort:
    """What every form of a certificate shares."""

    type = text("证照类型代码")
    type_name = text("证照名称")
    issuer_name = text("签发机关")
    status = text("issuing、valid、not_yet、expired、suspended、revoked、cancelled、superseded")
    status_name = text("状态，给人看的文字")
    is_ready = graphene.Boolean(required=True, description="加盖印章的文件已经生成")
    download_url = graphene.String(description="下载地址，几分钟内有效；文件未生成时为空")
    has_page = graphene.Boolean(
        required=True, description="您可以打开这个证照的页面（certificate）"
    )

    @staticmethod
    def resolve_has_page(certificate: Certificate, info: Any) -> bool:
        """An agent of some items has a case's result, and not the wallet that it lies in."""
        return opens_for(info.context.viewer, certificate)

    @staticmethod
    def resolve_type(certificate: Certificate, _info: Any) -> str:
        """The type's code."""
        return certificate.type.code

    @staticmethod
    def resolve_type_name(certificate: Certificate, _info: Any) -> str:
        """The type's name."""
        return certificate.type.name

    @staticmethod
    def resolve_issuer_name(certificate: Certificate, _info: Any) -> str:
        """The issuer's name."""
        return certificate.issuer.name

    @staticmethod
    def resolve_status(certificate: Certificate, _info: Any) -> str:
        """The status today."""
        return status_today(certificate)

    @staticmethod
    def resolve_status_name(certificate: Certificate, _info: Any) -> str:
        """The same in words."""
        return worded(STATUSES, status_today(certificate))

    @staticmethod
    def resolve_is_ready(certificate: Certificate, _info: Any) -> bool:
        """Whether the sealed file is there."""
        return certificate.file_id is not None

    @staticmethod
    def resolve_download_url(certificate: Certificate, info: Any) -> str | None:
        """A short-lived address."""
        if certificate.file_id is None:
            return None
        return download_url(info.context.viewer, "certificates", certificate.pk)


SHORT = {
    "id": "标识",
    "identifier": "电子证照标识（GB/T 36904）",
    "number": "证照编号",
    "version": "版本",
    "holder_name": "持证主体",
    "issued_on": "发证日期",
    "valid_from": "有效期的第一天",
    "valid_until": "有效期的最后一天；长期有效时为空",
    "source_step": "产生它的环节；不是办件产生时为空",
}


class CertificateSummary(CertificateShort, Row):
    """一个证照，不含照面内容。"""

    class Meta:
        model = Certificate
        described = SHORT


class FaceValue(graphene.ObjectType):
    """照面上的一项。"""

    name = text("字段名")
    label = text("名称")
    value = graphene.Field(FormValue, description="内容；涉及个人的号码只显示一部分，除非是本人")


class CertificateType(CertificateShort, Row):
    """一个证照。"""

    class Meta:
        name = "Certificate"
        model = Certificate
        described = SHORT | {"source_number": "产生它的办件编号；不是办件产生时为空"}

    face = listed(FaceValue, "照面内容，按证面的顺序")

    @staticmethod
    def resolve_face(certificate: Certificate, info: Any) -> list[dict[str, object]]:
        """The face as this viewer may see it."""
        face = labelled_face(info.context.viewer, certificate)
        return [{"name": name, "label": label, "value": value} for name, label, value in face]


class CertificateUseType(Row):
    """一次用证记录。"""

    class Meta:
        name = "CertificateUse"
        model = CertificateUse
        described = {"id": "标识", "at": "时刻", "purpose": "用途", "case_id": "用于哪件办件"}

    user_name = text("使用者")
    field_names = listed(graphene.String, "读取的照面字段")

    @staticmethod
    def resolve_user_name(use: CertificateUse, info: Any) -> str:
        """A department by its name, the platform by its word."""
        return worded(USERS, department_names(info.context).get(use.user, use.user))

    @staticmethod
    def resolve_field_names(use: CertificateUse, _info: Any) -> object:
        """Names of fields, as the log has them."""
        return use.fields


class Verification(graphene.ObjectType):
    """验证的答复；没有查到时只有状态。"""

    status = text(
        "valid、not_yet、expired、suspended、revoked、cancelled、superseded、altered、unknown_issuer、"
        "not_found"
    )
    status_name = named("status", STATUSES, "状态，给人看的文字")
    is_valid = graphene.Boolean(required=True, description="现在有效")
    identifier = text("电子证照标识")
    type_name = text("证照名称")
    number = text("证照编号")
    version = graphene.Int(required=True, description="版本")
    holder = text("持证主体；个人只显示姓氏")
    issuer = text("签发机关")
    issued_on = graphene.Date(description="发证日期")
    valid_from = graphene.Date(description="有效期的第一天")
    valid_until = graphene.Date(description="有效期的最后一天")
    checked_at = graphene.Field(Moment, required=True, description="验证的时刻")


def department_names(context: Context) -> Mapping[str, str]:
    """{code: name} of the departments, read once a request."""
    names = context.known.get("department names")
    if names is None:
        names = dict(Department.objects.values_list("code", "name"))
        context.known["department names"] = names
    assert isinstance(names, Mapping)
    return names


def _my_certificates(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    rows = visible_certificates(viewer)
    return page_of(rows, order=("-id",), viewer=viewer, query="myCertificates", **page)


def _certificate(_root: object, info: Any, id: UUID) -> Certificate:
    return certificate_for(info.context.viewer, id)


def _certificate_uses(_root: object, info: Any, certificate_id: UUID, **page: Any) -> Any:
    viewer = info.context.viewer
    certificate = certificate_for(viewer, certificate_id)
    rows = visible_uses(viewer).filter(certificate_id=certificate.pk)
    query = f"certificateUses {certificate.pk}"
    return page_of(rows, order=("-id",), viewer=viewer, query=query, **page)


def _verify(
    _root: object, _info: Any, identifier: str | None = None, statement: str | None = None
) -> Verdict:
    identifier, statement = identifier or "", statement or ""
    if bool(identifier) == bool(statement):
        raise Refusal("REQUIRED", field="identifier", label=IDENTIFIER)
    if len(identifier) + len(statement) > MOST_STATEMENT:
        raise Refusal("TOO_LONG", field="statement", most=MOST_STATEMENT)
    return verify_identifier(identifier) if identifier else verify_statement(statement)


IDENTIFIER = "电子证照标识"
_ID = graphene.Argument(graphene.UUID, required=True, description="证照的标识")
QUERIES = {
    "my_certificates": graphene.Field(
        page_type(CertificateType, "证照"),
        args=page_arguments(),
        resolver=_my_certificates,
        description="我的与我所代表企业的证照，新的在前",
    ),
    "certificate": graphene.Field(
        CertificateType, args={"id": _ID}, resolver=_certificate, description="我的一个证照"
    ),
    "certificate_uses": graphene.Field(
        page_type(CertificateUseType, "用证记录"),
        args={"certificate_id": _ID, **page_arguments()},
        resolver=_certificate_uses,
        description="谁在何时为何读取了我的证照，新的在前",
    ),
    "verify_certificate": graphene.Field(
        Verification,
        args={
            "identifier": graphene.Argument(graphene.String, description="电子证照标识"),
            "statement": graphene.Argument(graphene.String, description="二维码中的声明"),
        },
        resolver=_verify,
        description="任何人都可以验证一个证照；标识与声明给出其一",
    ),
}
