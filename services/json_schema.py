"""How the form of an item reads as JSON Schema 2020-12: what is published is what the server validates with (pure).

An object of sections, each an object of fields. Beside the standard's keywords it holds `formatMinimum` and
`formatMaximum` (days, as ajv-formats has them), `x-unit`, `x-patternHelp`, and `x-compare`, which compares two
fields of the whole; a validator that does not know them takes them for remarks.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from services.conditions import OWN_ROW
from services.definition import Definition
from services.fields import FARTHEST, Field
from services.form import Form, Section
from services.logic import (
    Among,
    Atom,
    Compare,
    CompareFields,
    Condition,
    Every,
    Expression,
    Includes,
    Negation,
    Present,
    Some,
)
from services.patterns import whole

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
# Formats of our own; those who do not know them still have the pattern beside them.
_FORMATS: Mapping[str, Schema] = {
    "phone": {"format": "cn-phone"},
    "id_number": {"format": "cn-id-number", "pattern": "^[0-9]{17}[0-9X]$"},
    "credit_code": {"format": "cn-credit-code", "pattern": "^[0-9A-Z]{18}$"},
    "bank_account": {"format": "cn-bank-account", "pattern": "^[0-9]{10,28}$"},
    "division": {"pattern": "^[0-9]{12}$"},
}
_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
_DAYS = {
    "<": "formatExclusiveMaximum",
    "<=": "formatMaximum",
    ">": "formatExclusiveMinimum",
    ">=": "formatMinimum",
}


def form_schema(definition: Definition, version: int = 0) -> Schema:
    """The schema of what is submitted for a version of an item (0: a draft), with its `$id` and title."""
    name = version or "draft"
    head = {"$schema": DIALECT, "$id": f"urn:tongban:item:{definition.code}:{name}:form"}
    return {**head, "title": definition.name, **schema_of(definition.form)}


def schema_of(form: Form) -> Schema:
    """The schema of a whole form's answers: sections, conditions, checks over several fields."""
    sections = {section.id: _section(section) for section in form.sections}
    rules = [rule for field in form.fields for rule in _rules(field, field.path)]
    rules += [_checked(check.id, check.message, check.when, check.holds) for check in form.checks]
    needed = [s.id for s in form.sections if any(f.is_always_needed for f in s.fields)]
    return _object(sections, needed, rules)


def _section(section: Section) -> Schema:
    fields = {_name(field): _field(field) for field in section.fields}
    needed = [_name(field) for field in section.fields if field.is_always_needed]
    schema = _object(fields, needed, [])
    return (
        {"title": section.label} | ({"description": section.help} if section.help else {}) | schema
    )


def _object(properties: Schema, needed: list[str], rules: list[Schema]) -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return schema | ({"required": needed} if needed else {}) | ({"allOf": rules} if rules else {})


def _name(field: Field) -> str:
    return field.path.rpartition(".")[2]


def _field(field: Field) -> Schema:
    described = {"title": field.label, "description": field.help, "x-unit": field.unit}
    head: Schema = {key: text for key, text in described.items() if text}
    return head | ({"readOnly": True} if field.awaited else {}) | _value(field)


def _value(field: Field) -> Schema:
    match field.type:
        case "integer" | "number":
            return _number(field)
        case "boolean":
            return {"type": "boolean"}
        case "date":
            return _day(field)
        case "choice":
            return {"type": "string", "oneOf": _options(field)}
        case "choices":
            items = {"type": "string", "oneOf": _options(field)}
            return {"type": "array", "items": items, "minItems": 1, "uniqueItems": True}
        case "rows":
            return _rows(field)
        case "text" | "long_text":
            return _text(field)
        case kind:
            return {"type": "string", **_FORMATS[kind]}


def _options(field: Field) -> list[Schema]:
    """An enumeration with its words, as form libraries read it."""
    return [{"const": option.code, "title": option.label} for option in field.options]


def _text(field: Field) -> Schema:
    name = "cn-line" if field.type == "text" else "cn-lines"
    schema: Schema = {"type": "string", "minLength": 1, "maxLength": field.max_length}
    if field.pattern:
        schema |= {"pattern": whole(field.pattern), "x-patternHelp": field.pattern_help}
    return schema | {"format": name}


def _number(field: Field) -> Schema:
    places = 0 if field.type == "integer" else field.decimals
    schema: Schema = {
        "type": "number" if places else "integer",
        "minimum": -FARTHEST if field.minimum is None else field.minimum,
        "maximum": FARTHEST if field.maximum is None else field.maximum,
    }
    return schema | ({"multipleOf": float(f"1e-{places}")} if places else {})


def _day(field: Field) -> Schema:
    bounds = {"formatMinimum": field.earliest, "formatMaximum": field.latest}
    return {"type": "string", "format": "date"} | {key: day for key, day in bounds.items() if day}


def _rows(field: Field) -> Schema:
    columns = {column.path: _field(column) for column in field.columns}
    needed = [column.path for column in field.columns if column.is_always_needed]
    rules = [rule for column in field.columns for rule in _rules(column, column.path)]
    return {
        "type": "array",
        "minItems": max(field.least_rows, 1),
        "maxItems": field.most_rows,
        "items": _object(columns, needed, rules),
    }


def _rules(field: Field, path: str) -> Iterable[Schema]:
    """A field that is not called for is not there; one that is needed is."""
    if field.when is not None:
        yield {"if": _meaning(field.when), "else": _under(path, {"not": {}})}
    needed = field.when if field.required else field.required_when
    if needed is not None and not field.is_always_needed:
        when = needed if field.required else needed.also(field.when)
        yield {"if": _meaning(when), "then": _there(path)}


def _checked(name: str, message: str, when: Condition | None, holds: Condition) -> Schema:
    """A check over several fields; `$comment` names it and its message says what to do."""
    rule: Schema = {"$comment": f"check {name}", "description": message}
    then = _meaning(holds)
    return rule | ({"then": then, "if": _meaning(when)} if when else {"allOf": [then]})


def _under(path: str, leaf: Schema) -> Schema:
    """What is said of the value at a path, if it is there."""
    for name in reversed(path.removeprefix(OWN_ROW).split(".")):
        leaf = {"properties": {name: leaf}}
    return leaf


def _there(path: str, leaf: Schema | None = None) -> Schema:
    """The value at a path is there and is as the leaf says."""
    schema: Schema = {} if leaf is None else leaf
    for name in reversed(path.removeprefix(OWN_ROW).split(".")):
        below = {"properties": {name: schema}} if schema else {}
        schema = {"type": "object", "required": [name], **below}
    return schema


def _meaning(condition: Condition) -> Schema:
    return _expression(condition.expression)


def _expression(expression: Expression) -> Schema:
    match expression:
        case Every():
            return {"allOf": [_expression(part) for part in expression.parts]}
        case Some():
            return {"anyOf": [_expression(part) for part in expression.parts]}
        case Negation():
            return {"not": _expression(expression.part)}
        case CompareFields():
            sides = {"left": expression.left, "right": expression.right}
            return {"x-compare": {**sides, "operator": expression.operator}}
        case _:
            return _there(expression.path, _atom(expression))


def _atom(atom: Atom) -> Schema:
    """What an atom says of its field's value."""
    match atom:
        case Compare():
            return _comparison(atom)
        case Among():
            return {"enum": list(atom.constants)}
        case Includes():
            return {"type": "array", "contains": {"const": atom.constant}}
        case Present():
            return {}


def _comparison(atom: Compare) -> Schema:
    constant = atom.constant
    if atom.operator == "==":
        return {"const": constant}
    if atom.operator == "!=":
        kinds = {bool: "boolean", str: "string"}
        return {"type": kinds.get(type(constant), "number"), "not": {"const": constant}}
    if isinstance(constant, str):
        return {"type": "string", "format": "date", _DAYS[atom.operator]: constant}
    return {"type": "number", _BOUNDS[atom.operator]: constant}
