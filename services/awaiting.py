"""Whether what a later step reads from an earlier step's result is always there in time (pure).

A field may take its value from the certificate that an earlier step of the same case issues (前一环节的结果).
Nobody is asked for it at submission, so nothing that must be known by then may depend on it.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast

from people.errors import Problem
from services.conditions import Condition
from services.definition import Definition
from services.errors import broken
from services.faces import OF_AN_ISSUED, CertificateTypes
from services.fields import Field
from services.regions import Region, regions, shortest
from services.route import Route, Step, active_steps, predecessors


def awaited_fields(definition: Definition, type_code: str) -> tuple[Field, ...]:
    """The fields that wait for the certificate of that type."""
    return tuple(field for field in definition.form.fields if field.awaited == type_code)


def awaiting_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """Broken rules of fields that wait for a result, each with its place. Raises TooManyRegions."""
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
    found = _walked(definition) if waiting else []
    return failures + [p for field in waiting for p in _order_problems(definition, field, found)]


def _field_problems(definition: Definition, field: Field, types: CertificateTypes) -> list[Problem]:
    """One field waits for one result, is asked of nobody, and its value is one that never lacks."""
    place = f"{field.place}.sources"
    if {(source.is_result, source.type) for source in field.sources} != {(True, field.awaited)}:
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


def _walked(definition: Definition) -> list[Region]:
    conditions = [step.when for step in definition.route.steps if step.when is not None]
    return regions(definition.form, conditions)


def _order_problems(definition: Definition, field: Field, found: Sequence[Region]) -> list[Problem]:
    """Every step that reads it comes after the step that issues it, whatever the answers are."""
    route = definition.route
    if not any(step.result == field.awaited for step in route.steps):
        return [broken(f"{field.place}.sources", "RESULT_NOT_MADE", type=field.awaited)]
    failures = []
    for step in route.steps:
        if not _reads(step, field.path):
            continue
        early = [_is_too_early(route, step, field.awaited, region) for region in found]
        if any(early):
            example = shortest(found, partial(_is_too_early, route, step, field.awaited))
            params = {"path": field.path, "type": field.awaited, "example": example}
            failures.append(broken(f"route.{step.id}.reads", "RESULT_READ_TOO_EARLY", **params))
    return failures


def _reads(step: Step, path: str) -> bool:
    return any(path == scope or path.startswith(f"{scope}.") for scope in step.reads)


def _is_too_early(route: Route, step: Step, type_code: str, region: Region) -> bool:
    """Whether the step may be worked on in a region although the result is not surely there."""
    active = active_steps(route, region.answers)
    if step not in active:
        return False
    makers = {other.id for other in active if other.result == type_code}
    return not makers & _before(route, step, active)


def _before(route: Route, step: Step, active: Sequence[Step]) -> set[str]:
    """Ids of the active steps that close before a step, however far back."""
    steps = {other.id: other for other in active}
    found: set[str] = set()
    waiting = [step]
    while waiting:
        for name in predecessors(route, waiting.pop(), active) - found:
            found.add(name)
            waiting.append(steps[name])
    return found
