"""Shows the papers of a case (文书) and how results were delivered (送达), and where their files are fetched."""

from typing import Any

import graphene
from django.db.models import Q, QuerySet

from gateway.rows import Row, listed, named, text
from gateway.tickets import download_url
from gateway.words import KINDS, METHODS
from people.viewer import Viewer
from workflows.models import Delivery, Document
from workflows.queries import visible_cases


class DocumentType(Row):
    """一份文书，由部门编号并加盖电子印章。"""

    class Meta:
        name = "Document"
        model = Document
        described = {
            "id": "标识",
            "kind": "receipt、acceptance、non_acceptance、correction_notice、approval_decision、denial_decision",
            "number": "文号",
            "issued_at": "签发时刻",
        }

    kind_name = named("kind", KINDS, "文书名称")
    department_name = text("签发部门")
    is_ready = graphene.Boolean(required=True, description="加盖印章的文件已经生成")
    remedies = listed(graphene.String, "不服时的救济途径；没有时为空")
    download_url = graphene.String(description="下载地址，几分钟内有效；文件未生成时为空")

    @staticmethod
    def resolve_department_name(document: Document, _info: Any) -> str:
        """The issuer."""
        return document.department.name

    @staticmethod
    def resolve_remedies(document: Document, _info: Any) -> object:
        """As the paper says them."""
        return document.content.get("remedies", [])

    @staticmethod
    def resolve_is_ready(document: Document, _info: Any) -> bool:
        """Whether the sealed file is there."""
        return document.file_id is not None

    @staticmethod
    def resolve_download_url(document: Document, info: Any) -> str | None:
        """A short-lived address."""
        ready = document.file_id is not None
        return download_url(info.context.viewer, "documents", document.pk) if ready else None


class DeliveryType(Row):
    """一次送达。"""

    class Meta:
        name = "Delivery"
        model = Delivery
        described = {
            "id": "标识",
            "certificate_id": "送达的证照；送达文书时为空",
            "method": "electronic、collected、post",
            "receiver": "签收人",
            "proof": "凭证，如邮件号码",
            "delivered_at": "送达时刻",
        }

    document_id = graphene.UUID(description="送达的文书；送达证照时为空")
    method_name = named("method", METHODS, "送达方式，给人看的文字")


def visible_documents(viewer: Viewer) -> QuerySet[Document]:
    """Papers that a viewer may fetch: those of their own cases, of cases they lead, and their own decisions."""
    rows = Document.objects.select_related("department", "file").filter(
        case__in=visible_cases(viewer)
    )
    if viewer.kind != "officer":
        return rows
    return rows.filter(Q(case__lead=viewer.department_id) | Q(department=viewer.department_id))
