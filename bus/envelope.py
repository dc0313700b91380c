"""The envelope of a letter (信封): CloudEvents 1.0 as JSON, and what is accepted as one (pure)."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

LARGEST = 256 * 1024  # bytes of canonical JSON (FLT-19)
PLATFORM = "platform"  # the source of our own letters, and the owner of the key that signs them
CONTENT_TYPE = "application/cloudevents+json"

_TOPIC = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", re.ASCII)
_SCHEMA = re.compile(
    r"urn:tongban:letter:(?P<topic>[a-z_.]+):(?P<version>[1-9][0-9]{0,3})", re.ASCII
)
_RECIPIENT = re.compile(r"([a-z][a-z0-9_]{0,39}\.[0-9A-Za-z]{1,19})?", re.ASCII)
_SOURCE = re.compile(rf"{PLATFORM}|[a-z][a-z0-9_]{{0,39}}\.[0-9A-Za-z]{{1,19}}", re.ASCII)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_TEXTS = ("id", "source", "type", "subject", "time", "datacontenttype", "dataschema")


class BadLetter(Exception):
    """What cannot be a letter; `cause` is a stable code with a detail, never the body's values."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass(frozen=True)
class Letter:
    """A letter that was read: `topic` what happened, `subject` the case number, `data` the facts.

    `recipient` is a department's code or empty; `source` who wrote it (`platform` or a department's
    code, proven by the signature before a handler sees it); `version` of the topic's schema;
    `digest` SHA-256 of the canonical envelope.
    """

    id: UUID
    topic: str
    subject: str
    recipient: str
    source: str
    time: datetime
    version: int
    data: Mapping[str, Any]
    digest: bytes


def make(
    *,
    letter_id: UUID,
    topic: str,
    subject: str,
    data: Mapping[str, Any],
    recipient: str = "",
    source: str = PLATFORM,
    version: int = 1,
    at: datetime,
) -> dict[str, Any]:
    """The envelope of one letter; raises `BadLetter` for what `parse` would refuse."""
    envelope = {
        "specversion": "1.0",
        "id": str(letter_id),
        "source": source,
        "type": topic,
        "subject": subject,
        "time": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "datacontenttype": "application/json",
        "dataschema": f"urn:tongban:letter:{topic}:{version}",
        "recipient": recipient,
        "data": dict(data),
    }
    parse(to_bytes(envelope))
    return envelope


def to_bytes(envelope: Mapping[str, Any]) -> bytes:
    """Canonical JSON: sorted keys, no spaces, UTF-8; the bytes that are signed and sent."""
    try:
        text = json.dumps(
            envelope, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        body = text.encode()
    except (TypeError, ValueError, RecursionError) as fault:
        raise BadLetter(f"NOT_JSON: {type(fault).__name__}") from fault
    if len(body) > LARGEST:
        raise BadLetter(f"TOO_LARGE: {len(body)} bytes")
    return body


def parse(body: bytes) -> Letter:
    """Reads what arrived, or raises `BadLetter` with the first thing that is wrong."""
    if len(body) > LARGEST:
        raise BadLetter(f"TOO_LARGE: {len(body)} bytes")
    envelope = _json(body)
    _check_attributes(envelope)
    schema = _SCHEMA.fullmatch(envelope["dataschema"])
    if schema is None or schema["topic"] != envelope["type"]:
        raise BadLetter("BAD_ATTRIBUTE: dataschema")
    return Letter(
        id=_time_ordered(envelope["id"]),
        topic=envelope["type"],
        subject=envelope["subject"],
        recipient=envelope.get("recipient", ""),
        source=envelope["source"],
        time=_moment(envelope["time"]),
        version=int(schema["version"]),
        data=envelope["data"],
        digest=hashlib.sha256(to_bytes(envelope)).digest(),
    )


def _json(body: bytes) -> dict[str, Any]:
    """One JSON object without duplicate keys, NaN or NUL characters (which PostgreSQL refuses)."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise BadLetter(f"NOT_JSON: {type(fault).__name__}") from fault
    if _NUL.search(body):
        raise BadLetter("NOT_JSON: NUL")
    if not isinstance(value, dict):
        raise BadLetter("NOT_JSON: no object")
    return value


def _check_attributes(envelope: Mapping[str, Any]) -> None:
    if envelope.get("specversion") != "1.0":
        raise BadLetter("BAD_ATTRIBUTE: specversion")
    for name in _TEXTS:
        if not isinstance(envelope.get(name), str) or not 0 < len(envelope[name]) <= 120:
            raise BadLetter(f"BAD_ATTRIBUTE: {name}")
    recipient = envelope.get("recipient", "")
    matched = {
        "source": _SOURCE.fullmatch(envelope["source"]) is not None,
        "type": _TOPIC.fullmatch(envelope["type"]) is not None and len(envelope["type"]) <= 60,
        "subject": len(envelope["subject"]) <= 60,
        "datacontenttype": envelope["datacontenttype"] == "application/json",
        "recipient": isinstance(recipient, str) and _RECIPIENT.fullmatch(recipient) is not None,
        "data": isinstance(envelope.get("data"), dict),
    }
    for name, is_right in matched.items():
        if not is_right:
            raise BadLetter(f"BAD_ATTRIBUTE: {name}")


def _time_ordered(text: str) -> UUID:
    try:
        identifier = UUID(text)
    except ValueError as fault:
        raise BadLetter("BAD_ATTRIBUTE: id") from fault
    if identifier.version != 7 or str(identifier) != text:
        raise BadLetter("BAD_ATTRIBUTE: id")
    return identifier


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise BadLetter("BAD_ATTRIBUTE: time") from fault
    if moment.tzinfo is None:
        raise BadLetter("BAD_ATTRIBUTE: time")
    return moment


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
