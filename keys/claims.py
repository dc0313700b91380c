"""Decides which claims a token of each profile carries, and when it is accepted (RFC 7519)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keys.compact import TokenRefused

LEEWAY_SECONDS = 30
LETTER_LEEWAY_SECONDS = 300  # a department's clock is not ours
LONGEST_ACCESS_SECONDS = 600
LONGEST_TEXT = 256
LAST_MOMENT = 253_402_300_799  # the end of the year 9999


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """An accepted access token; times in whole seconds since 1970. It is revoked by `token_id`."""

    subject: str
    token_id: str  # jti
    issued_at: int
    not_before: int
    expires_at: int
    extra: Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class LetterClaims:
    """An accepted signature of a letter."""

    issuer: str
    audience: str
    letter_id: str  # jti
    issued_at: int


def access_claims(
    claims: Mapping[str, Any], *, issuer: str, audience: str, now: float
) -> AccessClaims:
    """What an access token says; all of iss aud sub exp nbf iat jti, at most ten minutes."""
    for name in ("iss", "aud", "sub", "jti"):
        _text(claims, name)
    issued, not_before, expires = (_moment(claims, name) for name in ("iat", "nbf", "exp"))
    if claims["iss"] != issuer:
        raise TokenRefused("issuer")
    if claims["aud"] != audience:
        raise TokenRefused("audience")
    if not 0 < expires - issued <= LONGEST_ACCESS_SECONDS or not_before > expires:
        raise TokenRefused("lifetime")
    if max(issued, not_before) > now + LEEWAY_SECONDS:
        raise TokenRefused("not_yet")
    if expires <= now - LEEWAY_SECONDS:
        raise TokenRefused("expired")
    extra = {name: claims[name] for name in claims.keys() - _ACCESS_CLAIMS}
    _scalars(extra)
    return AccessClaims(claims["sub"], claims["jti"], issued, not_before, expires, extra)


_ACCESS_CLAIMS = {"iss", "aud", "sub", "exp", "nbf", "iat", "jti"}


def statement_claims(claims: Mapping[str, Any], *, now: float) -> dict[str, Any]:
    """What a certificate statement (证照声明) says: iss, iat, `id` and the status index `idx`."""
    for name in ("iss", "id"):
        _text(claims, name)
    if _moment(claims, "iat") > now + LEEWAY_SECONDS:
        raise TokenRefused("not_yet")
    _moment(claims, "idx")
    _scalars(claims)
    return dict(claims)


def letter_claims(
    claims: Mapping[str, Any], *, issuer: str, audience: str, letter_id: str, now: float
) -> LetterClaims:
    """What the signature of a letter says; it must be from, to and about what we expect."""
    for name in ("iss", "aud", "jti"):
        _text(claims, name)
    issued = _moment(claims, "iat")
    if claims["iss"] != issuer:
        raise TokenRefused("issuer")
    if claims["aud"] != audience:
        raise TokenRefused("audience")
    if claims["jti"] != letter_id:
        raise TokenRefused("letter")
    if issued > now + LETTER_LEEWAY_SECONDS:
        raise TokenRefused("not_yet")
    return LetterClaims(issuer, audience, letter_id, issued)


def _text(claims: Mapping[str, Any], name: str) -> None:
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise TokenRefused("claims")


def _moment(claims: Mapping[str, Any], name: str) -> int:
    """A whole number from 0 to the year 9999; True is not 1 and 1.0 is not 1."""
    value = claims.get(name)
    if type(value) is not int or not 0 <= value <= LAST_MOMENT:
        raise TokenRefused("claims")
    return value


def _scalars(claims: Mapping[str, Any]) -> None:
    for value in claims.values():
        if isinstance(value, str):
            fits = len(value) <= LONGEST_TEXT
        else:
            fits = value is None or isinstance(value, bool) or type(value) is int
        if not fits:
            raise TokenRefused("claims")
