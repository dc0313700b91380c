"""How the departments' proposals become one correction notice (一次性告知): merged by field (pure).

Source: Administrative Licensing Law 32-1-4: everything that is missing is told at once, by one voice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST = 500  # characters of one item's message


@dataclass(frozen=True)
class Merged:
    """What is said about one field: the words for the notice, and who asked for it."""

    field: str
    message: str
    by: tuple[str, ...]


def merged(
    proposals: Iterable[tuple[str, Sequence[Mapping[str, str]]]], order: Sequence[str]
) -> list[Merged]:
    """One item a field out of (department, [{field, message}]) pairs, in the order of the form.

    Departments that say the same are named together; different words stand one after the other, each with
    whose they are. What is longer than a message may be is cut, for the lead department to shorten.
    """
    said: dict[str, dict[str, list[str]]] = {}
    for department, items in proposals:
        for item in items:
            words = said.setdefault(item["field"], {})
            words.setdefault(item["message"].strip(), []).append(department)
    place = {path: number for number, path in enumerate(order)}
    fields = sorted(said, key=lambda path: (place.get(path, len(place)), path))
    return [_merged(field, said[field]) for field in fields]


def _merged(field: str, words: Mapping[str, Sequence[str]]) -> Merged:
    by = tuple(dict.fromkeys(name for names in words.values() for name in names))
    if len(words) == 1:
        return Merged(field, next(iter(words))[:LONGEST], by)
    lines = [f"{message.rstrip('。；')}（{'、'.join(names)}）" for message, names in words.items()]
    return Merged(field, "；".join(lines)[:LONGEST], by)


def asked_by(proposals: Iterable[tuple[str, Sequence[Mapping[str, str]]]], field: str) -> list[str]:
    """The departments that proposed something about a field, in their order."""
    return [
        department
        for department, items in proposals
        if any(item["field"] == field for item in items)
    ]
