"""Decides which key files are fit to use; two processes that create them end with the same ones."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_pem_public_key,
)

SHORTEST_PEM = 100  # the PEM of a P-256 public key has 178 characters
LONGEST_PEM = 20_000
_BLOCK = re.compile(rb"-----BEGIN ([A-Z ]+)-----\n.+?\n-----END \1-----\n?", re.DOTALL)


class KeyFault(Exception):
    """A key folder or key file that must not be used; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What one PEM file holds; `private` is missing when another party keeps the key."""

    private: ec.EllipticCurvePrivateKey | None
    public: ec.EllipticCurvePublicKey
    certificate: x509.Certificate | None


def read_key_file(path: Path) -> KeyFile:
    """A P-256 key and its certificate if there is one; anything else is a `KeyFault` (ATK-53)."""
    blocks = _blocks(path)
    try:
        private, public = _key_pair(blocks)
        certificate = (
            x509.load_pem_x509_certificate(blocks["CERTIFICATE"])
            if "CERTIFICATE" in blocks
            else None
        )
    except KeyFault as fault:
        raise KeyFault(f"{path}: {fault}") from fault
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise KeyFault(f"{path}: not a readable PEM key") from fault
    if certificate is not None and certificate.public_key() != public:
        raise KeyFault(f"{path}: the certificate belongs to another key")
    return KeyFile(private, public, certificate)


def _blocks(path: Path) -> dict[str, bytes]:
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFault(f"{path}: readable by others, expected mode 0600")
        content = path.read_bytes()
    except OSError as fault:
        raise KeyFault(f"{path}: {fault.strerror}") from fault
    if not SHORTEST_PEM <= len(content) <= LONGEST_PEM:
        raise KeyFault(f"{path}: {len(content)} bytes are no key")
    blocks = {found[1].decode(): found[0] for found in _BLOCK.finditer(content)}
    if not blocks:
        raise KeyFault(f"{path}: not a PEM file")
    return blocks


def _key_pair(
    blocks: Mapping[str, bytes],
) -> tuple[ec.EllipticCurvePrivateKey | None, ec.EllipticCurvePublicKey]:
    if "PRIVATE KEY" in blocks:
        private = load_pem_private_key(blocks["PRIVATE KEY"], password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise KeyFault("not an elliptic curve key")
        public = private.public_key()
    elif "PUBLIC KEY" in blocks:
        private, loaded = None, load_pem_public_key(blocks["PUBLIC KEY"])
        if not isinstance(loaded, ec.EllipticCurvePublicKey):
            raise KeyFault("not an elliptic curve key")
        public = loaded
    else:
        raise KeyFault("no key in it")
    if not isinstance(public.curve, ec.SECP256R1):
        raise KeyFault(f"curve {public.curve.name}, expected P-256")
    return private, public


def pem_of(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate | None = None) -> bytes:
    """The content of a key file: PKCS #8, followed by the certificate."""
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem + (certificate.public_bytes(Encoding.PEM) if certificate else b"")


def private_folder(folder: Path) -> None:
    """Makes a folder that only we can enter; raises `KeyFault` when it is open to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
    except OSError as fault:
        raise KeyFault(f"{folder}: {fault.strerror}") from fault
    if mode & 0o077:
        raise KeyFault(f"{folder}: open to others, expected mode 0700")


def write_private(path: Path, content: bytes) -> None:
    """Writes a file of mode 0600 down to the disk; the file must not exist."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def put_in_place(path: Path, content: bytes) -> None:
    """Replaces one file of an existing folder in a single step."""
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=path.parent))
    try:
        write_private(fresh / path.name, content)
        os.replace(fresh / path.name, path)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def create_folder_once(folder: Path, contents: Callable[[], Mapping[str, bytes]]) -> None:
    """Creates a folder with all its files, or nothing: of two processes the first wins.

    The files are written beside it and the folder is renamed into place, so nobody ever sees half.
    """
    if folder.is_dir():
        return
    private_folder(folder.parent)
    fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    try:
        for name, content in contents().items():
            write_private(fresh / name, content)
        os.rename(fresh, folder)
    except OSError as fault:
        if fault.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise KeyFault(f"{folder}: {fault.strerror}") from fault
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
