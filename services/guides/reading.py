"""Which bytes are a guide: encoding, error pages, broken JSON, depth, what PostgreSQL cannot keep (pure)."""

import codecs
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.guides.findings import Findings

LARGEST = 4_000_000  # bytes of a file; real ones have 4 to 40 thousand
DEEPEST = 12  # nested lists and mappings; real ones have 3
MOST_DIGITS = 15  # a longer number is no number of days, copies or yuan
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ITEM_KEYS = {"unifyName", "unifyId", "rightsCode", "ywCode", "typeName", "approveLimit"}
_BUNDLE_KEYS = {"themeCode", "sxmc", "approveList", "basicInfo", "yjsSsqdbm", "guideCondition"}
_WRAPPERS = ("data", "result", "body", "content")
_UNKEEPABLE = re.compile("[\ud800-\udfff\x00]")


class Unreadable(ValueError):
    """A file that is no guide; `rule` says why and `value` where."""

    def __init__(self, rule: str, value: object = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self.value = value


@dataclass(frozen=True)
class Document:
    """A guide as it was read: of an item (`item`) or of a bundle (`bundle`)."""

    kind: str
    data: Mapping[str, object]


def read_document(content: bytes, findings: Findings) -> Document:
    """The guide that a file holds; what was odd about the file is noted. Raises Unreadable."""
    if len(content) > LARGEST:
        raise Unreadable("TOO_LARGE", f"{len(content)} B")
    text = _decoded(content, findings).strip().strip("\x00")
    if not text:
        raise Unreadable("EMPTY_FILE")
    if text.startswith("<"):
        raise Unreadable("ERROR_PAGE", text[:200])
    value = _keepable(_parsed(text, findings), findings)
    return _recognised(value, findings)


def _decoded(content: bytes, findings: Findings) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            findings.add("BYTE_ORDER_MARK", "", encoding)
            return _strictly(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(content, "gb18030")
        findings.add("ENCODING", "", "gb18030")
        return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeError as odd:
        raise Unreadable("NOT_TEXT", content[:40].hex()) from odd


def _parsed(text: str, findings: Findings) -> object:
    """JSON as it stands; what Python would read as something else stays the text it was."""

    def constant(word: str) -> str:
        findings.add("NOT_FINITE", "", word)
        return word

    def whole(digits: str) -> object:
        return int(digits) if len(digits) <= MOST_DIGITS else constant(digits)

    def decimal(digits: str) -> object:
        number = float(digits)
        return number if math.isfinite(number) and abs(number) < 1e15 else constant(digits)

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(members)
        if len(found) < len(members):
            names = [name for name, _ in members]
            findings.add("DUPLICATE_KEY", "", sorted({n for n in names if names.count(n) > 1}))
        return found

    try:
        return json.loads(
            text,
            object_pairs_hook=pairs,
            parse_constant=constant,
            parse_int=whole,
            parse_float=decimal,
            strict=False,  # raw line breaks inside texts are told as control characters
        )
    except json.JSONDecodeError as broken:
        raise Unreadable("NOT_JSON", f"{broken.lineno}:{broken.colno} {broken.msg}") from broken
    except RecursionError as deep:
        raise Unreadable("TOO_DEEP") from deep


def _keepable(value: object, findings: Findings, depth: int = 0) -> object:
    """The value without half characters and NUL, which no database keeps, at a depth we can bear."""
    if depth > DEEPEST:
        raise Unreadable("TOO_DEEP")
    if isinstance(value, str):
        if not _UNKEEPABLE.search(value):
            return value
        findings.add("BROKEN_CHARACTER", "", _UNKEEPABLE.sub("�", value))
        return _UNKEEPABLE.sub("�", value)
    if isinstance(value, list):
        return [_keepable(member, findings, depth + 1) for member in value]
    if isinstance(value, dict):
        return {
            str(_keepable(name, findings)): _keepable(member, findings, depth + 1)
            for name, member in value.items()
        }
    return value


def _recognised(value: object, findings: Findings) -> Document:
    """What the keys say; a guide may be wrapped once, as an answer of an interface or a list of one."""
    kind = _kind(value)
    if kind:
        return Document(kind, value)  # type: ignore[arg-type]  # _kind saw a mapping
    inner: list[object] = []
    if isinstance(value, dict):
        inner = [value[name] for name in _WRAPPERS if name in value]
    elif isinstance(value, list):
        inner = value if len(value) == 1 else []
    for member in inner:
        kind = _kind(member)
        if kind:
            findings.add("WRAPPED", "", type(value).__name__)
            return Document(kind, member)  # type: ignore[arg-type]
    raise Unreadable("NOT_A_GUIDE", sorted(value)[:10] if isinstance(value, dict) else "")


def _kind(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    item, bundle = len(_ITEM_KEYS & value.keys()), len(_BUNDLE_KEYS & value.keys())
    if max(item, bundle) < 2:
        return ""
    return "item" if item >= bundle else "bundle"
