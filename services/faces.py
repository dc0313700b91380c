"""Whether the form's fields fit the faces of certificates, as sources and as results (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from ecert.prefill import Source
from ecert.rules import RULES
from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.fields import Field
from services.results import Result

Schema = Mapping[str, object]


@dataclass(frozen=True)
class CertificateFacts:
    """What the library says of a type: the JSON Schema of its face, who issues it, who may hold it, its name.

    `holder_kind` is person, enterprise or either; `validity_months` None = 长期.
    """

    face: Schema
    issuer_function: str
    holder_kind: str
    validity_months: int | None
    name: str = ""


CertificateTypes = Mapping[str, CertificateFacts]  # by type code
# What stands on an issued certificate beside its face.
OF_AN_ISSUED: Mapping[str, Schema] = {
    "number": {"type": "string", "maxLength": 60},
    "issued_on": {"type": "string", "format": "date"},
}
_TEXTS = frozenset({"string"})
_JSON_TYPES: Mapping[str, frozenset[str]] = {
    "integer": frozenset({"integer", "number"}),
    "number": frozenset({"number"}),
    "boolean": frozenset({"boolean"}),
    "rows": frozenset(),
}
_FORMATS = {
    "date": "date",
    "id-number": "id_number",
    "other-id-number": "id_number",
    "credit-code": "credit_code",
}


def source_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """Sources that name what no certificate has, or what the field could not take."""
    failures = [
        problem
        for field in definition.form.fields
        for source in field.sources
        for problem in _source_problems(field, source, types)
    ]
    return failures + [
        broken(f"materials.{m.id}.certificate", "UNKNOWN_CERTIFICATE", type=m.certificate)
        for m in definition.materials
        if m.certificate and m.certificate not in types
    ]


def _source_problems(field: Field, source: Source, types: CertificateTypes) -> list[Problem]:
    place = f"{field.place}.sources"
    facts = types.get(source.type)
    face = None if facts is None else _readable(source, facts).get(source.field)
    if facts is None or face is None:
        params = {"type": source.type, "field": source.field}
        return [broken(place, "UNKNOWN_CERTIFICATE", **params)]
    if source.holder != "applicant" and facts.holder_kind == "enterprise":
        return [broken(place, "HOLDER_MISMATCH", type=source.type, holder=source.holder)]
    if source.rule and source.rule not in RULES:
        return [broken(place, "UNKNOWN_RULE", name=source.rule)]
    if not source.rule and not _json_types(field) & _types_of(face):
        return [broken(place, "SOURCE_TYPE", field=source.field)]
    longest = _bound(face, "maxLength", 0)
    if field.type in {"text", "long_text"} and longest > field.max_length:
        return [broken(place, "SOURCE_TOO_LONG", field=source.field, limit=longest)]
    return []


def _readable(source: Source, facts: CertificateFacts) -> Mapping[str, Schema]:
    """The fields of a face; of the certificate that a case issues also its number and its day."""
    face = _properties(facts.face)
    return {**OF_AN_ISSUED, **face} if source.is_result else face


def face_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """Result faces that could not be issued: a field missing, unknown, of another type or too wide."""
    failures = []
    for result in definition.results:
        place = f"results.{result.code}"
        facts = types.get(result.code)
        if facts is None:
            failures.append(broken(place, "UNKNOWN_CERTIFICATE", type=result.code))
            continue
        failures += _issuing_problems(definition, result, facts)
        required = cast(list[str], facts.face.get("required", []))
        failures += [
            broken(f"{place}.face", "FACE_FIELD_MISSING", field=name)
            for name in required
            if name not in result.face and name != "issuing_body"  # the issuer adds itself
        ]
        for name in result.face:
            failures += _face_field_problems(definition, result, name, _properties(facts.face))
    return failures


def _issuing_problems(
    definition: Definition, result: Result, facts: CertificateFacts
) -> list[Problem]:
    """A granted certificate is one that the deciding department issues and the applicant may hold."""
    place = f"results.{result.code}"
    failures = [
        broken(f"route.{step.id}.result", "ISSUER_NOT_COMPETENT", function=facts.issuer_function)
        for step in definition.route.steps
        if step.result == result.code and step.departments != (facts.issuer_function,)
    ]
    if facts.holder_kind != "either" and definition.audience != (facts.holder_kind,):
        failures.append(broken(place, "HOLDER_MISMATCH", holder=facts.holder_kind))
    if result.valid_months != facts.validity_months:
        months = facts.validity_months
        failures.append(broken(f"{place}.valid_months", "VALIDITY_DIFFERS", months=months))
    return failures


def _face_field_problems(
    definition: Definition, result: Result, name: str, face: Mapping[str, Schema]
) -> list[Problem]:
    place = f"results.{result.code}.face.{name}"
    field = definition.form.field(result.face[name])
    if field is None:
        return [broken(place, "UNKNOWN_PATH", path=result.face[name])]
    if name not in face:
        return [broken(place, "FACE_FIELD_UNKNOWN")]
    wanted = face[name]
    kind = _FORMATS.get(str(wanted.get("format")), field.type)
    if not _json_types(field) & _types_of(wanted) or field.type != kind:
        return [broken(place, "FACE_TYPE", path=field.path)]
    if not _is_within(field, wanted):
        return [broken(place, "FACE_TOO_WIDE", path=field.path)]
    return []


def _is_within(field: Field, wanted: Schema) -> bool:
    """Whether every value that the field takes is one that the face takes."""
    if field.type in {"text", "long_text"}:
        return field.max_length <= _bound(wanted, "maxLength", field.max_length)
    if field.type not in {"integer", "number"}:
        return True
    low, high = field.minimum, field.maximum
    above = _bound(wanted, "exclusiveMinimum", float("-inf"))
    least = _bound(wanted, "minimum", float("-inf"))
    most = _bound(wanted, "maximum", float("inf"))
    lowest = float("-inf") if low is None else low
    highest = float("inf") if high is None else high
    return (lowest > above or above == float("-inf")) and lowest >= least and highest <= most


def _bound(schema: Schema, name: str, default: float) -> float:
    value = schema.get(name, default)
    return value if isinstance(value, int | float) else default


def _properties(schema: Schema) -> Mapping[str, Schema]:
    return cast(Mapping[str, Schema], schema.get("properties", {}))


def _json_types(field: Field) -> frozenset[str]:
    return _JSON_TYPES.get(field.type, _TEXTS)


def _types_of(face: Schema) -> set[str]:
    """The JSON types that a face field takes; an enumeration without a type is of texts."""
    stated = face.get("type", "string")
    return set(stated) if isinstance(stated, list) else {str(stated)}
