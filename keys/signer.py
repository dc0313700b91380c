"""Decides only how bytes are signed: one interface over ES256, RSA and SM2 with SM3 (国密).

A signing service or a hardware module (签章服务, HSM) becomes one more class with the same methods.
"""

from abc import ABC, abstractmethod
from typing import TypeVar

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from typing_extensions import override

from keys.keyfiles import KeyFault
from keys.sm2 import Sm2Key

Key = TypeVar("Key")
RSA_BITS = 3072
LEAST_RSA_BITS = 2048


class Signer(ABC):
    """Signs and verifies bytes of any length; holds its loaded key, private half or public only."""

    algorithm: str

    @abstractmethod
    def sign(self, data: bytes) -> bytes:
        """The signature; raises `KeyFault` when the private half is not here."""

    @abstractmethod
    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether this key signed exactly these bytes; False for any bad signature."""

    @abstractmethod
    def private_pem(self) -> bytes:
        """PKCS #8; raises `KeyFault` when the private half is not here."""

    @abstractmethod
    def public_pem(self) -> bytes:
        """SubjectPublicKeyInfo."""

    def verifier(self) -> "Signer":
        """The same key without its private half."""
        return signer_from_pem(self.algorithm, self.public_pem())


class Es256Signer(Signer):
    """ECDSA on P-256 with SHA-256; signatures in DER."""

    algorithm = "ES256"

    def __init__(self, key: ec.EllipticCurvePrivateKey | ec.EllipticCurvePublicKey) -> None:
        if not isinstance(key.curve, ec.SECP256R1):
            raise KeyFault(f"curve {key.curve.name}, expected P-256")
        self._private = key if isinstance(key, ec.EllipticCurvePrivateKey) else None
        self._public = key.public_key() if isinstance(key, ec.EllipticCurvePrivateKey) else key

    @override
    def sign(self, data: bytes) -> bytes:
        return _here(self._private).sign(data, ec.ECDSA(SHA256()))

    @override
    def verify(self, data: bytes, signature: bytes) -> bool:
        try:
            self._public.verify(signature, data, ec.ECDSA(SHA256()))
        except InvalidSignature:
            return False
        return True

    @override
    def private_pem(self) -> bytes:
        return _private_pem(_here(self._private))

    @override
    def public_pem(self) -> bytes:
        return _public_pem(self._public)


class RsaSigner(Signer):
    """RSA with PKCS #1 v1.5 and SHA-256, at least 2048 bits."""

    algorithm = "RS256"

    def __init__(self, key: rsa.RSAPrivateKey | rsa.RSAPublicKey) -> None:
        if key.key_size < LEAST_RSA_BITS:
            raise KeyFault(f"an RSA key of {key.key_size} bits, expected {LEAST_RSA_BITS} at least")
        self._private = key if isinstance(key, rsa.RSAPrivateKey) else None
        self._public = key.public_key() if isinstance(key, rsa.RSAPrivateKey) else key

    @override
    def sign(self, data: bytes) -> bytes:
        return _here(self._private).sign(data, padding.PKCS1v15(), SHA256())

    @override
    def verify(self, data: bytes, signature: bytes) -> bool:
        try:
            self._public.verify(signature, data, padding.PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True

    @override
    def private_pem(self) -> bytes:
        return _private_pem(_here(self._private))

    @override
    def public_pem(self) -> bytes:
        return _public_pem(self._public)


class Sm2Signer(Signer):
    """SM2 with SM3 (国密); signatures in DER, the signer's id is the standard one."""

    algorithm = "SM2-SM3"

    def __init__(self, key: Sm2Key) -> None:
        self._key = key

    @override
    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data)

    @override
    def verify(self, data: bytes, signature: bytes) -> bool:
        return self._key.verify(data, signature)

    @override
    def private_pem(self) -> bytes:
        return self._key.private_pem()

    @override
    def public_pem(self) -> bytes:
        return self._key.public_pem()


ALGORITHMS = (Es256Signer.algorithm, RsaSigner.algorithm, Sm2Signer.algorithm)


def new_signer(algorithm: str) -> Signer:
    """A signer with a new key; `algorithm` is ES256, RS256 or SM2-SM3."""
    if algorithm == Es256Signer.algorithm:
        return Es256Signer(ec.generate_private_key(ec.SECP256R1()))
    if algorithm == RsaSigner.algorithm:
        return RsaSigner(rsa.generate_private_key(65537, RSA_BITS))
    if algorithm == Sm2Signer.algorithm:
        return Sm2Signer(Sm2Key.generate())
    raise KeyFault(f"no algorithm {algorithm}")


def signer_from_pem(algorithm: str, content: bytes) -> Signer:
    """A signer from a private or public PEM; a key of another algorithm is a `KeyFault`."""
    if algorithm == Sm2Signer.algorithm:
        return Sm2Signer(Sm2Key.from_pem(content))
    try:
        key = (
            load_pem_private_key(content, password=None)
            if b"PRIVATE KEY" in content
            else load_pem_public_key(content)
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise KeyFault("not a readable PEM key") from fault
    if algorithm == Es256Signer.algorithm and isinstance(
        key, (ec.EllipticCurvePrivateKey, ec.EllipticCurvePublicKey)
    ):
        return Es256Signer(key)
    if algorithm == RsaSigner.algorithm and isinstance(key, (rsa.RSAPrivateKey, rsa.RSAPublicKey)):
        return RsaSigner(key)
    raise KeyFault(f"not a key of {algorithm}")


def _here(private: Key | None) -> Key:
    if private is None:
        raise KeyFault("the private half of this key is not here")
    return private


def _private_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _public_pem(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
