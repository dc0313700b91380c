"""Decides whose key signs what: an owner's keys, created once, loaded once, known by thumbprint."""

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings

from keys.authority import root_certificate, seal_certificate
from keys.keyfiles import (
    KeyFault,
    KeyFile,
    create_folder_once,
    pem_of,
    put_in_place,
    read_key_file,
)

Use = Literal["access", "statement", "letter", "seal"]
PLATFORM = "platform"
PLATFORM_NAME = "通办平台"
AUTHORITY = "authority"
_OWNER = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[0-9A-Za-z]{1,19})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the `kid` that its signatures name."""

    kid: str
    private: ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class SealKey:
    """What seals a document: key, own certificate, and the root that issued it."""

    private: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    root: x509.Certificate


@dataclass(frozen=True, slots=True)
class _OwnerKeys:
    signing: dict[str, SigningKey]  # by use
    seal: KeyFile
    public: dict[tuple[str, str], ec.EllipticCurvePublicKey]  # by use and kid; retired ones too


def ensure_authority() -> None:
    """Creates the demo authority and the platform's own keys unless they exist."""
    create_folder_once(_folder(AUTHORITY), _new_authority)
    ensure_owner(PLATFORM, PLATFORM_NAME)


def ensure_owner(owner: str, name: str) -> None:
    """Creates what an owner lacks: keys for letters and statements, key and certificate for seals.

    `owner` is a department code (`fire.990102000000`) or `platform`; `name` its Chinese name, at
    most 64 characters. Under a new name the owner gets a new seal. Keys renamed to
    `letter.<word>.pem` no longer sign but still verify, and a new one is made here.
    """
    if _OWNER.fullmatch(owner) is None or owner == AUTHORITY:
        raise KeyFault(f"{owner!r} is no owner of keys")
    folder = _folder(owner)
    uses = _uses(owner)
    create_folder_once(folder, lambda: {f"{use}.pem": _new_key(owner, name, use) for use in uses})
    for use in uses:
        path = folder / f"{use}.pem"
        if not path.exists() or (use == "seal" and _sealed_name(read_key_file(path)) != name):
            put_in_place(path, _new_key(owner, name, use))


def signing_key(owner: str, use: Use) -> SigningKey:
    """The key that signs for an owner now; raises `KeyFault` when it is not here."""
    key = _owner_keys(owner).signing.get(use)
    if key is None:
        raise KeyFault(f"{owner} cannot sign a {use} here")
    return key


def verifying_key(owner: str, use: Use, kid: str) -> ec.EllipticCurvePublicKey | None:
    """A public key of an owner, present or retired; None when there is no such owner or key."""
    if _OWNER.fullmatch(owner) is None or owner == AUTHORITY or not _folder(owner).is_dir():
        return None
    return _owner_keys(owner).public.get((use, kid))


def seal_key(owner: str) -> SealKey:
    """Key, certificate and root for sealing documents of an owner."""
    file = _owner_keys(owner).seal
    if file.private is None or file.certificate is None:
        raise KeyFault(f"{owner} cannot seal here")
    return SealKey(file.private, file.certificate, authority_certificate())


def authority_certificate() -> x509.Certificate:
    """The root that seals are trusted by."""
    certificate = _authority().certificate
    if certificate is None:
        raise KeyFault(f"{_folder(AUTHORITY)}: the root has no certificate")
    return certificate


def authority_certificate_pem() -> bytes:
    """The root certificate, for verifiers outside (PEM)."""
    return authority_certificate().public_bytes(Encoding.PEM)


def public_keys(profile: Use) -> dict[str, list[dict[str, str]]]:
    """The public keys of one profile as a JWK set (RFC 7517), for verifiers without a connection.

    Each key also names its `owner` and, once it has a seal, the owner's Chinese `name`.
    """
    keys = []
    for owner in owners():
        held = _owner_keys(owner)
        name = _sealed_name(held.seal)
        for (use, kid), public in sorted(held.public.items(), key=lambda entry: entry[0]):
            if use == profile:
                extra = {"kid": kid, "use": "sig", "alg": "ES256", "owner": owner, "name": name}
                keys.append(_coordinates(public) | extra)
    return {"keys": keys}


def owners() -> list[str]:
    """Everyone who has keys here."""
    folder = Path(settings.KEY_DIR)
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return [name for name in names if name != AUTHORITY and _OWNER.fullmatch(name)]


def inspect_keys() -> None:
    """Reads every key file; raises `KeyFault` at the first that must not be used (ATK-53)."""
    if _folder(AUTHORITY).is_dir():
        authority_certificate()
    for owner in owners():
        _owner_keys(owner)


def thumbprint(public: ec.EllipticCurvePublicKey) -> str:
    """The `kid` of a key: its JWK thumbprint (RFC 7638), 43 characters."""
    text = json.dumps(_coordinates(public), sort_keys=True, separators=(",", ":"))
    return _base64url(hashlib.sha256(text.encode()).digest())


def _folder(owner: str) -> Path:
    return Path(settings.KEY_DIR) / owner


def _uses(owner: str) -> tuple[Use, ...]:
    shared: tuple[Use, ...] = ("letter", "statement", "seal")
    return ("access", *shared) if owner == PLATFORM else shared


def _owner_keys(owner: str) -> _OwnerKeys:
    folder = _folder(owner)
    try:
        return _load(folder, folder.stat().st_mtime_ns, _uses(owner))
    except OSError as fault:
        raise KeyFault(f"{owner} has no keys in {folder.parent}: load the city first") from fault


@lru_cache(maxsize=4096)
def _load(folder: Path, _changed: int, uses: tuple[Use, ...]) -> _OwnerKeys:
    """Loads a folder; again only when its content has changed."""
    files = {path.name: read_key_file(path) for path in sorted(folder.glob("*.pem"))}
    missing = [use for use in uses if f"{use}.pem" not in files]
    if missing:
        raise KeyFault(f"{folder}: no {missing[0]}.pem")
    public, signing = {}, {}
    for name, file in files.items():
        kid, use = thumbprint(file.public), name.split(".")[0]
        public[use, kid] = file.public
        if name == f"{use}.pem" and file.private is not None:
            signing[use] = SigningKey(kid, file.private)
    return _OwnerKeys(signing, files["seal.pem"], public)


def _authority() -> KeyFile:
    path = _folder(AUTHORITY) / "root.pem"
    try:
        return _load_root(path, path.stat().st_mtime_ns)
    except OSError as fault:
        raise KeyFault(f"no authority in {path.parent.parent}: load the city first") from fault


@lru_cache(maxsize=8)
def _load_root(path: Path, _changed: int) -> KeyFile:
    return read_key_file(path)


def _new_authority() -> dict[str, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    return {"root.pem": pem_of(key, root_certificate(key))}


def _new_key(owner: str, name: str, use: Use) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    if use != "seal":
        return pem_of(key)
    create_folder_once(_folder(AUTHORITY), _new_authority)
    root_key = _authority().private
    if root_key is None:
        raise KeyFault("the authority's key is not here, it cannot issue a seal")
    root = authority_certificate()
    return pem_of(
        key,
        seal_certificate(key.public_key(), owner=owner, name=name, root=root, root_key=root_key),
    )


def _sealed_name(file: KeyFile) -> str:
    if file.certificate is None:
        return ""
    names = file.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


def _coordinates(public: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = public.public_numbers()
    x, y = (_base64url(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
