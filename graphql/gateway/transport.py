"""Decides what a request to the door must look like before anything in it is read as GraphQL (pure).

Strict JSON: UTF-8 without a mark, no duplicate keys, no NaN, bounded depth and size (BAD-01 to 11).
"""

import json
import re
from dataclasses import dataclass
from typing import NoReturn

from people.errors import Refusal

MOST_BYTES = 262_144
MOST_LEVELS = 24

STATUSES = {
    "METHOD_NOT_ALLOWED": 405,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "REQUEST_TOO_LARGE": 413,
    "UNAUTHENTICATED": 401,
    "LINK_EXPIRED": 403,
    "NOT_FOUND": 404,
    "RATE_LIMITED": 429,
    "SERVICE_UNAVAILABLE": 503,
    "INTERNAL": 500,
    "UPLOAD_LINK_INVALID": 404,
    "FILE_TOO_LARGE": 413,
}

# A whole string, an unfinished one up to the end, or one bracket; each byte is looked at once.
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
# NUL, lone surrogates and non-characters: they pass JSON and GraphQL and break text columns.
_NEVER = re.compile("[\x00\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Asked:
    """What a caller asks: `document` (hash or name of a trusted one) or `query` (text), never both."""

    document: str
    query: str
    variables: dict[str, object]
    operation_name: str


def status_of(code: str) -> int:
    """The HTTP status of a request that was refused before execution."""
    return STATUSES.get(code, 400)


def check_head(method: str, content_type: str, content_encoding: str, query_string: str) -> None:
    """Refuses anything but a plain JSON POST without words in the URL (ATK-17, 23, 24, 26)."""
    if method != "POST":
        raise Refusal("METHOD_NOT_ALLOWED", allowed="POST")
    media, _, parameters = content_type.partition(";")
    if media.strip().lower() != "application/json" or content_encoding not in {"", "identity"}:
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", allowed="application/json")
    if parameters.strip().lower().replace('"', "") not in {"", "charset=utf-8", "charset=utf8"}:
        raise Refusal("BAD_ENCODING")
    if query_string:
        raise Refusal("BAD_REQUEST", reason="url")


def read_asked(body: bytes) -> Asked:
    """The request of a body in bytes, or the refusal of everything that is not one."""
    data = read_json(body)
    if isinstance(data, list) and data and all(isinstance(entry, dict) for entry in data):
        raise Refusal("BATCH_NOT_ALLOWED")
    if not isinstance(data, dict):
        raise Refusal("BAD_REQUEST", reason="object")
    unknown = set(data) - {"document", "query", "variables", "operationName"}
    if unknown:
        raise Refusal("BAD_REQUEST", reason="keys")
    chosen = [name for name in ("document", "query") if name in data]
    if len(chosen) != 1 or not isinstance(data[chosen[0]], str) or not data[chosen[0]]:
        raise Refusal("BAD_REQUEST", field=chosen[0] if chosen else "document", reason="document")
    name = data.get("operationName")
    if not isinstance(name, str | None):
        raise Refusal("BAD_REQUEST", field="operationName", reason="operation")
    variables = data.get("variables")
    if variables is None:
        variables = {}
    if not isinstance(variables, dict):
        raise Refusal("BAD_VARIABLES", field="variables")
    check_characters(variables)
    return Asked(data.get("document", ""), data.get("query", ""), variables, name or "")


def read_json(body: bytes) -> object:
    """The value of strict JSON bytes; BAD_ENCODING, BAD_JSON, BAD_REQUEST or REQUEST_TOO_LARGE."""
    if len(body) > MOST_BYTES:
        raise Refusal("REQUEST_TOO_LARGE", most=MOST_BYTES // 1024)
    if not body.strip():
        raise Refusal("BAD_REQUEST", reason="empty")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("BAD_ENCODING") from None
    if text.startswith("\ufeff") or "\x00" in text:
        raise Refusal("BAD_ENCODING")
    check_levels(body)
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
    except ValueError:
        raise Refusal("BAD_JSON") from None


def check_levels(body: bytes) -> None:
    """Refuses JSON nested deeper than MOST_LEVELS without building any of it (BAD-07)."""
    level = 0
    for match in _TOKENS.finditer(body):
        first = match[0][:1]
        if first in b"[{":
            level += 1
            if level > MOST_LEVELS:
                raise Refusal("BAD_JSON")
        elif first in b"]}":
            level -= 1


def check_characters(value: object, path: str = "") -> None:
    """Refuses texts and keys with NUL, lone surrogates or non-characters (BAD-16, 17), anywhere in a value."""
    if isinstance(value, str):
        if _NEVER.search(value):
            raise Refusal("INVALID_CHARACTERS", field=path)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if _NEVER.search(key):
                raise Refusal("INVALID_CHARACTERS", field=path)
            check_characters(entry, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            check_characters(entry, f"{path}.{index}")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate keys")
    return found


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("out of range")
    return number
