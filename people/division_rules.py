"""Whether a set of divisions is a tree with sound validity and successors (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from people.errors import Problem

KINDS = ("normal", "self", "zone", "town", "village")
# Towns and villages (GB/T 10114) have counters but decide nothing: no case lies in them.
BELOW_AUTHORITY = ("town", "village")
# A level's own offices (本级) stand beside its parts: they do not make it a mere roof over these.
OWN_LEVEL = "self"


@dataclass(frozen=True)
class Place:
    """A division as it is entered; `parent` and `merged_into` are codes, empty for none."""

    code: str
    name: str
    valid_from: date
    parent: str = ""
    kind: str = "normal"
    valid_until: date | None = None
    merged_into: str = ""


def tree_problems(places: Mapping[str, Place]) -> list[Problem]:
    """INVALID_DIVISION with a `reason` and the `division` for everything that is no sound tree.

    Reasons: code (12 digits), name, kind, parent (unknown), cycle, days, successor (unknown, or of one
    that still stands), successors (they lead in a circle).
    """
    found = []
    for code, place in places.items():
        reasons = _reasons(place, places)
        if not reasons and _circles(code, places, lambda p: p.parent):
            reasons = ["cycle"]
        if not reasons and _circles(code, places, lambda p: p.merged_into):
            reasons = ["successors"]
        found += [
            Problem("INVALID_DIVISION", "code", {"reason": reason, "division": code})
            for reason in reasons
        ]
    return found


def _reasons(place: Place, places: Mapping[str, Place]) -> list[str]:
    ended, code = place.valid_until, place.code
    faults = {
        "code": len(code) != 12 or not code.isascii() or not code.isdigit(),
        "name": not place.name.strip() or len(place.name) > 60,
        "kind": place.kind not in KINDS,
        "parent": bool(place.parent) and place.parent not in places,
        "days": ended is not None and ended < place.valid_from,
        "successor": bool(place.merged_into) and (place.merged_into not in places or ended is None),
    }
    return [reason for reason, wrong in faults.items() if wrong]


def _circles(code: str, places: Mapping[str, Place], after: Callable[[Place], str]) -> bool:
    """Whether following one relation from a division ever comes back to it."""
    here, seen = after(places[code]), set()
    while here in places and here not in seen:
        if here == code:
            return True
        seen.add(here)
        here = after(places[here])
    return False
