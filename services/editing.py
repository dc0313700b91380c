"""How one entry of a definition is added, changed, moved or removed, and who refers to it (pure).

A definition is any mapping here: a draft need not be complete. Nothing is changed in place. What is
renamed is renamed wherever it is named; what is still named elsewhere is not removed.
"""

import re
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

from people.errors import NotFound, Problem, Refusal, Refusals

Data = Mapping[str, object]
# Texts for people: a path that stands in one of them is a word.
_WORDS = frozenset(
    {"label", "name", "help", "summary", "basis", "conditions", "words", "reason", "answer"}
    | {"question", "options", "imported"}
)
_ORDER = frozenset({"before", "steps"})  # keys that name steps


@dataclass(frozen=True)
class Mention:
    """A text of a definition that names an entry: the place of the entry it stands in, its key, itself."""

    place: str
    key: str
    text: str


def name_of(entry: object, number: int) -> str:
    """What an entry of a list is called in places: its id, its code, or its number."""
    if isinstance(entry, Mapping):
        return str(entry.get("id") or entry.get("code") or number)
    return str(number)


def entries_at(definition: Data, place: str) -> list[tuple[str, dict[str, Any]]]:
    """(name, entry) of the list at a place such as `route` or `form.premises.fields`; copies."""
    found = _found(definition, place)
    members = found if isinstance(found, list) else []
    named = ((name_of(member, number), member) for number, member in enumerate(members))
    return [(name, deepcopy(dict(member))) for name, member in named if isinstance(member, Mapping)]


def entry_at(definition: Data, place: str) -> dict[str, Any] | None:
    """A copy of the entry at a place such as `route.fire`, or None."""
    found = _found(definition, place)
    return deepcopy(dict(found)) if isinstance(found, Mapping) else None


def with_values(definition: Data, place: str, values: Data) -> dict[str, Any]:
    """The definition with keys of one mapping set ("" = of the definition itself); None takes one away."""
    changed = deepcopy(dict(definition))
    target = _mapping(changed, place)
    for key, value in values.items():
        if value is None:
            target.pop(key, None)
        else:
            target[key] = deepcopy(value)
    return changed


def with_new(definition: Data, place: str, entry: Data) -> dict[str, Any]:
    """The definition with an entry added at the end of a list. Refusal TWICE for a name that stands."""
    changed = deepcopy(dict(definition))
    above, _, key = place.rpartition(".")
    target = _mapping(changed, above)
    members = target.get(key)
    members = target[key] = members if isinstance(members, list) else []
    name = name_of(entry, len(members))
    if name in _names(members):
        raise Refusal("TWICE", field=f"{place}.{name}")
    members.append(deepcopy(dict(entry)))
    return changed


def with_entry(definition: Data, place: str, entry: Data) -> dict[str, Any]:
    """The definition with the entry at a place replaced; under a new name it is renamed everywhere.

    Refusals: NOT_FOUND, TWICE for a name that another entry has.
    """
    list_place, _, old = place.rpartition(".")
    changed = deepcopy(dict(definition))
    members, number = _member(changed, place)
    new = name_of(entry, number)
    if new != old and new in _names(members):
        raise Refusal("TWICE", field=f"{list_place}.{new}")
    members[number] = deepcopy(dict(entry))
    if new == old:
        return changed
    return _renamed(changed, place, new)


def moved(definition: Data, place: str, by: int) -> dict[str, Any]:
    """The definition with an entry moved up (-1) or down (1) in its list, as far as it goes."""
    changed = deepcopy(dict(definition))
    members, number = _member(changed, place)
    members.insert(max(0, number + by), members.pop(number))
    return changed


def without(definition: Data, place: str) -> dict[str, Any]:
    """The definition without an entry. Refusals: NOT_FOUND, IN_USE once for each place that names it."""
    changed = deepcopy(dict(definition))
    members, number = _member(changed, place)
    used = sorted({mention.place for mention in mentions_of(definition, place)})
    if used:
        raise Refusals([Problem("IN_USE", other) for other in used])
    del members[number]
    return changed


def mentions_of(definition: Data, place: str) -> list[Mention]:
    """Where other entries name the entry at a place, or a field below it."""
    names = _matcher(place)
    found: list[Mention] = []

    def look(mention: Mention) -> str:
        if names and names(mention) and not f"{mention.place}.".startswith(f"{place}."):
            found.append(mention)
        return mention.text

    _mapped(definition, (), look)
    return found


def texts_at(definition: Data, keys: Collection[str]) -> list[str]:
    """Every text that stands under one of some keys, wherever in the definition."""
    found: list[str] = []

    def look(mention: Mention) -> str:
        if mention.key in keys:
            found.append(mention.text)
        return mention.text

    _mapped(definition, (), look)
    return found


def _matcher(place: str) -> Callable[[Mention], bool] | None:
    """Which texts name what stands at a place; None for what nothing can name."""
    match place.split("."):
        case ["form", section]:
            path = re.compile(rf"(?<![\w.])(?:answers\.)?{re.escape(section)}\.[a-z]")
            bare = _is_key("reads", section)
            return lambda one: bare(one) or bool(path.search(one.text))
        case ["form", section, "fields", field]:
            path = re.compile(rf"(?<![\w.])(?:answers\.)?{re.escape(f'{section}.{field}')}(?!\w)")
            return lambda one: bool(path.search(one.text))
        case ["materials", material]:
            return _is_key("reads", f"materials.{material}")
        case ["route", step]:
            return lambda one: one.key in _ORDER and one.text == step
        case ["groups" | "material_groups" as groups, group]:
            room = "route." if groups == "groups" else "materials."
            is_group = _is_key("group", group)
            return lambda one: is_group(one) and one.place.startswith(room)
        case ["results", result]:
            return _is_key("result", result)
    return None


def _is_key(key: str, text: str) -> Callable[[Mention], bool]:
    return lambda one: one.key == key and one.text == text


def _renamed(definition: Data, place: str, new: str) -> dict[str, Any]:
    """The definition with every text that names the entry at a place naming it by its new name."""
    names = _matcher(place)
    section, _, field = place.removeprefix("form.").partition(".fields.")
    old = place.rpartition(".")[2]

    def renamed(one: Mention) -> str:
        if names is None or not names(one):
            return one.text
        if not place.startswith("form.") or one.text == old:
            return one.text.removesuffix(old) + new
        written = f"{section}.{field}" if field else f"{section}."
        to = f"{section}.{new}" if field else f"{new}."
        after = r"(?!\w)" if field else ""
        return re.sub(
            rf"(?<![\w.])((?:answers\.)?){re.escape(written)}{after}", rf"\g<1>{to}", one.text
        )

    return cast(dict[str, Any], _mapped(definition, (), renamed))


def _mapped(value: object, trail: tuple[str, ...], change: Callable[[Mention], str]) -> object:
    """A copy in which each text that may name something is as `change` writes it."""
    if isinstance(value, str):
        key = trail[-2] if trail[-2:-1] in {("face",), ("asks",)} else trail[-1]
        return change(Mention(".".join(trail), key, value))
    if isinstance(value, Mapping):
        is_ours = trail[-1:] not in {("face",), ("asks",)}
        return {
            name: inner
            if is_ours and name in _WORDS
            else _mapped(inner, (*trail, str(name)), change)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [
            _mapped(
                inner,
                (*trail, name_of(inner, number)) if isinstance(inner, Mapping) else trail,
                change,
            )
            for number, inner in enumerate(value)
        ]
    return value


def _found(definition: Data, place: str) -> object:
    """What stands at a dotted place; members of lists by name."""
    found: object = definition
    for name in filter(None, place.split(".")):
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list):
            named = {name_of(member, n): member for n, member in reversed([*enumerate(found)])}
            found = named.get(name)
        else:
            return None
    return found


def _mapping(definition: dict[str, Any], place: str) -> dict[str, Any]:
    """The mapping at a place; made when only its last key is not there. Refusal NOT_FOUND."""
    found = _found(definition, place)
    above, _, key = place.rpartition(".")
    if found is None and key and isinstance(around := _found(definition, above), dict):
        found = around[key] = {}
    if not isinstance(found, dict):
        raise NotFound(place)
    return found


def _member(definition: dict[str, Any], place: str) -> tuple[list[Any], int]:
    """The list that holds the entry at a place, and its number in it. Refusal NOT_FOUND."""
    above, _, name = place.rpartition(".")
    members = _found(definition, above)
    names = _names(members) if isinstance(members, list) else []
    if name not in names or not isinstance(members, list):
        raise NotFound(place)
    return members, names.index(name)


def _names(members: list[Any]) -> list[str]:
    return [name_of(member, number) for number, member in enumerate(members)]
