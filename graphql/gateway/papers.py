"""Shows the papers of a case (文书) and how results were delivered (送达), and where their files are fetched."""

from typing import Any
from uuid import UUID

import graphene
from django.db.models import Q, QuerySet

from gateway.rows import Row, listed, named, text
from gateway.tickets import download_url
from gateway.words import KINDS, METHODS, PAPERS
from people.viewer import Viewer
from workflows.actions import may_void
from workflows.models import Approval, Delivery, Document
from workflows.queries import visible_cases


class DocumentType(Row):
    """一份文书，由部门编号并加盖电子印章。"""

    class Meta:
        name = "Document"
        model = Document
        described = {
            "id": "标识",
            "kind": "receipt、acceptance、non_acceptance、correction_notice、extension、stop、approval_decision、"
            "denial_decision",
            "number": "文号",
            "issued_at": "签发时刻",
            "state": "issued 有效、void 作废",
            "voided_at": "作废的时刻；有效时为空",
            "void_reason": "作废的理由",
        }

    title = text("文书标题")
    state_name = named("state", PAPERS, "有效还是作废，给人看的文字")
    replaced_by = text("作废后换发的文号；没有时为空")
    can_be_voided = graphene.Boolean(required=True, description="您可以作废并换发")

    kind_name = named("kind", KINDS, "文书名称")
    department_name = text("签发部门")
    is_ready = graphene.Boolean(required=True, description="加盖印章的文件已经生成")
    remedies = listed(graphene.String, "不服时的救济途径；没有时为空")
    download_url = graphene.String(description="下载地址，几分钟内有效；文件未生成时为空")

    @staticmethod
    def resolve_title(document: Document, _info: Any) -> str:
        """As the paper has it."""
        return str(document.content["title"])

    @staticmethod
    def resolve_replaced_by(document: Document, _info: Any) -> str:
        """The number of the paper that took its place."""
        return document.replaced_by.number if hasattr(document, "replaced_by") else ""

    @staticmethod
    def resolve_can_be_voided(document: Document, info: Any) -> bool:
        """Whether the viewer answers for the department that issued it."""
        return may_void(info.context.viewer, document)

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
        return file_id_of(document) is not None

    @staticmethod
    def resolve_download_url(document: Document, info: Any) -> str | None:
        """A short-lived address."""
        ready = file_id_of(document) is not None
        return download_url(info.context.viewer, "documents", document.pk) if ready else None


class OwnDocuments:
    """What the department of an approval has issued in the case."""

    documents = listed(DocumentType, "本部门在本件中签发的文书，按先后")

    @staticmethod
    def resolve_documents(approval: Approval, _info: Any) -> QuerySet[Document]:
        """In their order."""
        rows = Document.objects.filter(case=approval.case_id, department=approval.department_id)
        return rows.select_related("department", "replaced_by").order_by("id")


def file_id_of(document: Document) -> UUID | None:
    """The file that is handed out: of a voided paper the copy that says so, never the one that looks valid."""
    return document.void_file_id if document.state == "void" else document.file_id


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
    rows = Document.objects.select_related("department", "file", "void_file").filter(
        case__in=visible_cases(viewer)
    )
    if viewer.kind != "officer":
        return rows
    return rows.filter(
        Q(case__lead=viewer.department_id)
        | Q(department=viewer.department_id)
        | Q(case__counter=viewer.department_id)
        | Q(case__collect_at=viewer.department_id)
    )
