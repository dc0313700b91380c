"""Whether what a later step reads from an earlier step's result is always there in time (pure).

A field may take its value from the certificate that an earlier step of the same case issues (前一环节的结果).
Nobody is asked for it at submission, so nothing that must be known by then may depend on it.
"""

from collections.abc import Iterator, Sequence
from typing import cast

from people.errors import Problem
from services.conditions import Condition
from services.definition import Definition
from services.errors import broken
from services.faces import OF_AN_ISSUED, CertificateTypes
from services.fields import Field
from services.route import Step
from services.ways import Walk


def awaited_fields(definition: Definition, type_code: str) -> tuple[Field, ...]:
    """The fields that wait for the certificate of that type."""
    return tuple(field for field in definition.form.fields if field.awaited == type_code)


def awaiting_problems(walk: Walk, types: CertificateTypes) -> list[Problem]:
    """Broken rules of fields that wait for a result, each with its place."""
    definition = walk.definition
    waiting = [field for field in definition.form.fields if field.awaited]
    failures = [p for field in waiting for p in _field_problems(definition, field, types)]
    paths = {field.path for field in waiting}
    failures += [
        broken(place, "RESULT_IN_CONDITION", path=path)
        for place, condition in _conditions(definition)
        for path in sorted(paths & set(condition.paths))
    ]
    failures += [
        broken(f"materials.{material.id}.paths", "RESULT_IN_MATERIAL", path=path)
        for material in definition.materials
        for path in material.paths
        if path in paths
    ]
    return failures + [problem for field in waiting for problem in _order_problems(walk, field)]


def _field_problems(definition: Definition, field: Field, types: CertificateTypes) -> list[Problem]:
    """One field waits for one result, is asked of nobody, and its value is one that never lacks."""
    place = f"{field.place}.sources"
    awaited = {(source.is_result, source.type) for source in field.sources}
    if awaited != {(True, field.awaited)} or field.origins:
        return [broken(place, "RESULT_MIXED", type=field.awaited)]
    if field.required or field.depends_on:
        return [broken(place, "RESULT_ASKED", type=field.awaited)]
    if definition.route.join != "each":  # the others issue nothing before the case is decided
        return [broken(place, "RESULT_COMES_LAST", join=definition.route.join)]
    facts = types.get(field.awaited)
    required = cast(Sequence[str], facts.face.get("required", ())) if facts else ()
    return [
        broken(place, "RESULT_MAY_LACK", field=source.field)
        for source in field.sources
        if source.field not in required and source.field not in OF_AN_ISSUED
    ]


def _conditions(definition: Definition) -> Iterator[tuple[str, Condition]]:
    """Every condition with its place: each must be decidable when the case is accepted."""
    for step in definition.route.steps:
        if step.when is not None:
            yield f"route.{step.id}.when", step.when
    for field in definition.form.fields:
        for key, condition in (("when", field.when), ("required_when", field.required_when)):
            if condition is not None:
                yield f"{field.place}.{key}", condition
    for material in definition.materials:
        if material.condition is not None:
            yield f"materials.{material.id}.required_when", material.condition


def _order_problems(walk: Walk, field: Field) -> list[Problem]:
    """Every step that reads it comes after the step that issues it, whatever the answers are."""
    route = walk.definition.route
    makers = {step.id for step in route.steps if step.result == field.awaited}
    if not makers:
        return [broken(f"{field.place}.sources", "RESULT_NOT_MADE", type=field.awaited)]
    failures = []
    for step in (one for one in route.steps if _reads(one, field.path)):
        early = {
            key: step.id in key and not makers & plan.follows(step.id)
            for key, plan in walk.plans.items()
        }
        if any(early.values()):
            params = {"path": field.path, "type": field.awaited, "example": walk.example(early)}
            failures.append(broken(f"route.{step.id}.reads", "RESULT_READ_TOO_EARLY", **params))
    return failures


def _reads(step: Step, path: str) -> bool:
    return any(path == scope or path.startswith(f"{scope}.") for scope in step.reads)
