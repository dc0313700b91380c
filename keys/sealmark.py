"""Decides from a file's bytes alone what its seal covers, before a reader opens a stranger's PDF.

A PDF can be built to take gigabytes or minutes in a reader. Here the file is only cut at its
signature, which must have the one form that `keys.seal` writes, and the rest is hashed.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

LONGEST_MARK = 65_536  # hex digits
_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,9}) (\d{1,9}) (\d{1,9})\]")


@dataclass(frozen=True, slots=True)
class SealMark:
    """A signature that covers every byte of its file but itself, in the form that we write."""

    digest_fits: bool  # those bytes are the ones that were signed
    signature_fits: bool  # and the certificate's key signed them
    certificate: x509.Certificate


def mark_of(pdf: bytes) -> SealMark | None:
    """The mark of a file; None when there is none, or it leaves out a byte, or has another form."""
    found = _cut(pdf)
    if found is None:
        return None
    before, content, resume = found
    digest = hashlib.sha256(memoryview(pdf)[:before])
    digest.update(memoryview(pdf)[resume:])
    try:
        signed: Any = cms.ContentInfo.load(content)["content"]
        [signer], [choice] = signed["signer_infos"], signed["certificates"]
        if content != _our_form(signer, choice.chosen).ljust(len(content), b"\0"):
            return None
        kinds = {
            attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]
        }
        certificate = x509.load_der_x509_certificate(choice.chosen.dump())
        return SealMark(
            digest_fits=kinds["message_digest"].native == [digest.digest()],
            signature_fits=_signed(certificate, signer),
            certificate=certificate,
        )
    except Exception:  # a stranger's DER: neither library has a closed list of what it raises
        return None


def _cut(pdf: bytes) -> tuple[int, bytes, int] | None:
    """Where the signature begins, what it says, and where the file goes on after it."""
    place = pdf.rfind(b"/ByteRange")
    numbers = _RANGE.match(pdf, place) if place >= 0 else None
    if numbers is None:
        return None
    before, resume, after = (int(number) for number in numbers.groups())
    if resume + after != len(pdf) or not 2 < resume - before <= LONGEST_MARK:
        return None
    hole = pdf[before:resume]
    try:
        content = bytes.fromhex(hole[1:-1].decode("ascii"))
    except ValueError:
        return None
    return (before, content, resume) if hole == b"<%s>" % content.hex().upper().encode() else None


def _our_form(signer: Any, certificate: Any) -> bytes:
    """The signature as we write it: what is not signed in it is always the same."""
    issuer, serial = certificate.issuer, certificate.serial_number
    named = cms.IssuerAndSerialNumber({"issuer": issuer, "serial_number": serial})
    signed: dict[str, Any] = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": [cms.CertificateChoices("certificate", certificate)],
    }
    signed["signer_infos"] = [
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", named),
            "digest_algorithm": {"algorithm": "sha256"},
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signed_attrs": signer["signed_attrs"],
            "signature": signer["signature"],
        }
    ]
    content = {"content_type": "signed_data", "content": cms.SignedData(signed)}
    return bytes(cms.ContentInfo(content).dump())


def _signed(certificate: x509.Certificate, signer: Any) -> bool:
    public = certificate.public_key()
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    attributes = signer["signed_attrs"].untag().dump()
    try:
        public.verify(signer["signature"].native, attributes, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
