"""How one mapping of a definition is read: typed values, and what is wrong with its place (pure)."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from people.errors import Problem
from services.errors import broken

_ABSENT = object()
# Control characters but line breaks and tabs, and what turns the direction of a line unseen (bidi).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)


class Node:
    """A mapping with its place. Faults are gathered in `problems`, so that all are told at once.

    Every reader returns a value of its type even when the data has none; the caller goes on and raises
    at the end. `done` reports keys that nobody asked for.
    """

    def __init__(self, data: object, place: str, problems: list[Problem]) -> None:
        self.place = place
        self.problems = problems
        self._asked: set[str] = set()
        if not isinstance(data, Mapping):
            self.fault("NOT_A_MAPPING")
            data = {}
        self.data = cast(Mapping[str, object], data)

    def fault(self, rule: str, key: str = "", **params: object) -> None:
        """Notes that a rule is broken here, or at a key of this node."""
        self.problems.append(broken(".".join(filter(None, [self.place, key])), rule, **params))

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        value = self.data.get(key)
        if value is not None:
            return value
        if default is _ABSENT:
            self.fault("MISSING", key)
        return None

    def raw(self, key: str) -> object:
        """Whatever stands at a key, None when nothing does."""
        return self._value(key, None)

    def text(self, key: str, default: object = _ABSENT, *, most: int = 500, form: str = "") -> str:
        """A text of 1 to `most` characters that matches `form`; empty when there is none."""
        value = self._value(key, default)
        if value is None:
            return ""
        if not isinstance(value, str) or not value or len(value) > most:
            self.fault("NOT_A_TEXT", key, limit=most)
            return ""
        if form and not re.fullmatch(form, value):
            self.fault("BAD_NAME", key, value=value)
            return ""
        self._check_seen(key, value)
        return value

    def _check_seen(self, key: str, *texts: str) -> None:
        """Nothing in a text stays unseen by whoever reads it."""
        for text in texts:
            if (found := _HIDDEN.search(text)) is not None:
                self.fault("HIDDEN_CHARACTER", key, code=f"U+{ord(found[0]):04X}")

    def one_of(self, key: str, allowed: Sequence[str], default: object = _ABSENT) -> str:
        """One of some words; the default, or the first, when it is not."""
        value = self._value(key, default)
        if value is None:
            return default if isinstance(default, str) else allowed[0]
        if value not in allowed:
            self.fault("NOT_ALLOWED", key, value=value, allowed=list(allowed))
            return allowed[0]
        return str(value)

    def integer(
        self, key: str, default: object = _ABSENT, *, least: int = 0, most: int = 9999
    ) -> int:
        """A whole number between `least` and `most`."""
        value = self._value(key, default)
        if value is None:
            return default if isinstance(default, int) else least
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault("NOT_A_NUMBER", key, minimum=least, maximum=most)
            return least
        return value

    def number(self, key: str) -> float | None:
        """A number that JSON keeps exactly, or None when there is none."""
        value = self._value(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 2**53:
            self.fault("NOT_A_NUMBER", key)
            return None
        return value

    def day(self, key: str) -> str:
        """A day as YYYY-MM-DD, or empty when there is none."""
        text = self.text(key, None)
        try:
            if text and date.fromisoformat(text).isoformat() != text:
                raise ValueError
        except ValueError:
            self.fault("NOT_A_DAY", key, value=text)
            return ""
        return text

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._value(key, None)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault("NOT_A_BOOLEAN", key)
        return bool(value)

    def texts(self, key: str, default: object = _ABSENT) -> tuple[str, ...]:
        """A list of different texts; one text stands for a list of one."""
        value = self._value(key, default)
        values = [value] if isinstance(value, str) else value
        if values is None:
            return ()
        if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
            self.fault("NOT_A_LIST", key)
            return ()
        if len(set(values)) != len(values):
            self.fault("TWICE", key)
        self._check_seen(key, *values)
        return tuple(values)

    def pairs(self, key: str, default: object = _ABSENT) -> dict[str, str]:
        """A mapping of texts to texts, in its order."""
        value = self._value(key, default)
        if value is None:
            return {}
        if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
            self.fault("NOT_A_MAPPING", key)
            return {}
        self._check_seen(key, *map(str, value), *value.values())
        return {str(name): str(text) for name, text in value.items()}

    def node(self, key: str, default: object = _ABSENT) -> "Node | None":
        """The mapping at a key, or None when there is none."""
        value = self._value(key, default)
        return (
            None if value is None else Node(value, f"{self.place}.{key}".strip("."), self.problems)
        )

    def nodes(self, key: str, default: object = _ABSENT) -> list["Node"]:
        """The mappings of a list; the place of each is its id or code, or its number from 0."""
        value = self._value(key, default)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault("NOT_A_LIST", key)
            return []
        names = [name_of(item, number) for number, item in enumerate(value)]
        for name in {name for name in names if names.count(name) > 1}:
            self.fault("TWICE", f"{key}.{name}")
        place = f"{self.place}.{key}".strip(".")
        return [
            Node(item, f"{place}.{name}", self.problems)
            for name, item in zip(names, value, strict=True)
        ]

    def members(self, key: str) -> list[object]:
        """The members of a list that may be absent, as they are."""
        value = self._value(key, None)
        if value is not None and not isinstance(value, list):
            self.fault("NOT_A_LIST", key)
            return []
        return list(value or [])

    def done(self, *kept: str) -> None:
        """Reports keys that the definition has and nobody asked for; `kept` are there and not read."""
        for key in self.data:
            if key not in self._asked and key not in kept:
                self.fault("UNKNOWN_KEY", str(key))


def name_of(item: object, number: int) -> str:
    """What a member of a list is called in a place: its id or code, or its number from 0."""
    if not isinstance(item, Mapping):
        return str(number)
    return str(item.get("id") or item.get("code") or number)
