"""What differs between two definitions, member by member, and how to turn one into the other (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from services.definition import canonical
from services.places import is_plain, joined, key_of, position

Mappings = Mapping[str, object]
_READING = (
    *("code", "name", "type", "audience", "lead", "acceptance", "summary", "words", "conditions"),
    *("eligibility", "basis", "limits", "form", "materials", "material_groups", "parts", "route"),
    *("groups", "join", "quorum", "results", "remedies", "stops", "guide"),
)


@dataclass(frozen=True)
class Difference:
    """One difference: `place` as services.places names it.

    `kind` is added, removed or changed, with the values `before` and `after` (None where there is none);
    or ordered, with the names of a list's members in the old order and in the new.
    """

    place: str
    kind: str
    before: object = None
    after: object = None


def differences(old: Mappings, new: Mappings) -> tuple[Difference, ...]:
    """All differences, in the order in which people read a definition; equal definitions have none.

    Where keys cannot be named in places, the whole is one difference.
    """
    return tuple(_of("", old, new))


def same(one: object, other: object) -> bool:
    """Whether two values are the same JSON: true is not 1, and 1 is not 1.0."""
    return canonical({"": one}) == canonical({"": other})


def _of(place: str, old: object, new: object) -> Iterator[Difference]:
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        if all(is_plain(name) for name in (*old, *new)) and old and new:
            yield from _of_mappings(place, old, new)
            return
    elif isinstance(old, list) and isinstance(new, list) and (key := key_of(old, new)):
        yield from _of_lists(place, old, new, key)
        return
    yield Difference(place, "changed", old, new)


def _of_mappings(place: str, old: Mappings, new: Mappings) -> Iterator[Difference]:
    for name in sorted({*old, *new}, key=_rank):  # the database keeps no order of keys
        if name not in new:
            yield Difference(joined(place, name), "removed", before=old[name])
        elif name not in old:
            yield Difference(joined(place, name), "added", after=new[name])
        else:
            yield from _of(joined(place, name), old[name], new[name])


def _rank(name: str) -> tuple[int, str]:
    """The order in which people read a definition; what is not listed follows by name."""
    return (_READING.index(name) if name in _READING else len(_READING), name)


def _of_lists(place: str, old: list[object], new: list[object], key: str) -> Iterator[Difference]:
    before = {str(cast(Mappings, member)[key]): member for member in old}
    after = {str(cast(Mappings, member)[key]): member for member in new}
    kept = [name for name in before if name in after]
    for name, member in before.items():
        if name not in after:
            yield Difference(joined(place, name), "removed", before=member)
    for name, member in after.items():
        if name in before:
            yield from _of_mappings(
                joined(place, name), cast(Mappings, before[name]), cast(Mappings, member)
            )
        else:
            yield Difference(joined(place, name), "added", after=member)
    came = [*kept, *(name for name in after if name not in before)]
    if came != list(after):
        yield Difference(place, "ordered", before=came, after=list(after))


def applied(old: Mappings, changes: Sequence[Difference]) -> dict[str, object]:
    """The definition that `differences` were taken to; `old` itself is not touched.

    KeyError for a place that is not there.
    """
    new = deepcopy(dict(old))
    for change in changes:
        if not change.place:
            new = deepcopy(dict(cast(Mappings, change.after)))
            continue
        *way, name = change.place.split(".")
        holder = holder_of(new, way)
        if change.kind == "ordered":
            members = cast(list[object], get(holder, name))
            put(holder, name, [get(members, str(n)) for n in cast(list[str], change.after)])
        elif change.kind == "removed":
            take(holder, name)
        elif change.kind == "added" and isinstance(holder, list):
            holder.append(deepcopy(change.after))
        else:
            put(holder, name, deepcopy(change.after))
    return new


def holder_of(root: dict[str, object], way: Sequence[str]) -> object:
    """What stands at a way into a definition. KeyError when the way leads nowhere."""
    here: object = root
    for name in way:
        here = get(here, name)
    return here


def get(holder: object, name: str) -> object:
    """A member by its name. KeyError when there is none."""
    if isinstance(holder, dict):
        return holder[name]
    if isinstance(holder, list) and (at := position(holder, name)) is not None:
        return holder[at]
    raise KeyError(name)


def put(holder: object, name: str, value: object) -> None:
    """Puts a member in place of that of the same name; in a mapping also where there was none."""
    if isinstance(holder, dict):
        holder[name] = value
    elif isinstance(holder, list) and (at := position(holder, name)) is not None:
        holder[at] = value
    else:
        raise KeyError(name)


def take(holder: object, name: str) -> None:
    """Takes a member away. KeyError when there is none."""
    if isinstance(holder, dict):
        del holder[name]
    elif isinstance(holder, list) and (at := position(holder, name)) is not None:
        del holder[at]
    else:
        raise KeyError(name)
