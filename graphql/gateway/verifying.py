"""Verifies a certificate by its file, for pages: what GraphQL cannot carry, in the shape of `verifyCertificate`."""

from ecert.verification import verify_pdf
from gateway.scalars import Moment
from gateway.words import STATUSES, worded
from people.errors import Refusal

MOST_BYTES = 10_000_000


def verify_file(pdf: bytes) -> dict[str, object]:
    """{status, statusName, isValid, identifier, typeName, number, version, holder, issuer, issuedOn, validFrom,
    validUntil, checkedAt} of a certificate's PDF; days as 2026-01-31. Refusal: REQUEST_TOO_LARGE.
    """
    if len(pdf) > MOST_BYTES:
        raise Refusal("REQUEST_TOO_LARGE", most=MOST_BYTES // 1024)
    verdict = verify_pdf(pdf)
    days = (verdict.issued_on, verdict.valid_from, verdict.valid_until)
    issued_on, valid_from, valid_until = (day.isoformat() if day else None for day in days)
    return {
        "status": verdict.status,
        "statusName": worded(STATUSES, verdict.status),
        "isValid": verdict.is_valid,
        "identifier": verdict.identifier,
        "typeName": verdict.type_name,
        "number": verdict.number,
        "version": verdict.version,
        "holder": verdict.holder,
        "issuer": verdict.issuer,
        "issuedOn": issued_on,
        "validFrom": valid_from,
        "validUntil": valid_until,
        "checkedAt": Moment.serialize(verdict.checked_at),
    }
