"""Where a value stands in the nested answers of a form, by its dotted path (pure)."""

from collections.abc import Mapping
from typing import cast


def value_at(answers: Mapping[str, object], path: str) -> object:
    """The value at `section.field`, or None when it is not there; an empty list counts as not there."""
    found: object = answers
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return None if found == [] else found


def with_value(answers: Mapping[str, object], path: str, value: object) -> dict[str, object]:
    """A copy of the answers with one value replaced; None takes the value away. The original stays."""
    name, _, rest = path.partition(".")
    changed = dict(answers)
    if rest:
        inner = changed.get(name)
        nested = cast(Mapping[str, object], inner) if isinstance(inner, Mapping) else {}
        value = with_value(nested, rest, value) or None
    if value is None:
        changed.pop(name, None)
    else:
        changed[name] = value
    return changed
