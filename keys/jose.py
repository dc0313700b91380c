"""Decides which tokens are ours: ES256 in three profiles, none accepted as another (RFC 8725).

python-jose signs and verifies one algorithm with a loaded key and nothing else: which key, which
header and which claims are accepted is decided here, because the library leaves all three open.
"""

import json
import time
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from jose import jws
from jose.backends.cryptography_backend import CryptographyECKey
from jose.exceptions import JOSEError

from keys import keystore
from keys.claims import (
    AccessClaims,
    LetterClaims,
    access_claims,
    letter_claims,
    statement_claims,
)
from keys.compact import TokenRefused, encoded, json_object, parts_of

__all__ = [
    "AccessClaims",
    "LetterClaims",
    "TokenRefused",
    "check_letter",
    "public_keys",
    "read_access",
    "read_statement",
    "sign_access",
    "sign_letter",
    "sign_statement",
]

ALGORITHM = "ES256"
AUDIENCE = "tongban"
TYPES: dict[keystore.Use, str] = {
    "access": "at+jwt",
    "statement": "statement+jwt",
    "letter": "letter+jws",
}
LETTER_CLAIMS = {"iss", "aud", "iat", "jti"}  # in the header, because the payload is the letter
LARGEST_LETTER = 1_000_000  # bytes


def sign_access(claims: Mapping[str, Any]) -> str:
    """An access token. `claims` has `sub` and `jti`; iss, aud, iat, nbf and exp have defaults.

    Raises `TokenRefused` for claims that `read_access` would refuse.
    """
    issued: int = claims.get("iat", int(time.time()))
    whole = {
        "iss": settings.PUBLIC_URL,
        "aud": AUDIENCE,
        "iat": issued,
        "nbf": issued,
        "exp": issued + settings.ACCESS_TOKEN_SECONDS,
        **claims,
    }
    access_claims(whole, issuer=settings.PUBLIC_URL, audience=AUDIENCE, now=issued)
    return _signed("access", keystore.PLATFORM, _canonical(whole), {})


def read_access(token: str, *, now: float | None = None) -> AccessClaims:
    """The claims of an access token (RFC 9068), or `TokenRefused`.

    Whether it was revoked is for the caller to ask, by `token_id`. `now` is in seconds since 1970,
    the present when left out.
    """
    header, payload, _signature = parts_of(token)
    kid = _kid(json_object(header), "access", frozenset())
    claims = json_object(payload)
    _verify(token, keystore.PLATFORM, "access", kid)
    return access_claims(claims, issuer=settings.PUBLIC_URL, audience=AUDIENCE, now=_moment(now))


def sign_statement(owner: str, claims: Mapping[str, Any]) -> str:
    """A statement for the QR of a certificate: `id` names it, `idx` its place in the status list.

    Further claims may be text, whole numbers, booleans or null; `iat` is now unless given.
    """
    whole = {"iat": int(time.time()), **claims, "iss": owner}
    statement_claims(whole, now=whole["iat"])
    return _signed("statement", owner, _canonical(whole), {})


def read_statement(token: str, *, now: float | None = None) -> dict[str, Any]:
    """The claims of a statement, or `TokenRefused`.

    A statement never expires; its status is asked for by `idx`.
    """
    header, payload, _signature = parts_of(token)
    kid = _kid(json_object(header), "statement", frozenset())
    claims = statement_claims(json_object(payload), now=_moment(now))
    _verify(token, claims["iss"], "statement", kid)
    return claims


def sign_letter(owner: str, audience: str, letter_id: str, body: bytes) -> str:
    """The detached signature of a letter's canonical body: `header..signature`.

    RFC 7515 appendix F; `audience` is the owner it is sent to.
    """
    now = int(time.time())
    claims = {"iss": owner, "aud": audience, "iat": now, "jti": letter_id}
    letter_claims(claims, issuer=owner, audience=audience, letter_id=letter_id, now=now)
    header, _payload, signature = _signed("letter", owner, body, claims).split(".")
    return f"{header}..{signature}"


def check_letter(
    signature: str,
    *,
    body: bytes,
    audience: str,
    expected_owner: str,
    letter_id: str,
    now: float | None = None,
) -> LetterClaims:
    """Accepts the signature of this letter from this owner to this audience, or `TokenRefused`."""
    header, payload, rest = parts_of(signature)
    if payload:
        raise TokenRefused("malformed")
    if len(body) > LARGEST_LETTER:
        raise TokenRefused("too_long")
    fields = json_object(header)
    kid = _kid(fields, "letter", frozenset(LETTER_CLAIMS))
    claims = letter_claims(
        fields, issuer=expected_owner, audience=audience, letter_id=letter_id, now=_moment(now)
    )
    _verify(f"{header}.{encoded(body)}.{rest}", expected_owner, "letter", kid)
    return claims


def public_keys(profile: keystore.Use) -> dict[str, list[dict[str, str]]]:
    """The JWK set of one profile, for verifiers without a connection."""
    return keystore.public_keys(profile)


def _kid(header: Mapping[str, Any], profile: keystore.Use, more: frozenset[str]) -> str:
    """Judges a header: our algorithm, the profile's type, a known key's name, and nothing else."""
    if header.get("alg") != ALGORITHM:
        raise TokenRefused("algorithm")
    if header.get("typ") != TYPES[profile]:
        raise TokenRefused("type")
    if "crit" in header:
        raise TokenRefused("critical")
    if header.keys() != {"alg", "typ", "kid", *more}:
        raise TokenRefused("header")
    if not isinstance(header["kid"], str) or len(header["kid"]) != 43:
        raise TokenRefused("key")
    return header["kid"]


def _verify(token: str, owner: str, profile: keystore.Use, kid: str) -> None:
    public = keystore.verifying_key(owner, profile, kid)
    if public is None:
        raise TokenRefused("key")
    try:
        jws.verify(token, CryptographyECKey(public, ALGORITHM), [ALGORITHM])
    except JOSEError as fault:
        raise TokenRefused("signature") from fault


def _signed(profile: keystore.Use, owner: str, payload: bytes, more: Mapping[str, Any]) -> str:
    key = keystore.signing_key(owner, profile)
    header = {"typ": TYPES[profile], "kid": key.kid, **more}
    return str(jws.sign(payload, _jose_key(key.private), header, ALGORITHM))


def _jose_key(key: ec.EllipticCurvePrivateKey) -> CryptographyECKey:
    return CryptographyECKey(key, ALGORITHM)


def _canonical(claims: Mapping[str, Any]) -> bytes:
    text = json.dumps(claims, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _moment(now: float | None) -> float:
    return time.time() if now is None else now
