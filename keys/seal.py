"""Decides how documents are sealed (电子印章) and when a seal holds: no byte changes or follows."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

import asn1crypto.x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.validation import (
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext
from typing_extensions import override

from keys.keystore import SealKey, authority_certificate, seal_key
from keys.sealmark import mark_of

FIELD = "Seal"
LARGEST = 50_000_000  # bytes of a file that is inspected
RESERVED = 8_192  # hex digits kept for the signature, which needs about 4,000


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """What a file's seal is worth; `reason_code` is empty when it holds, else the first fault.

    NOT_A_PDF, NOT_SEALED, ALTERED (content changed, or bytes that the seal does not cover),
    SIGNATURE_INVALID, NOT_TRUSTED (not issued by our authority, or not valid at that time).
    Name, owner and time are empty unless the certificate is ours.
    """

    intact: bool = False  # the covered bytes are those that were sealed, and the signature is right
    trusted: bool = False  # by a certificate that our authority issued
    whole_file: bool = False  # every byte of the file is covered
    signer: str = ""  # Chinese name in the certificate
    owner: str = ""  # code in the certificate; compare it with who had to seal
    signed_at: datetime | None = None  # as the signer says, not a time stamp of another party
    reason_code: str = ""

    @property
    def holds(self) -> bool:
        """True when the document is exactly what its owner sealed."""
        return self.intact and self.trusted and self.whole_file and not self.reason_code


class SealFault(Exception):
    """A document that cannot be sealed."""


class _LoadedSigner(Signer):
    """Signs with a key object that is loaded once; pyHanko's own loads it for every signature."""

    def __init__(self, key: SealKey) -> None:
        self._private = key.private
        [certificate] = pyhanko_certificates(key.certificate)
        # The root is not put in: who trusts it has it, and every byte of ours is then a signed one.
        super().__init__(signing_cert=certificate)

    @override
    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        if digest_algorithm != "sha256":
            raise SealFault(f"a seal signs SHA-256, not {digest_algorithm}")
        return self._private.sign(data, ec.ECDSA(SHA256()))


class _DatedSigner(PdfSigner):
    """Signs at a given moment instead of this machine's present."""

    def __init__(self, metadata: PdfSignatureMetadata, signer: Signer, at: datetime) -> None:
        super().__init__(metadata, signer, new_field_spec=SigFieldSpec(FIELD))
        self._at = at

    @override
    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def seal_pdf(pdf: bytes, *, owner: str, reason: str, at: datetime) -> bytes:
    """The document with the owner's seal (PAdES B-B, ETSI EN 319 142-1), as one more revision.

    `owner` is who has keys (`fire.990102000000`), `reason` stands in the signature, `at` has a time
    zone. The signature is not visible: the red seal is drawn by the layout. Raises `SealFault` for
    what is no PDF, is encrypted or has a seal already, and for a moment outside the certificate.
    """
    key = seal_key(owner)
    if at.tzinfo is None:
        raise SealFault("the moment of sealing has no time zone")
    if not key.certificate.not_valid_before_utc <= at <= key.certificate.not_valid_after_utc:
        raise SealFault("the seal's certificate is not valid at that moment")
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = _DatedSigner(metadata, _signer(key), at)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        if writer.prev.encrypted or writer.prev.embedded_signatures:
            raise SealFault("the document is encrypted or has a seal already")
        sealed: bytes = signer.sign_pdf(writer, bytes_reserved=RESERVED).getvalue()
    except (PdfError, ValueError) as fault:
        raise SealFault("the document is not a PDF that can be sealed") from fault
    return sealed


def inspect_seal(pdf: bytes) -> SealVerdict:
    """The verdict on the seal of any file, of which nothing is believed; its content never raises.

    `pdf` is the whole file, at most 50 MB. The certificate must have been valid at the time of
    sealing and its root must be ours; nothing is fetched. Only a file that our authority's holders
    sealed is opened by a reader. Raises `KeyFault` when there is no authority here.
    """
    if len(pdf) > LARGEST or not pdf.startswith(b"%PDF-"):
        return SealVerdict(reason_code="NOT_A_PDF")
    if b"/ByteRange" not in pdf:
        return SealVerdict(reason_code="NOT_SEALED")
    root = authority_certificate()
    mark = mark_of(pdf)
    if mark is None or not mark.digest_fits:
        return SealVerdict(whole_file=mark is not None, reason_code="ALTERED")
    if not mark.signature_fits:
        return SealVerdict(whole_file=True, reason_code="SIGNATURE_INVALID")
    if not _issued_by(root, mark.certificate):
        return SealVerdict(intact=True, whole_file=True, reason_code="NOT_TRUSTED")
    try:
        return _verdict(pdf, root)
    except Exception:  # pyHanko has no closed list of what it raises for a file it cannot read
        return SealVerdict(whole_file=True, reason_code="SIGNATURE_INVALID")


def _verdict(pdf: bytes, root: x509.Certificate) -> SealVerdict:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    at = signature.self_reported_timestamp
    [trusted] = pyhanko_certificates(root)
    context = ValidationContext(trust_roots=[trusted], moment=at, allow_fetching=False)
    status = validate_pdf_signature(signature, context)
    subject = status.signing_cert.subject.native
    intact = status.intact and status.valid
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    reason = "" if status.trusted else "NOT_TRUSTED"
    if not (intact and whole and status.docmdp_ok):
        reason = "SIGNATURE_INVALID"
    return SealVerdict(
        intact=intact,
        trusted=status.trusted,
        whole_file=whole,
        signer=str(subject.get("common_name", "")),
        owner=str(subject.get("organizational_unit_name", "")),
        signed_at=at,
        reason_code=reason,
    )


def _issued_by(root: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


@lru_cache(maxsize=1024)
def _signer(key: SealKey) -> _LoadedSigner:
    return _LoadedSigner(key)


def pyhanko_certificates(*certificates: x509.Certificate) -> list[asn1crypto.x509.Certificate]:
    """The same certificates as pyHanko's library knows them."""
    return [
        asn1crypto.x509.Certificate.load(certificate.public_bytes(Encoding.DER))
        for certificate in certificates
    ]
