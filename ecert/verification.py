"""Decides what a stranger is told about a certificate (验证): its status now, and nothing personal."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from ecert.identifier import parse
from ecert.layout import holder_digest
from ecert.models import Certificate
from ecert.queries import status_today
from keys.compact import TokenRefused
from keys.jose import read_statement
from keys.seal import inspect_seal
from people.errors import Refusal
from people.identifiers import mask_name


@dataclass(frozen=True)
class Verdict:
    """The answer to one verification; only `status` is filled unless the certificate was found.

    `status`: valid, expired, not_yet, suspended, revoked, cancelled, superseded; altered (not as it
    was issued), unknown_issuer (signed by nobody we know), not_found. `reason` is a stable word of the
    check that failed. The name of a person is masked, that of an enterprise is public.
    """

    status: str
    reason: str = ""
    identifier: str = ""
    type_code: str = ""
    type_name: str = ""
    number: str = ""
    version: int = 0
    holder: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    checked_at: datetime = field(default_factory=timezone.now)

    @property
    def is_valid(self) -> bool:
        """The certificate holds at this moment."""
        return self.status == "valid"


SEAL_FAULTS = {
    "NOT_A_PDF": "not_found",
    "NOT_SEALED": "not_found",
    "ALTERED": "altered",
    "SIGNATURE_INVALID": "altered",
    "NOT_TRUSTED": "unknown_issuer",
}
STATEMENT_FAULTS = {"malformed": "not_found", "too_long": "not_found", "key": "unknown_issuer"}


def verify_identifier(text: str) -> Verdict:
    """By the identifier (证照标识) as people type it; one that is not whole is `not_found`."""
    try:
        identifier = parse(text)
    except Refusal as refused:
        return Verdict("not_found", reason=refused.code)
    if not identifier.is_sound:
        return Verdict("not_found", reason="IDENTIFIER_INVALID")
    return _verdict(_found(identifier=identifier.text))


def verify_pdf(pdf: bytes) -> Verdict:
    """By the file: its seal must hold, be the issuer's, and the bytes be those that were kept."""
    seal = inspect_seal(pdf)
    if not seal.holds:
        status = SEAL_FAULTS.get(seal.reason_code, "altered")
        return Verdict(status, reason=seal.reason_code or "ALTERED")
    certificate = _found(file__digest=hashlib.sha256(pdf).hexdigest())
    if certificate is not None and certificate.issuer.code != seal.owner:
        return Verdict("unknown_issuer", reason="OTHER_OWNER")
    return _verdict(certificate)


def verify_statement(text: str) -> Verdict:
    """By the statement in the QR: first as anyone can offline, by signature; then by its status now."""
    try:
        claims = read_statement(text.strip())
    except TokenRefused as refused:
        return Verdict(STATEMENT_FAULTS.get(refused.reason, "altered"), reason=refused.reason)
    certificate = _found(identifier=claims["id"])
    if certificate is not None and not _says_the_same(claims, certificate):
        return Verdict("altered", reason="claims")
    return _verdict(certificate)


def _found(**wanted: str) -> Certificate | None:
    rows = Certificate.objects.select_related("type", "issuer")
    return rows.filter(**wanted).exclude(status="issuing").first()


def _says_the_same(claims: dict[str, object], certificate: Certificate) -> bool:
    return (claims["iss"], claims["idx"], claims.get("holder")) == (
        certificate.issuer.code,
        certificate.status_index,
        holder_digest(certificate.identifier, certificate.holder_name),
    )


def _verdict(certificate: Certificate | None) -> Verdict:
    if certificate is None:
        return Verdict("not_found")
    name = certificate.holder_name
    return Verdict(
        status=status_today(certificate),
        identifier=certificate.identifier,
        type_code=certificate.type.code,
        type_name=certificate.type.name,
        number=certificate.number,
        version=certificate.version,
        holder=mask_name(name) if certificate.person_id is not None else name,
        issuer=certificate.issuer.name,
        issued_on=certificate.issued_on,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
    )
