"""The Chinese signature algorithm SM2 with SM3 (国密, GB/T 32918.2 and GB/T 32905), over gmalg.

Keys and signatures have the forms of GM/T 0009 and openssl: PKCS #8, SubjectPublicKeyInfo, DER.
"""

from typing import Any

from asn1crypto import keys as asn1
from asn1crypto import pem
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SM3, Hash
from gmalg.base import Hash as GmalgHash
from gmalg.ellipticcurve import ECDLP
from gmalg.sm2 import SM2Core
from typing_extensions import override

from keys.keyfiles import KeyFault

DISTINGUISHING_ID = b"1234567812345678"  # GM/T 0009 chapter 10, unless parties agree on another
CURVE = "sm2p256v1"
SIZE = 32  # bytes of a coordinate
asn1.NamedCurve.register(CURVE, "1.2.156.10197.1.301", SIZE)

# GB/T 32918.5: p, a, b, base point, order
_FIELD = ECDLP(
    0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF,
    0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC,
    0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93,
    (
        0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
        0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
    ),
    0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123,
)


class _FastSm3(GmalgHash):  # type: ignore[misc]  # gmalg has no types
    """SM3 of OpenSSL in the place of gmalg's own, which takes seconds for a document."""

    def __init__(self) -> None:
        self.reset()

    @classmethod
    @override
    def hash_length(cls) -> int:
        return SIZE

    @override
    def reset(self) -> None:
        self._state = Hash(SM3())

    @override
    def update(self, data: bytes) -> None:
        self._state.update(bytes(data))

    @override
    def value(self) -> bytes:
        return self._state.finalize()


class Sm2Key:
    """An SM2 key; without its private half it only verifies."""

    def __init__(self, public: tuple[int, int], private: int | None = None) -> None:
        self._core = SM2Core(_FIELD, _FastSm3())
        if not self._core.verify_pk(public):
            raise KeyFault("an SM2 key that is no point of the curve")
        if private is not None and self._core.generate_pk(private) != public:
            raise KeyFault("the halves of an SM2 key do not belong together")
        self._public, self._private = public, private

    @classmethod
    def generate(cls) -> "Sm2Key":
        """A new key, drawn from the system's randomness."""
        private, public = SM2Core(_FIELD, _FastSm3()).generate_keypair()
        return cls(public, private)

    @classmethod
    def from_pem(cls, content: bytes) -> "Sm2Key":
        """A key from PKCS #8 or SubjectPublicKeyInfo; raises `KeyFault` for anything else."""
        try:
            kind, _headers, der = pem.unarmor(content)
            if kind == "PUBLIC KEY":
                return cls(_point(asn1.PublicKeyInfo.load(der, strict=True)))
            private = asn1.PrivateKeyInfo.load(der, strict=True)
            _require_curve(private["private_key_algorithm"])
            number: int = private["private_key"].parsed["private_key"].native
        except (ValueError, TypeError, KeyError) as fault:
            raise KeyFault("not an SM2 key in PEM") from fault
        if not 0 < number < _FIELD.fpn.p - 1:
            raise KeyFault("an SM2 key out of range")
        return cls(SM2Core(_FIELD, _FastSm3()).generate_pk(number), number)

    def private_pem(self) -> bytes:
        """PKCS #8, not encrypted; raises `KeyFault` when the private half is not here."""
        if self._private is None:
            raise KeyFault("the private half of this SM2 key is not here")
        key = asn1.ECPrivateKey({"version": 1, "private_key": self._private})
        key["private_key"].set_encoded_width(SIZE)
        key["public_key"] = asn1.ECPointBitString(self._point_bytes())
        info = {"version": 0, "private_key_algorithm": _algorithm(), "private_key": key}
        return bytes(pem.armor("PRIVATE KEY", asn1.PrivateKeyInfo(info).dump()))

    def public_pem(self) -> bytes:
        """SubjectPublicKeyInfo."""
        point = asn1.ECPointBitString(self._point_bytes())
        info = asn1.PublicKeyInfo({"algorithm": _algorithm(), "public_key": point})
        return bytes(pem.armor("PUBLIC KEY", info.dump()))

    def sign(self, data: bytes) -> bytes:
        """The DER signature (r, s) over data of any length."""
        if self._private is None:
            raise KeyFault("the private half of this SM2 key is not here")
        r, s = self._core.sign(data, self._private, DISTINGUISHING_ID, self._public)
        return encode_dss_signature(r, s)

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether this key signed exactly these bytes; never raises for a bad signature."""
        try:
            r, s = decode_dss_signature(signature)
        except ValueError:
            return False
        return bool(self._core.verify(data, r, s, DISTINGUISHING_ID, self._public))

    def _point_bytes(self) -> bytes:
        x, y = self._public
        return b"\x04" + x.to_bytes(SIZE, "big") + y.to_bytes(SIZE, "big")


def _algorithm() -> dict[str, Any]:
    return {"algorithm": "ec", "parameters": asn1.ECDomainParameters(name="named", value=CURVE)}


def _require_curve(algorithm: Any) -> None:
    if algorithm["algorithm"].native != "ec" or algorithm["parameters"].native != CURVE:
        raise ValueError("another algorithm or curve")


def _point(info: Any) -> tuple[int, int]:
    _require_curve(info["algorithm"])
    x, y = info["public_key"].to_coords()
    return x, y
