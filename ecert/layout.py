"""Decides what stands on a certificate: its page, the data inside the file, the statement of its QR."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date

from ecert.errors import CERTIFICATE_TYPE_INVALID
from ecert.models import Certificate
from files.composition import chinese_date
from files.paper import ACCENTS, PAGES
from files.sheets import CertificateSheet
from people.errors import Refusal

TEXTS = {"number_label", "issuer_label", "seal_caption", "statement"}
WITHOUT_END = "长期"
ISSUING_BODY = "issuing_body"  # a face with this field gets the issuer's name; the foot says it


def check_design(design: Mapping[str, object]) -> None:
    """Refusal CERTIFICATE_TYPE_INVALID unless a type's design names what the paper knows."""
    known = {"accent": set(ACCENTS), "orientation": set(PAGES)}
    for name, value in design.items():
        is_text = isinstance(value, str)
        if not is_text or (name not in TEXTS and value not in known.get(name, set())):
            raise Refusal(CERTIFICATE_TYPE_INVALID, field=name, reason="design")


def sheet_of(certificate: Certificate, statement: str) -> CertificateSheet:
    """The page: the type's labels and the face, with the statement in its QR."""
    kind = certificate.type
    rows = [
        (label, written(certificate.face[name]))
        for name, label in kind.face_labels
        if certificate.face.get(name) not in (None, "") and name != ISSUING_BODY
    ]
    if certificate.valid_until is None:
        rows.append(("有效期限", WITHOUT_END))
    return CertificateSheet(
        title=kind.name,
        number=certificate.number,
        rows=tuple(rows),
        issuer=certificate.issuer.name,
        issued_on=certificate.issued_on,
        identifier=certificate.identifier,
        qr_text=statement,
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        **kind.design,
    )


def written(value: object) -> str:
    """A value of the face as people read it: days in Chinese, lists in one line, numbers plain."""
    if isinstance(value, list):
        return "、".join(written(one) for one in value)
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str) and len(value) == 10:
        try:
            return chinese_date(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)


def data_of(certificate: Certificate) -> bytes:
    """The certificate as canonical JSON, for the attachment inside its file."""
    data = {
        "identifier": certificate.identifier,
        "number": certificate.number,
        "type": certificate.type.code,
        "type_code": certificate.type.type_code,
        "name": certificate.type.name,
        "version": certificate.version,
        "holder": certificate.holder_name,
        "issuer": certificate.issuer.name,
        "issuer_code": certificate.issuer.credit_code,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
        "face": certificate.face,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def claims_of(certificate: Certificate) -> dict[str, object]:
    """The statement's claims: identifier, type, holder digest, place in the status list, last day."""
    until = certificate.valid_until
    return {
        "id": certificate.identifier,
        "type": certificate.type.code,
        "holder": holder_digest(certificate.identifier, certificate.holder_name),
        "idx": certificate.status_index,
        "until": until.isoformat() if until else None,
    }


def holder_digest(identifier: str, holder_name: str) -> str:
    """Binds a statement to the name beside it: who reads the name can check it, the QR alone tells none.

    The first 16 bytes of SHA-256 over identifier, line break and name, base64url without padding.
    """
    digest = hashlib.sha256(f"{identifier}\n{holder_name}".encode()).digest()[:16]
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
