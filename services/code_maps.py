"""How the code sets of other platforms become ours: by table, and kept verbatim where the table has no row (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services import codes
from services.findings import WARNING, Finding

UNKNOWN_FOREIGN_VALUE = "UNKNOWN_FOREIGN_VALUE"
_DATA = Path(__file__).with_name("data") / "code_maps.yaml"


@dataclass(frozen=True)
class CodeMap:
    """One code set of somebody else: {their value: words of ours}; `split` joins several values in one text."""

    name: str
    origin: str
    words: frozenset[str]
    values: Mapping[str, tuple[str, ...]]
    split: str = ""


@dataclass(frozen=True)
class Mapped:
    """The words of ours that a foreign text says, in its order, and what of it is unknown, verbatim."""

    words: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The only word, or empty where there is none or more than one."""
        return self.words[0] if len(self.words) == 1 and not self.unknown else ""


def mapped(name: str, text: object) -> Mapped:
    """What a value of the code set `name` says in our words. None and empty texts say nothing.

    KeyError for a code set that is not in data/code_maps.yaml. Nothing is guessed: a value without a row
    stands in `unknown` as it was written.
    """
    table = code_maps()[name]
    if text is None or not str(text).strip():
        return Mapped(())
    parts = str(text).split(table.split) if table.split else [str(text)]
    known = [table.values.get(part.strip()) for part in parts]
    words = [word for found in known if found is not None for word in found]
    unknown = [part for part, found in zip(parts, known, strict=True) if found is None]
    return Mapped(tuple(dict.fromkeys(words)), tuple(unknown))


def findings_of(name: str, place: str, text: object) -> tuple[Finding, ...]:
    """A warning for each part of a foreign value that no row of the code set knows."""
    params = {"set": code_maps()[name].origin}
    return tuple(
        Finding(UNKNOWN_FOREIGN_VALUE, place, params | {"value": value}, WARNING)
        for value in mapped(name, text).unknown
    )


@cache
def code_maps() -> Mapping[str, CodeMap]:
    """Every code set by name. ValueError where a row names a word that its table does not have."""
    data = yaml.safe_load(_DATA.read_bytes())
    return {name: _map(name, row, data["words"]) for name, row in data["maps"].items()}


def _map(name: str, row: Mapping[str, Any], lists: Mapping[str, list[str]]) -> CodeMap:
    kind = row["of"]
    words = frozenset(lists[kind] if kind in lists else map(str, getattr(codes, kind)))
    values = {
        text: tuple([said] if isinstance(said, str) else said)
        for text, said in row["values"].items()
    }
    strange = {word for said in values.values() for word in said} - words
    if strange:
        raise ValueError(f"{name}: {sorted(strange)}")
    return CodeMap(name, row["from"], words, values, row.get("split", ""))
