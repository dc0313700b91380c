"""How one mapping of a guide is read: whatever stands there becomes the type wanted, and is told (pure)."""

import html
import json
import math
import re
from collections.abc import Collection, Iterator, Mapping

from services.code_maps import mapped
from services.guides.findings import Findings
from services.guides.lexicon import NOTHING

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<!--.{0,200}?-->")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe]")
# What a text that needs no cleaning does not have: entities, marks, controls, spaces that say nothing.
_UNCLEAN = re.compile(
    r"[&<\r\t\xa0\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\ud800-\udfff]|\s\s|^\s|\s$"
)
_DECIMAL = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?")
MOST_ROWS = 500
TWICE_OR_MORE = 4


class Raw:
    """A mapping with its place in the guide. No reader raises; each returns a value of its type."""

    def __init__(self, data: object, place: str, findings: Findings) -> None:
        self.place = place
        self.findings = findings
        self.data: Mapping[str, object] = data if isinstance(data, Mapping) else {}
        self._asked: set[str] = set()
        self._texts: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._members: dict[str, list[Raw]] = {}

    def at(self, key: str) -> str:
        """The place of a key."""
        return f"{self.place}.{key}" if self.place else key

    def tell(self, rule: str, key: str, value: object = "") -> None:
        """Notes a rule at a key of this mapping."""
        self.findings.add(rule, self.at(key) if key else self.place, value)

    def text(self, key: str, most: int = 0) -> str:
        """The text at a key, cleaned, empty when there is none; `most` cuts it, which is told."""
        if key not in self._texts:
            self._asked.add(key)
            value = self.data.get(key)
            if value is not None and not isinstance(value, str):
                self.tell("TEXT_EXPECTED", key, value)
            self._texts[key] = cleaned(as_text(value), self, key)
        found = self._texts[key]
        if most and len(found) > most:
            self.tell("TEXT_TOO_LONG", key, found)
            return found[: most - 1] + "…"
        return found

    def word(self, key: str) -> str:
        """A text that may stand for a number: 1, 1.0 and "1.0" are the word 1."""
        value = self.data.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            self._asked.add(key)
            return str(int(value)) if float(value).is_integer() else str(value)
        found = self.text(key)
        return found[:-2] if re.fullmatch(r"\d{1,3}\.0", found) else found

    def number(self, key: str, *, most: int = 9999) -> int | None:
        """The whole number at a key, or None; what is no number, broken or out of range is told."""
        self._asked.add(key)
        value = self.data.get(key)
        if value is None or (isinstance(value, str) and value.strip() in NOTHING):
            return None
        number = _as_number(value)
        if number is None or not number.is_integer() or not 0 <= number <= most:
            self.tell("NUMBER_UNREADABLE", key, value)
            return None
        return int(number)

    def choice(self, key: str, known: Mapping[str, object]) -> object | None:
        """What the word at a key stands for; None when it is empty, told when it is unknown."""
        word = self.word(key)
        if word in known:
            return known[word]
        if word:
            self.tell("UNKNOWN_WORD", key, word)
        return None

    def coded(self, key: str, table: str) -> str:
        """The word of ours for the value at a key (services.code_maps); told when there is none."""
        if key not in self._words:
            found = mapped(table, self.word(key))
            for value in found.unknown:
                self.tell("UNKNOWN_WORD", key, value)
            self._words[key] = found.word
        return self._words[key]

    def all_coded(self, key: str, table: str, marks: str) -> list[str]:
        """The words of ours for all values that a text joins; each unknown one is told."""
        words: list[str] = []
        for part in self.joined(key, marks):
            found = mapped(table, part)
            words += found.words
            for value in found.unknown:
                self.tell("UNKNOWN_WORD", key, value)
        return list(dict.fromkeys(words))

    def joined(self, key: str, marks: str = "^") -> list[str]:
        """The values that a text joins by `^` (told) or by one of `marks`."""
        text = self.text(key)
        if "^" in text:
            self.tell("JOINED_BY_CARET", key, text)
        parts = re.split("[" + re.escape("^" + marks) + "]", text)
        return list(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def rows(self, key: str) -> list["Raw"]:
        """The mappings of a list; empty when there is none, and what is no mapping is told."""
        if key not in self._members:
            self._asked.add(key)
            self._members[key] = list(self._read_rows(key))
        return self._members[key]

    def _read_rows(self, key: str) -> Iterator["Raw"]:
        value = self.data.get(key)
        if value is None or value == "":
            return
        if not isinstance(value, list):
            self.tell("LIST_EXPECTED", key, value)
            value = [value]
        if len(value) > MOST_ROWS:
            self.tell("TOO_MANY_ROWS", key, len(value))
        for number, member in enumerate(value[:MOST_ROWS]):
            if isinstance(member, Mapping):
                yield Raw(member, f"{self.at(key)}.{number}", self.findings)
            elif member is not None and member != "":
                self.findings.add("LIST_EXPECTED", f"{self.at(key)}.{number}", member)

    def below(self, key: str) -> "Raw":
        """The mapping at a key; an empty one when there is none."""
        if key not in self._members:
            self._asked.add(key)
            value = self.data.get(key)
            if value is not None and value != "" and not isinstance(value, Mapping):
                self.tell("LIST_EXPECTED", key, value)
            self._members[key] = [Raw(value, self.at(key), self.findings)]
        return self._members[key][0]

    def tell_unasked(self, kept: Collection[str]) -> None:
        """Tells the keys that nobody read, here and below; `kept` are known and only kept word for word."""
        for name, value in self.data.items():
            if name not in self._asked and name not in kept and not name.startswith("_"):
                self.tell("UNKNOWN_KEY", name, value)
        for members in self._members.values():
            for member in members:
                member.tell_unasked(kept)


def as_text(value: object) -> str:
    """Any JSON value as one text: a list of scalars joined by 、, a mapping as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer()
        return str(int(value)) if whole else str(value)
    if isinstance(value, list) and not any(isinstance(v, list | Mapping) for v in value):
        return "、".join(filter(None, (as_text(member) for member in value)))
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def cleaned(text: str, raw: Raw, key: str) -> str:
    """The text as people wrote it: unescaped however often, without marks and control characters."""
    if not _UNCLEAN.search(text):
        return text
    found = text
    for _ in range(TWICE_OR_MORE):
        plain = html.unescape(found)
        if plain == found:
            break
        raw.tell("HTML_ENTITY", key, text)
        found = plain
    if _TAG.search(found):
        raw.tell("HTML_TAG", key, text)
        found = _TAG.sub("\n", found)
    found = found.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    if _CONTROL.search(found):
        raw.tell("CONTROL_CHARACTER", key, text)
        found = _CONTROL.sub("", found)
    found = "".join("�" if 0xD800 <= ord(c) < 0xE000 else c for c in found)
    return "\n".join(filter(None, (" ".join(line.split()) for line in found.split("\n"))))


def _as_number(value: object) -> float | None:
    if isinstance(value, bool | list | Mapping):
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    text = str(value).strip()
    return float(text) if _DECIMAL.fullmatch(text) else None
