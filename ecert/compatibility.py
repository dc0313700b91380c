"""Decides how a type of certificates may still change once certificates of it exist or items rely on it (pure).

Every face that was valid stays valid, and every field that something reads stays: fields are added when they are
optional, rules are widened, what a field is called and how the page looks is free. Everything else is a new type.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ecert.errors import CERTIFICATE_TYPE_IN_USE
from people.errors import Problem

Rules = Mapping[str, Any]
# Stands in identifiers and numbers that were given, or says who may issue and hold.
FIXED = ("type_code", "issuer_function", "number_rule")
LOWER_BOUNDS = ("minLength", "minimum", "exclusiveMinimum", "minItems")
UPPER_BOUNDS = ("maxLength", "maximum", "exclusiveMaximum", "maxItems")
SAYS_NOTHING = ("title", "description")


def incompatible(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Problem]:
    """All that a used type may not change: CERTIFICATE_TYPE_IN_USE with the field and `reason`.

    Both as `load_types` takes them. Reasons: FIXED, HOLDER, and of a field of the face REMOVED, REQUIRED (a new
    one that must be there), NARROWED with the `rule` that would refuse a face that is valid now.
    """
    found = [_problem(name, "FIXED") for name in FIXED if old[name] != new[name]]
    if new["holder_kind"] not in (old["holder_kind"], "either"):
        found.append(_problem("holder_kind", "HOLDER"))
    return found + list(_of_face(old["face_schema"], new["face_schema"]))


def _of_face(old: Rules, new: Rules) -> Iterator[Problem]:
    before, after = old.get("properties", {}), new.get("properties", {})
    for name, rules in before.items():
        if name not in after:
            yield _problem(f"face.{name}", "REMOVED")
        elif rule := narrowed(rules, after[name]):
            yield _problem(f"face.{name}", "NARROWED", rule=rule)
    for name in sorted(set(new.get("required", [])) - set(old.get("required", []))):
        yield _problem(f"face.{name}", "REQUIRED")


def narrowed(old: Rules, new: Rules) -> str:
    """The first rule by which a value that was valid might no longer be, or by which it means something else."""
    for rule in sorted({*old, *new} - set(SAYS_NOTHING)):
        if not _allows(rule, old.get(rule), new.get(rule)):
            return rule
    return ""


def _allows(rule: str, old: Any, new: Any) -> bool:
    if old == new:
        return True
    if rule == "format":  # it tells what is personal, and whose number it is
        return False
    if rule == "type":
        return old is not None and new is not None and _set(old) <= _set(new)
    if new is None:
        return True
    return old is not None and WIDER.get(rule, _never)(old, new)


def _set(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


def _never(_old: Any, _new: Any) -> bool:
    return False


WIDER: Mapping[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(LOWER_BOUNDS, lambda old, new: new <= old),
    **dict.fromkeys(UPPER_BOUNDS, lambda old, new: new >= old),
    "enum": lambda old, new: all(value in new for value in old),
    "items": lambda old, new: not narrowed(old, new),
}


def _problem(field: str, reason: str, **facts: object) -> Problem:
    return Problem(CERTIFICATE_TYPE_IN_USE, field, {"reason": reason, **facts})
