"""Decides how personal values are stored (sealed), found (blind index) and named (keyed digest)."""

import hashlib
import hmac
import json
import os
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_ID = b"\x01"  # first byte of every sealed value: which field key sealed it
NONCE_BYTES = 12
TAG_BYTES = 16


class VaultFault(Exception):
    """A sealed value that this vault did not seal, or that was altered."""


@lru_cache(maxsize=16)
def _derived(field_key: str, purpose: str) -> bytes:
    """32 bytes for one purpose (RFC 5869), so that no key serves two uses."""
    derivation = HKDF(SHA256(), length=32, salt=None, info=b"tongban/" + purpose.encode())
    return derivation.derive(field_key.encode())


def _key(purpose: str) -> bytes:
    return _derived(settings.FIELD_KEY, purpose)


def seal(text: str) -> bytes:
    """Encrypts a value: key id (1 byte), nonce (12), AES-256-GCM ciphertext and tag.

    The same text gives other bytes each time; `blind` is what finds it again.
    """
    nonce = os.urandom(NONCE_BYTES)
    return KEY_ID + nonce + AESGCM(_key("seal")).encrypt(nonce, text.encode(), KEY_ID)


def unseal(sealed: bytes | memoryview) -> str:
    """The text of a sealed value; raises `VaultFault` when it is not ours or was altered."""
    value = bytes(sealed)
    if len(value) < 1 + NONCE_BYTES + TAG_BYTES or value[:1] != KEY_ID:
        raise VaultFault("not a value of this vault")
    nonce, ciphertext = value[1 : 1 + NONCE_BYTES], value[1 + NONCE_BYTES :]
    try:
        return AESGCM(_key("seal")).decrypt(nonce, ciphertext, KEY_ID).decode()
    except InvalidTag as fault:
        raise VaultFault("altered, or sealed with another key") from fault


def blind(text: str) -> bytes:
    """The blind index of a value: 32 bytes, equal for equal text, useless without the key.

    The caller brings the text into its one spelling first (capital X, no spaces).
    """
    return hmac.digest(_key("blind"), text.encode(), hashlib.sha256)


def keyed_digest(value: object) -> str:
    """64 hex digits that name a value in events and audit without showing it.

    Equal values give equal digests whatever the order of their keys. Takes what JSON can hold, and
    dates, decimals and UUIDs; raises `TypeError` for anything else and `ValueError` for NaN.
    """
    text = json.dumps(
        value,
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
        default=_plain,
    )
    return hmac.digest(_key("digest"), text.encode(), hashlib.sha256).hex()


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical JSON form")
