"""Granting the use of certificates for one case (用证授权), and taking the grant back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ecert.errors import (
    CERTIFICATE_FIELD_UNKNOWN,
    CERTIFICATE_NOT_USABLE,
    GRANT_EMPTY,
    GRANT_PERIOD_INVALID,
)
from ecert.face import fields_of
from ecert.models import Certificate, UseGrant
from ecert.queries import held_certificates, status_today
from people.commands import audit, once
from people.errors import NotFound, Problem, Refusal, Refusals
from people.viewer import Viewer

LONGEST = timedelta(days=366)


def record_grant(
    *,
    viewer: Viewer,
    case_id: UUID,
    item_code: str,
    purpose: str,
    fields: Mapping[UUID, Sequence[str]],
    valid_until: datetime,
) -> UseGrant:
    """The holder's consent: these fields of these certificates, for this case and purpose, until a moment.

    `fields` is {certificate id: [face field]}; `valid_until` is aware and at most 366 days ahead. In
    the caller's transaction. Only certificates that the viewer holds, for themselves or for the
    enterprise they act for; another's is NOT_FOUND like one that does not exist (INV-20).

    Refusals: NOT_FOUND, GRANT_EMPTY, GRANT_PERIOD_INVALID, CERTIFICATE_FIELD_UNKNOWN (all at once),
    CERTIFICATE_NOT_USABLE with `status`.
    """
    now = timezone.now()
    if not viewer.is_applicant or viewer.account_id is None:
        raise NotFound("certificates", audited=True)
    if not fields or not all(fields.values()):
        raise Refusal(GRANT_EMPTY, field="certificates")
    if not now < valid_until <= now + LONGEST:
        raise Refusal(GRANT_PERIOD_INVALID, field="validUntil")
    with transaction.atomic():
        held = held_certificates(viewer).in_bulk(list(fields))
        if len(held) != len(fields):
            raise NotFound("certificates", audited=True)
        _judge(held, fields)
        grant = UseGrant.objects.create(
            case_id=case_id,
            item_code=item_code,
            purpose=purpose,
            basis="consent",
            fields={str(pk): sorted(set(names)) for pk, names in fields.items()},
            granted_by_id=viewer.account_id,
            granted_at=now,
            valid_until=valid_until,
        )
        audit(
            viewer,
            action="record_grant",
            subject_kind="grant",
            subject_id=grant.pk,
            details={"case": str(case_id), "fields": grant.fields},
        )
    return grant


def record_basis(
    *,
    viewer: Viewer,
    case_id: UUID,
    item_code: str,
    purpose: str,
    legal_basis: str,
    fields: Mapping[UUID, Sequence[str]],
    granted_by: UUID,
) -> UseGrant:
    """The right to go on reading what an accepted application holds, whatever becomes of the consent.

    Consent is judged when a value is taken over; afterwards it is part of the application, which its
    applicant withdraws as a whole. `granted_by` is the account that applied, `legal_basis` the act that
    lets the application be examined. In the caller's transaction. Refusal: NOT_FOUND for an applicant.
    """
    if viewer.kind not in {"officer", "system"}:
        raise NotFound("certificates", audited=True)
    return UseGrant.objects.create(
        case_id=case_id,
        item_code=item_code,
        purpose=purpose,
        basis="legal",
        legal_basis=legal_basis[:200],
        fields={str(pk): sorted(set(names)) for pk, names in fields.items()},
        granted_by_id=granted_by,
        granted_at=timezone.now(),
    )


def withdraw_grant(*, viewer: Viewer, key: str, grant_id: UUID) -> UseGrant:
    """Takes a consent back; from its commit on nothing more is read by it (INV-21).

    By the account that gave it. Withdrawing again changes nothing. Refusal: NOT_FOUND.
    """

    def act() -> dict[str, object]:
        grants = UseGrant.objects.select_for_update().filter(
            granted_by_id=viewer.account_id, basis="consent"
        )
        grant = grants.filter(pk=grant_id).first()
        if grant is None:
            raise NotFound("grantId", audited=True)
        if grant.revoked_at is None:
            grant.revoked_at = timezone.now()
            grant.save(update_fields=["revoked_at"])
            audit(viewer, action="withdraw_grant", subject_kind="grant", subject_id=grant.pk)
        return {"grant": str(grant.pk)}

    once(viewer, key=key, command="withdraw_grant", body={"grant_id": str(grant_id)}, act=act)
    return UseGrant.objects.get(pk=grant_id)


def _judge(held: Mapping[UUID, Certificate], fields: Mapping[UUID, Sequence[str]]) -> None:
    problems = []
    for pk, names in fields.items():
        certificate = held[pk]
        unknown = sorted(set(names) - set(fields_of(certificate.type.face_schema)))
        problems += [
            Problem(CERTIFICATE_FIELD_UNKNOWN, "certificates", {"name": name}) for name in unknown
        ]
        status = status_today(certificate)
        if status != "valid":
            told = {"status": status, "identifier": certificate.identifier}
            problems.append(Problem(CERTIFICATE_NOT_USABLE, "certificates", told))
    if problems:
        raise Refusals(problems)
