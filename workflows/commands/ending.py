"""After the decision: the certificate that closes the case, and how results reached the applicant."""

from uuid import UUID

from django.utils import timezone

from ecert.models import Certificate
from people.commands import once
from people.errors import NotFound, Problem, Refusal, Refusals
from people.queries import office_of
from people.viewer import Viewer
from services.queries import definition_of
from workflows.commands.filling import fill_from_result, is_pending
from workflows.commands.handing_out import register_certificate, strike_out
from workflows.commands.moving_on import conclude_if_complete, move_on
from workflows.commands.records import check_own, locked_approvals, locked_case, note, words
from workflows.errors import illegal, missing
from workflows.models import Approval, Case, Delivery, Document

METHODS = ("electronic", "collected", "post")
ROLES = ("officer", "counter", "approver", "supervisor")


def note_certificate(*, case_id: UUID, certificate_id: str, step: str) -> None:
    """A granted certificate has its sealed file: noted, and the case concluded when it was the last one.

    Where later steps read it, it fills what they wait for, and they open in the same transaction.
    """
    viewer = Viewer.system("certificate issued")
    case = locked_case(viewer, case_id)
    register_certificate(case, UUID(certificate_id))
    note(case, "certificate_issued", viewer, step=step, details={"certificate": certificate_id})
    definition = definition_of(case.item_version)
    type_code = next((s.result for s in definition.route.steps if s.id == step), "")
    if is_pending(case, definition, type_code):
        approvals = locked_approvals(case)
        fill_from_result(case, definition, UUID(certificate_id), step, viewer)
        move_on(case, definition, approvals, viewer)
    conclude_if_complete(case, viewer)


def note_received(*, approval_id: UUID) -> None:
    """The letter arrived at the department's desk; work may have begun before.

    The case is locked first, as by every command: a batch of letters and an officer never wait crosswise.
    """
    rows = Approval.objects.filter(pk=approval_id, received_at=None)
    Case.objects.select_for_update().filter(pk__in=rows.values("case")).first()
    rows.update(received_at=timezone.now())


def note_dropped(*, approval_id: UUID) -> None:
    """The desk heard that nothing is left to do: whoever had claimed it is free of it."""
    rows = Approval.objects.filter(pk=approval_id, state="void")
    Case.objects.select_for_update().filter(pk__in=rows.values("case")).first()
    rows.update(claimed_by=None, claimed_at=None)


def record_delivery(
    *,
    viewer: Viewer,
    key: str,
    case_id: UUID,
    method: str,
    receiver: str,
    proof: str = "",
    certificate_id: UUID | None = None,
    document_id: UUID | None = None,
) -> Case:
    """送达: how a certificate or a paper reached the applicant; by the lead department or the one that issued it.

    Licensing law 44; the days of a remedy count from this day. Exactly one of the two ids is given.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        delivery, issuer = _delivered(case, certificate_id, document_id)
        offices = {case.lead_id, case.collect_at_id, issuer}  # the hall hands out what is fetched
        if viewer.department_id not in offices or not viewer.holds(*ROLES):
            raise Refusal("FORBIDDEN", field="caseId", audited=True)
        check_own(case, viewer, "caseId")  # the clerk who filed it at the counter may hand it out
        _check_delivery(method, receiver, proof)
        _check_new(delivery, method)
        delivery.method = method
        delivery.receiver = words(receiver, "receiver", most=100, one_line=True)
        delivery.proof = words(proof, "proof", most=200, one_line=True)
        delivery.delivered_at, delivery.officer = timezone.now(), office_of(viewer)
        delivery.save(force_insert=True)
        strike_out(case, delivery)
        note(case, "delivered", viewer, details={"method": method})
        return {"case": str(case.pk), "delivery": str(delivery.pk)}

    body = {
        "case_id": case_id,
        "certificate": certificate_id,
        "document": document_id,
        "method": method,
        "receiver": receiver,
        "proof": proof,
    }
    once(viewer, key=key, command="record_delivery", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _delivered(
    case: Case, certificate_id: UUID | None, document_id: UUID | None
) -> tuple[Delivery, UUID]:
    """An unsaved delivery of a finished certificate or paper of the case with its issuer, or why there is none."""
    if document_id is not None and certificate_id is None:
        document = Document.objects.filter(pk=document_id, case=case).first()
        if document is None:
            raise NotFound("documentId")
        if document.file_id is None or document.state == "void":
            raise illegal("record_delivery", "void" if document.state == "void" else "issuing")
        return Delivery(case=case, document=document), document.department_id
    if certificate_id is None or document_id is not None:
        raise Refusal("REQUIRED", field="certificate_id")
    certificate = Certificate.objects.filter(pk=certificate_id, source_case=case.pk).first()
    if certificate is None:
        raise NotFound("certificateId")
    if certificate.status in {"issuing", "revoked", "cancelled"}:
        raise illegal("record_delivery", certificate.status)
    return Delivery(case=case, certificate_id=certificate.pk), certificate.issuer_id


def _check_new(delivery: Delivery, method: str) -> None:
    """A result is delivered once by each method: the days of a remedy count from the first time."""
    same = {"certificate_id": delivery.certificate_id, "document": delivery.document}
    if delivery.case.deliveries.filter(method=method, **same).exists():
        raise Refusal("ALREADY_DELIVERED", field="method")


def _check_delivery(method: str, receiver: str, proof: str) -> None:
    problems = []
    if method not in METHODS:
        facts = {"allowed": "、".join(METHODS), **missing(method)}
        problems.append(Problem("INVALID_CHOICE", "method", facts))
    if not receiver.strip():
        problems.append(Problem("REQUIRED", "receiver"))
    if method == "post" and not proof.strip():
        problems.append(Problem("REQUIRED", "proof"))
    if problems:
        raise Refusals(problems)
