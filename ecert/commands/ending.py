"""Taking back, ending, suspending and restoring a certificate (撤销, 注销, 暂扣): proceedings of their own."""

from uuid import UUID

from django.utils import timezone

from bus.outbox import post
from ecert.errors import ILLEGAL_TRANSITION, REASON_REQUIRED
from ecert.models import Certificate
from ecert.queries import accounts_of_holder
from ecert.validity import may_become
from people.commands import audit, once
from people.errors import NotFound, Refusal
from people.identifiers import clean_text
from people.viewer import Viewer


def revoke_certificate(
    *, viewer: Viewer, key: str, certificate_id: UUID, reason: str
) -> Certificate:
    """Takes a certificate back for good (撤销); from its commit on nobody is told that it is valid (INV-12).

    By an approver of the issuing department. Posts `certificate.revoked`.
    Refusals: NOT_FOUND, REASON_REQUIRED, ILLEGAL_TRANSITION.
    """
    return _move(viewer, key, certificate_id, reason, "revoke_certificate", "revoked")


def cancel_certificate(
    *, viewer: Viewer, key: str, certificate_id: UUID, reason: str
) -> Certificate:
    """Ends a certificate (注销), Administrative Licensing Law article 70; otherwise as `revoke_certificate`."""
    return _move(viewer, key, certificate_id, reason, "cancel_certificate", "cancelled")


def suspend_certificate(
    *, viewer: Viewer, key: str, certificate_id: UUID, reason: str
) -> Certificate:
    """Suspends a certificate (暂扣); otherwise as `revoke_certificate`."""
    return _move(viewer, key, certificate_id, reason, "suspend_certificate", "suspended")


def restore_certificate(
    *, viewer: Viewer, key: str, certificate_id: UUID, reason: str
) -> Certificate:
    """Ends a suspension; otherwise as `revoke_certificate`."""
    return _move(viewer, key, certificate_id, reason, "restore_certificate", "valid")


def _move(
    viewer: Viewer, key: str, certificate_id: UUID, reason: str, command: str, status: str
) -> Certificate:
    def act() -> dict[str, object]:
        told = clean_text(reason, most=200, field="reason")
        if not told:
            raise Refusal(REASON_REQUIRED, field="reason")
        rows = Certificate.objects.select_for_update(of=("self",)).select_related("type")
        rows = rows.filter(issuer_id=viewer.department_id)
        certificate = rows.filter(pk=certificate_id).first()
        if certificate is None or not viewer.holds("approver"):
            raise NotFound("certificateId", audited=True)
        # `issuing` becomes valid only with its file, by complete_certificate
        if not may_become(certificate.status, status) or (
            status == "valid" and certificate.status != "suspended"
        ):
            raise Refusal(ILLEGAL_TRANSITION, status=certificate.status)
        certificate.status, certificate.status_reason = status, told
        certificate.status_at = timezone.now()
        certificate.save(update_fields=["status", "status_reason", "status_at"])
        audit(viewer, action=command, subject_kind="certificate", subject_id=certificate.pk)
        _tell(certificate)
        return {"certificate": str(certificate.pk)}

    body = {"certificate_id": str(certificate_id), "reason": reason}
    once(viewer, key=key, command=command, body=body, act=act)
    return Certificate.objects.get(pk=certificate_id)


def _tell(certificate: Certificate) -> None:
    """For the holder, and for every open case that rests on it. The number may be a person's: not told."""
    subject = certificate.source_number or str(certificate.pk)
    data = {
        "certificate": str(certificate.pk),
        "type": certificate.type.code,
        "name": certificate.type.name,
        "status": certificate.status,
        "accounts": [str(account) for account in accounts_of_holder(certificate)],
    }
    if certificate.status == "valid":
        post("certificate.restored", subject=subject, data=data)
    else:
        post("certificate.revoked", subject=subject, data=data)
