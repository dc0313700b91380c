"""Using certificates (用证): nothing is read without a grant, and every use is written down."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ecert.errors import CERTIFICATE_NOT_USABLE, CONSENT_INVALID, CONSENT_REQUIRED
from ecert.models import Certificate, CertificateUse, UseGrant
from ecert.queries import held_certificates, status_today
from people.errors import NotFound, Refusal
from people.viewer import Viewer


def use_certificates(
    *,
    viewer: Viewer,
    case_id: UUID,
    fields: Mapping[UUID, Sequence[str]],
    user: str,
    purpose: str,
) -> list[CertificateUse]:
    """Writes one use per certificate for a case, in the caller's transaction, or refuses all of them.

    `fields` is {certificate id: [face field]}, `user` is `platform` or a department's code, `purpose`
    must be the very text of the grant. An applicant takes values anew, so the certificate must be
    theirs and valid now. A department reads what the case holds already and is told the status
    beside it, so for officers and processes the grant alone decides.

    Refusals: NOT_FOUND, CERTIFICATE_NOT_USABLE with `status`; CONSENT_REQUIRED when no grant of the
    case names these fields; CONSENT_INVALID with `reason` withdrawn, expired or purpose (BAD-82).
    """
    with transaction.atomic():
        certificates = _readable(viewer, fields)
        grants = list(UseGrant.objects.select_for_update().filter(case_id=case_id).order_by("-id"))
        now = timezone.now()
        uses = []
        for pk, names in fields.items():
            grant = _grant_for(grants, pk, names, purpose, now)
            if viewer.is_applicant and (status := status_today(certificates[pk])) != "valid":
                raise Refusal(CERTIFICATE_NOT_USABLE, field="certificates", status=status)
            uses.append(
                CertificateUse(
                    at=now,
                    certificate_id=pk,
                    grant_id=grant.pk,
                    case_id=case_id,
                    user=user,
                    purpose=purpose,
                    fields=sorted(set(names)),
                    actor=viewer.actor,
                )
            )
        return CertificateUse.objects.bulk_create(uses)


def _readable(viewer: Viewer, fields: Mapping[UUID, Sequence[str]]) -> dict[UUID, Certificate]:
    if viewer.is_applicant:
        found = held_certificates(viewer).in_bulk(list(fields))
    elif viewer.kind in {"officer", "system"}:
        found = Certificate.objects.in_bulk(list(fields))
    else:
        found = {}
    if len(found) != len(fields):
        raise NotFound("certificates", audited=True)
    return found


def _grant_for(
    grants: Sequence[UseGrant], pk: UUID, names: Sequence[str], purpose: str, now: datetime
) -> UseGrant:
    """The newest grant that allows this use; the newest that would almost, gives the reason."""
    reason = ""
    for grant in grants:
        if not names or not set(names) <= set(grant.fields.get(str(pk), [])):
            continue
        fault = _fault_of(grant, purpose, now)
        if not fault:
            return grant
        reason = reason or fault
    if reason:
        raise Refusal(CONSENT_INVALID, field="certificates", reason=reason)
    raise Refusal(CONSENT_REQUIRED, field="certificates")


def _fault_of(grant: UseGrant, purpose: str, now: datetime) -> str:
    if grant.revoked_at is not None:
        return "withdrawn"
    if grant.valid_until is not None and now >= grant.valid_until:
        return "expired"
    return "" if grant.purpose == purpose else "purpose"
