"""After the decision: the certificate that closes the case, and how results reached the applicant."""

from uuid import UUID

from django.utils import timezone

from ecert.models import Certificate
from people.commands import once
from people.errors import NotFound, Problem, Refusal, Refusals
from people.queries import office_of
from people.viewer import Viewer
from workflows.commands.moving_on import conclude_if_complete
from workflows.commands.records import locked_case, note, words
from workflows.errors import illegal
from workflows.models import Approval, Case, Delivery

METHODS = ("electronic", "collected", "post")


def note_certificate(*, case_id: UUID, certificate_id: str, step: str) -> None:
    """A granted certificate has its sealed file: noted, and the case concluded when it was the last one."""
    viewer = Viewer.system("certificate issued")
    case = locked_case(viewer, case_id)
    note(case, "certificate_issued", viewer, step=step, details={"certificate": certificate_id})
    conclude_if_complete(case, viewer)


def note_received(*, approval_id: UUID) -> None:
    """The letter arrived at the department's desk; work may have begun before.

    The case is locked first, as by every command: a batch of letters and an officer never wait crosswise.
    """
    rows = Approval.objects.filter(pk=approval_id, received_at=None)
    Case.objects.select_for_update().filter(pk__in=rows.values("case")).first()
    rows.update(received_at=timezone.now())


def record_delivery(
    *,
    viewer: Viewer,
    key: str,
    case_id: UUID,
    certificate_id: UUID,
    method: str,
    receiver: str,
    proof: str,
) -> Case:
    """送达: how a result reached the applicant; by the lead department or the one that issued it."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        certificate = Certificate.objects.filter(pk=certificate_id, source_case=case.pk).first()
        if certificate is None:
            raise NotFound("certificateId")
        if viewer.department_id not in {case.lead_id, certificate.issuer_id}:
            raise Refusal("FORBIDDEN", field="caseId", audited=True)
        if certificate.status == "issuing":
            raise illegal("record_delivery", "issuing")
        _check_delivery(method, receiver, proof)
        delivery = _deliver(viewer, case, certificate, method, receiver, proof)
        note(case, "delivered", viewer, details={"method": method})
        return {"case": str(case.pk), "delivery": str(delivery.pk)}

    body = {
        "case_id": case_id,
        "certificate": certificate_id,
        "method": method,
        "receiver": receiver,
        "proof": proof,
    }
    once(viewer, key=key, command="record_delivery", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _deliver(
    viewer: Viewer, case: Case, certificate: Certificate, method: str, receiver: str, proof: str
) -> Delivery:
    return Delivery.objects.create(
        case=case,
        certificate_id=certificate.pk,
        method=method,
        receiver=words(receiver, "receiver", most=100, one_line=True),
        proof=words(proof, "proof", most=200, one_line=True),
        delivered_at=timezone.now(),
        officer=office_of(viewer),
    )


def _check_delivery(method: str, receiver: str, proof: str) -> None:
    problems = []
    if method not in METHODS:
        problems.append(Problem("INVALID_CHOICE", "method", {"allowed": "、".join(METHODS)}))
    if not receiver.strip():
        problems.append(Problem("REQUIRED", "receiver"))
    if method == "post" and not proof.strip():
        problems.append(Problem("REQUIRED", "proof"))
    if problems:
        raise Refusals(problems)
