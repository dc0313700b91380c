"""Decides whether a face (照面) fits its type, and how much of it may be shown to whom (pure)."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError, ValidationError

from ecert.errors import CERTIFICATE_TYPE_INVALID, FACE_INVALID
from people.errors import Problem, Refusal
from people.identifiers import credit_code, id_number, mask_id_number

ID_NUMBER = "id-number"  # the formats that the schemas of ours add to JSON Schema's own
OTHER_ID_NUMBER = "other-id-number"  # of somebody who is not the holder, such as a spouse
CREDIT_CODE = "credit-code"
FORMATS = frozenset({"date", ID_NUMBER, OTHER_ID_NUMBER, CREDIT_CODE})
_formats = FormatChecker(["date"])


@_formats.checks(OTHER_ID_NUMBER, raises=Refusal)
@_formats.checks(ID_NUMBER, raises=Refusal)
def _is_id_number(value: object) -> bool:
    return not isinstance(value, str) or id_number(value) == value


@_formats.checks(CREDIT_CODE, raises=Refusal)
def _is_credit_code(value: object) -> bool:
    return not isinstance(value, str) or credit_code(value) == value


def check_schema(schema: Mapping[str, object], labels: Mapping[str, str]) -> None:
    """Refusal CERTIFICATE_TYPE_INVALID unless the schema is a closed one and labels name its fields."""
    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as fault:
        place = ".".join(str(part) for part in list(fault.absolute_path)[1:])
        raise Refusal(
            CERTIFICATE_TYPE_INVALID, field="face", reason="schema", name=place
        ) from fault
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False:
        raise Refusal(CERTIFICATE_TYPE_INVALID, field="face", reason="an open face")
    rules: Any = schema.get("properties")
    for name in fields_of(schema):
        _check_rules(name, rules[name])
    if stray := sorted(set(labels) - set(fields_of(schema))):
        raise Refusal(CERTIFICATE_TYPE_INVALID, field="face", reason="labels", name=stray[0])


def _check_rules(name: str, rules: Mapping[str, object]) -> None:
    """A format that nobody judges would promise what is not checked; a pattern must be one."""
    if rules.get("format", "date") not in FORMATS:
        raise Refusal(CERTIFICATE_TYPE_INVALID, field=f"face.{name}", reason="format", name=name)
    try:
        re.compile(str(rules.get("pattern", "")))
    except re.error as fault:
        raise Refusal(
            CERTIFICATE_TYPE_INVALID, field=f"face.{name}", reason="pattern", name=name
        ) from fault


def fields_of(schema: Mapping[str, object]) -> list[str]:
    """The names of the fields of a face, as the type declares them."""
    properties = schema.get("properties")
    return list(properties) if isinstance(properties, Mapping) else []


def face_problems(schema: Mapping[str, object], face: Mapping[str, object]) -> list[Problem]:
    """All that is wrong with a face: FACE_INVALID with the field and the rule that it breaks.

    Problems name fields and rules, never values.
    """
    validator = Draft202012Validator(dict(schema), format_checker=_formats)
    found = {(place, _rule(e)) for e in validator.iter_errors(dict(face)) for place in _places(e)}
    return [Problem(FACE_INVALID, place, {"rule": rule}) for place, rule in sorted(found)]


def masked(schema: Mapping[str, object], face: Mapping[str, object]) -> dict[str, object]:
    """The face with personal numbers masked, for whoever is not its holder."""
    hidden = {
        name for kind in (ID_NUMBER, OTHER_ID_NUMBER) for name in fields_with_format(schema, kind)
    }
    return {
        name: mask_id_number(value) if name in hidden and isinstance(value, str) else value
        for name, value in face.items()
    }


def fields_with_format(schema: Mapping[str, object], name: str) -> Iterable[str]:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping):
        return []
    return [field for field, rules in properties.items() if rules.get("format") == name]


def _rule(error: ValidationError) -> str:
    if error.validator == "format":
        return str(error.validator_value)
    return str(error.validator)


def _places(error: ValidationError) -> list[str]:
    """The dotted places that an error is about; a missing or unknown field is named itself."""
    place = ".".join(str(part) for part in error.absolute_path)
    instance = error.instance if isinstance(error.instance, Mapping) else {}
    schema: Any = error.schema
    if error.validator == "required":
        names = [n for n in schema["required"] if n not in instance and f"'{n}'" in error.message]
    elif error.validator == "additionalProperties":
        names = sorted(set(instance) - set(fields_of(schema)))
    else:
        return [place]
    return [f"{place}.{name}" if place else name for name in names]
