"""Voiding a paper (作废): its number keeps its row for good, and a replacement takes a new number."""

from uuid import UUID

from bus.chores import ask
from people.commands import once
from people.errors import NotFound, Refusal
from people.queries import office_of
from people.viewer import Viewer
from workflows.commands.records import check_conflict, locked_case, note, now, tell, words
from workflows.documents import issue_again
from workflows.errors import illegal
from workflows.models import Document, Handout
from workflows.queries import visible_cases

ROLES = ("approver", "supervisor")


def void_document(*, viewer: Viewer, key: str, document_id: UUID, reason: str) -> Document:
    """作废: by whoever answers for the department that issued it, with the reason; returns its replacement.

    Only the paper is void: what was decided stands, and the replacement says it again under its own number.
    """

    def act() -> dict[str, object]:
        found = Document.objects.filter(pk=document_id, case__in=visible_cases(viewer))
        case_id = found.values_list("case_id", flat=True).first()
        if case_id is None:
            raise NotFound("documentId")
        case = locked_case(viewer, case_id)
        document = Document.objects.select_related("case", "department", "approval").get(
            pk=document_id
        )
        if document.department_id != viewer.department_id or not viewer.holds(*ROLES):
            raise Refusal("FORBIDDEN", field="documentId", audited=True)
        check_conflict(case, viewer, "documentId")
        if document.state == "void":
            raise illegal("void_document", "void_paper")
        said = words(reason, "reason", most=500)
        if len(said) < 2:
            raise Refusal("REASON_REQUIRED", field="reason")
        document.state, document.void_reason = "void", said
        document.voided_at, document.voided_by = now(), office_of(viewer, ROLES)
        document.save(update_fields=["state", "void_reason", "voided_at", "voided_by"])
        Handout.objects.filter(
            document=document, delivery=None
        ).delete()  # nothing to fetch any more
        replacement = issue_again(document)
        ask("finish_document", str(document.pk))
        numbers = {"document": document.number, "replacement": replacement.number}
        note(case, "document_voided", viewer, department=document.department, details=numbers)
        tell(case, "document.voided", **numbers)
        return {"document": str(replacement.pk)}

    body = {"document_id": document_id, "reason": reason}
    outcome = once(viewer, key=key, command="void_document", body=body, act=act)
    return Document.objects.select_related("department", "case").get(pk=str(outcome["document"]))
