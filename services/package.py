"""The form in which whole items travel between instances: one deterministic file, every byte of it checked (pure).

Format 2 is a ZIP without compression: `manifest.json` with the digest of every member, `items/<code>.json` with the
definition that stands and the patches of regions. What an instance did with an item (states, numbers, days, people)
stays there. The same items are the same bytes, so a file that we would not write so was altered.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from people.errors import Problem
from services.definition import canonical, digest_of
from services.drafts import draft_problems
from services.errors import (
    PACKAGE_ALTERED,
    PACKAGE_ITEM,
    PACKAGE_MEMBER,
    PACKAGE_NEWER,
    PACKAGE_TOO_LARGE,
    PACKAGE_TWICE,
    PACKAGE_UNREADABLE,
    DefinitionInvalid,
    PackageInvalid,
)
from services.package_formats import FORMAT, KIND, read_older
from services.patch import read_patch

LARGEST = 512_000_000  # bytes of a package
LARGEST_MEMBER = 8_000_000
MOST_ITEMS = 300_000
MANIFEST = "manifest.json"
_MEMBER = re.compile(r"items/([0-9A-Z]{9,14})\.json")
_LIES = (ValueError, RuntimeError)  # encrypted members, headers that contradict themselves
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class PackedItem:
    """An item as it stands: its standard definition, and by division the patch of its region."""

    code: str
    definition: Mapping[str, object]
    overrides: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.definition.get("name", self.code))

    @property
    def digest(self) -> str:
        """Of the standard definition."""
        return digest_of(self.definition)


def write_package(items: Iterable[PackedItem]) -> bytes:
    """The package of some items, in the order of their codes."""
    members = {item.code: _written(item) for item in sorted(items, key=lambda item: item.code)}
    digests = {code: hashlib.sha256(text).hexdigest() for code, text in members.items()}
    manifest = canonical({"format": FORMAT, "kind": KIND, "items": digests}).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_entry(MANIFEST), manifest)
        for code, text in members.items():
            archive.writestr(_entry(f"items/{code}.json"), text)
    return out.getvalue()


def read_package(content: bytes) -> tuple[PackedItem, ...]:
    """The items of a package, of this format or an older one.

    Raises PackageInvalid: PACKAGE_TOO_LARGE, PACKAGE_UNREADABLE, PACKAGE_NEWER, PACKAGE_MEMBER (a name or a
    way of keeping that is not ours), PACKAGE_TWICE, PACKAGE_ALTERED, PACKAGE_ITEM with the rule that a
    definition or a patch breaks.
    """
    if len(content) > LARGEST:
        raise _refused(PACKAGE_TOO_LARGE, limit=LARGEST)
    if not content.startswith(b"PK"):
        items = tuple(PackedItem(**item) for item in read_older(content))
        _check(items)
        return items
    items = _items(_members(content))
    _check(items)
    if write_package(items) != content:
        raise _refused(PACKAGE_ALTERED)
    return items


def _written(item: PackedItem) -> bytes:
    overrides = [
        {"division": division, "patch": item.overrides[division]}
        for division in sorted(item.overrides)
    ]
    told = {"definition": item.definition, "digest": item.digest, "overrides": overrides}
    # in the author's order, in which people read the options of a question
    return json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    """A member that says nothing of when and where it was written."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _members(content: bytes) -> dict[str, bytes]:
    """The members by name, each once, none compressed, none outside the folder of items."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, *_LIES) as odd:
        raise _refused(PACKAGE_UNREADABLE) from odd


def _check_entries(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Names and sizes, before a byte is unpacked."""
    names = [entry.filename for entry in entries]
    if len(names) > MOST_ITEMS + 1:
        raise _refused(PACKAGE_TOO_LARGE, limit=MOST_ITEMS)
    if len(set(names)) < len(names):
        raise _refused(PACKAGE_TWICE)
    for entry in entries:
        if entry.filename != MANIFEST and not _MEMBER.fullmatch(entry.filename):
            raise _refused(PACKAGE_MEMBER, entry.filename)
        if entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1:
            raise _refused(PACKAGE_MEMBER, entry.filename)
        if entry.file_size > LARGEST_MEMBER and entry.filename != MANIFEST:
            raise _refused(PACKAGE_TOO_LARGE, entry.filename, limit=LARGEST_MEMBER)


def _items(members: Mapping[str, bytes]) -> tuple[PackedItem, ...]:
    manifest = _json(members.get(MANIFEST, b""), MANIFEST)
    if manifest.get("kind") != KIND or not isinstance(manifest.get("format"), int):
        raise _refused(PACKAGE_UNREADABLE, MANIFEST)
    if manifest["format"] != FORMAT:
        raise _refused(PACKAGE_NEWER, MANIFEST, found=manifest["format"], known=FORMAT)
    found = {name: text for name, text in members.items() if name != MANIFEST}
    told = {f"items/{code}.json": digest for code, digest in _mapping(manifest, "items").items()}
    if told != {name: hashlib.sha256(text).hexdigest() for name, text in found.items()}:
        raise _refused(PACKAGE_ALTERED, MANIFEST)
    return tuple(_item(name, text) for name, text in found.items())


def _item(name: str, text: bytes) -> PackedItem:
    data = _json(text, name)
    overrides = data.get("overrides")
    if not isinstance(overrides, list) or not all(isinstance(row, dict) for row in overrides):
        raise _refused(PACKAGE_UNREADABLE, name)
    patches = {str(row.get("division")): _mapping(row, "patch") for row in overrides}
    match = _MEMBER.fullmatch(name)
    assert match is not None  # _check_entries has seen it
    return PackedItem(match[1], _mapping(data, "definition"), patches)


def _json(text: bytes, place: str) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as odd:
        raise _refused(PACKAGE_UNREADABLE, place) from odd
    if not isinstance(found, dict):
        raise _refused(PACKAGE_UNREADABLE, place)
    return found


def _mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _check(items: Sequence[PackedItem]) -> None:
    """Every definition can be kept as a draft and is of its item; every patch can be read."""
    if len({item.code for item in items}) < len(items):
        raise _refused(PACKAGE_TWICE)
    problems: list[Problem] = []
    for item in items:
        rules = [problem.params.get("rule") for problem in draft_problems(item.definition)]
        if not rules and item.definition["code"] != item.code:
            rules = ["CODE_DIFFERS"]
        rules += [rule for patch in item.overrides.values() for rule in _patch_rules(patch)]
        problems += [Problem(PACKAGE_ITEM, item.code, {"rule": rule}) for rule in rules]
    if problems:
        raise PackageInvalid(problems)


def _patch_rules(patch: Mapping[str, object]) -> list[object]:
    try:
        read_patch(patch)
    except DefinitionInvalid as invalid:
        return [problem.params.get("rule") for problem in invalid.problems]
    return []


def _refused(code: str, place: str = "", **params: object) -> PackageInvalid:
    return PackageInvalid([Problem(code, place, params)])
