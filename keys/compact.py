"""Decides what is a well-formed signed token (RFC 7515 compact form), before any key is touched."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

LONGEST = 4_096  # characters; a statement must fit a QR code, the others are shorter still
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_SIGNATURE_BYTES = 64  # ES256: r and s, 32 bytes each


class TokenRefused(Exception):
    """A token that is not accepted; `reason` is a stable word for logs and tests, not for people.

    too_long, malformed, algorithm, type, critical, header, key, signature, claims, issuer,
    audience, letter, not_yet, expired, lifetime.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parts_of(token: object) -> tuple[str, str, str]:
    """Header, payload and signature as they were sent; refuses by length before any other work."""
    if not isinstance(token, str):
        raise TokenRefused("malformed")
    if len(token) > LONGEST:
        raise TokenRefused("too_long")
    parts = token.split(".")
    if len(parts) != 3:
        raise TokenRefused("malformed")
    if len(decoded(parts[2])) != _SIGNATURE_BYTES:
        raise TokenRefused("malformed")
    return parts[0], parts[1], parts[2]


def encoded(data: bytes) -> str:
    """base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes of base64url text; every other spelling of the same bytes is refused."""
    if _ALPHABET.fullmatch(text) is None:
        raise TokenRefused("malformed")
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as fault:
        raise TokenRefused("malformed") from fault
    if encoded(data) != text:
        raise TokenRefused("malformed")
    return data


def json_object(text: str) -> dict[str, Any]:
    """The JSON object in a part; a name given twice, NaN and bottomless nesting are refused."""
    try:
        value = json.loads(decoded(text), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise TokenRefused("malformed") from fault
    if not isinstance(value, dict):
        raise TokenRefused("malformed")
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name is given twice")
    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
