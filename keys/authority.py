"""Decides what the certificates of the demo authority (演示签发机构) say."""

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

ROOT_NAME = "通办演示根证书"
ORGANIZATION = "通办演示市"
# Long and fixed, so that papers of the demo city may carry earlier dates.
VALID_FROM = datetime(2020, 1, 1, tzinfo=UTC)
ROOT_VALID_UNTIL = datetime(2049, 12, 31, tzinfo=UTC)
SEAL_VALID_UNTIL = datetime(2039, 12, 31, tzinfo=UTC)


def _name(common_name: str, owner: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    if owner:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, owner))
    return x509.Name(parts)


def _usage(*, signs_documents: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_documents,
        content_commitment=signs_documents,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def root_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """The self-signed certificate of the demo root; it may issue seals but no other authority."""
    name = _name(ROOT_NAME)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(ROOT_VALID_UNTIL)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_documents=False), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, SHA256())
    )


def seal_certificate(
    public: ec.EllipticCurvePublicKey,
    *,
    owner: str,
    name: str,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    """The certificate of a department's seal.

    CN is its Chinese name (at most 64 characters), OU its code.
    """
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        x509.CertificateBuilder(
            root.subject, _name(name, owner), public, x509.random_serial_number()
        )
        .not_valid_before(VALID_FROM)
        .not_valid_after(SEAL_VALID_UNTIL)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_documents=True), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(issuer, critical=False)
        .sign(root_key, SHA256())
    )
