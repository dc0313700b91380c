"""Enters divisions (行政区划): alone or a whole tree at once, always as a tree."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from people.commands.registering import enter
from people.division_rules import Place, tree_problems
from people.errors import Problem, Refusals
from people.models import Division
from people.viewer import Viewer


def enter_division(
    *,
    viewer: Viewer,
    code: str,
    name: str,
    valid_from: date,
    parent: str = "",
    kind: str = "normal",
    valid_until: date | None = None,
    merged_into: str = "",
) -> Division:
    """A division by its 12-digit code; `parent` and `merged_into` (who took it over) are codes.

    Refusals: those of `enter_divisions`.
    """
    place = Place(code, name, valid_from, parent, kind, valid_until, merged_into)
    return enter_divisions(viewer=viewer, places=[place])[0]


def enter_divisions(*, viewer: Viewer, places: Iterable[Place]) -> list[Division]:
    """Divisions in any order, parents and successors among them or there already; all or none.

    Entering the same again changes nothing. Refusal: INVALID_DIVISION once for each fault, with its
    `division` and reason (people.division_rules); a code twice is `twice`.
    """
    wanted: dict[str, Place] = {}
    for place in places:
        if place.code in wanted and wanted[place.code] != place:
            raise Refusals([_twice(place.code)])
        wanted[place.code] = place
    with transaction.atomic():
        known = known_places()
        check_tree({**known, **wanted})
        changed = [place for place in wanted.values() if known.get(place.code) != place]
        for place in changed:  # in any order: parents and successors are looked for at commit
            enter(viewer, Division, {"code": place.code}, _values(place))
        return list(Division.objects.filter(pk__in=wanted).order_by("pk"))


def known_places() -> dict[str, Place]:
    """Every division there is, by its code: one query."""
    return {row.code: place_of(row) for row in Division.objects.all()}


def place_of(row: Division) -> Place:
    """A division as it would be entered."""
    return Place(
        code=row.code,
        name=row.name,
        valid_from=row.valid_from,
        parent=row.parent_id or "",
        kind=row.kind,
        valid_until=row.valid_until,
        merged_into=row.merged_into_id or "",
    )


def check_tree(places: Mapping[str, Place]) -> None:
    """Raises every fault of the tree, or returns."""
    problems = tree_problems(places)
    if problems:
        raise Refusals(problems)


def _values(place: Place) -> dict[str, object]:
    return {
        "name": place.name,
        "valid_from": place.valid_from,
        "valid_until": place.valid_until,
        "kind": place.kind,
        "parent_id": place.parent or None,
        "merged_into_id": place.merged_into or None,
    }


def _twice(code: str) -> Problem:
    return Problem("INVALID_DIVISION", "code", {"reason": "twice", "division": code})
