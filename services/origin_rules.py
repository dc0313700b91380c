"""Whether the sources of a form that are no certificates are there and fit the fields they fill (pure)."""

from collections.abc import Collection, Mapping

from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.fields import Field
from services.form import Form
from services.origins import ANSWERS, CASE, ENTERPRISE, GENDERS, RECORDS, VERIFY, Origin

_TEXTS = frozenset({"text", "long_text"})


def named_items(definition: Definition) -> set[str]:
    """Codes of the other items whose earlier applications the form draws on."""
    origins = (origin for field in definition.form.fields for origin in field.origins)
    return {origin.name for origin in origins if origin.kind == CASE} - {definition.code}


def origin_problems(
    definition: Definition, registers: Collection[str], forms: Mapping[str, Form]
) -> list[Problem]:
    """Broken rules of such sources, each at its field; `forms` are those of the published items by code."""
    known = {**forms, definition.code: definition.form}
    failures = [
        broken(f"materials.{material.id}.register", "UNKNOWN_REGISTER")
        for material in definition.materials
        if material.register and material.register not in registers
    ]
    for field in definition.form.fields:
        for origin in field.origins:
            rule = _broken_rule(definition, field, origin, registers, known)
            if rule:
                failures.append(broken(f"{field.place}.sources", rule, source=origin.text))
    return failures


def _broken_rule(
    definition: Definition,
    field: Field,
    origin: Origin,
    registers: Collection[str],
    forms: Mapping[str, Form],
) -> str:
    """The rule that a source breaks, or empty."""
    if origin.kind == VERIFY:
        return "" if origin.name in registers else "UNKNOWN_REGISTER"
    if origin.kind in RECORDS:
        return _record_rule(definition, field, origin)
    if origin.kind == CASE and origin.name not in forms:
        return "UNKNOWN_ITEM"
    form = forms[origin.name] if origin.kind == CASE else definition.form
    other = form.field(origin.path)
    if other is None:
        return "UNKNOWN_PATH"
    if origin.kind == ANSWERS and other.awaited:
        return "RESULT_MIXED"
    both_texts = field.type in _TEXTS and other.type in _TEXTS
    return "" if field.type == other.type or both_texts else "SOURCE_TYPE"


def _record_rule(definition: Definition, field: Field, origin: Origin) -> str:
    """A record's field is of its type and fits; an enterprise's record needs applicants that are enterprises."""
    kind, length = RECORDS[origin.kind][origin.path]
    if origin.kind == ENTERPRISE and ENTERPRISE not in definition.audience:
        return "SOURCE_OF_NOBODY"
    if kind == "text" and field.type in _TEXTS:
        return "" if field.max_length >= length else "SOURCE_TOO_LONG"
    if field.type != kind or (kind == "choice" and field.choices != GENDERS):
        return "SOURCE_TYPE"
    return ""
