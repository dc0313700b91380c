"""Whether the form asks for whatever will be needed later: no dead requirement, no dead end (pure)."""

from typing import cast

from people.errors import Problem
from services.conditions import Condition
from services.definition import Definition
from services.errors import broken
from services.faces import CertificateTypes
from services.fields import Field
from services.form import Form
from services.limits import as_duration
from services.materials import Material, members_of
from services.regions import Region, Sample, regions, shortest
from services.results import Result


def requirement_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """Broken rules of required fields, materials and result faces. Raises TooManyRegions."""
    form = definition.form
    failures = [
        broken(f"{field.place}.{key}", "CONDITION_NEVER_HOLDS")
        for field in form.fields
        for key, condition in (("when", field.when), ("required_when", field.required_when))
        if condition is not None and _is_dead(form, condition)
    ]
    failures += _material_problems(definition) + _face_problems(definition, types)
    return failures + _asks_problems(definition)


def _material_problems(definition: Definition) -> list[Problem]:
    """A needed material can be had: it has a way that works, and its fields are asked for."""
    form = definition.form
    failures = []
    for material in definition.materials:
        place = f"materials.{material.id}"
        for key, condition in (("when", material.when), ("required_when", material.required_when)):
            if condition is not None and _is_dead(form, condition):
                failures.append(broken(f"{place}.{key}", "CONDITION_NEVER_HOLDS"))
        if not material.group and (material.required or material.required_when is not None):
            failures += _gaps(form, material.paths, material.condition, f"{place}.paths")
        if material.later is not None:
            failures += _later_problems(definition, material, place)
    return failures + _group_problems(definition)


def _later_problems(definition: Definition, material: Material, place: str) -> list[Problem]:
    """What is supplied later comes within the legal limit, and before somebody's grant that waits for it."""
    failures = []
    later, limits = material.later, definition.limits
    if later and limits.statutory is not None and not as_duration(later).fits(limits.statutory):
        failures.append(broken(f"{place}.later", "LATER_OVER_STATUTORY", days=later.days))
    deciding = [step for step in definition.route.steps if step.decides]
    if not any(_covers(step.reads, place) for step in deciding):
        failures.append(broken(place, "LATER_NOT_READ"))
    return failures


def _group_problems(definition: Definition) -> list[Problem]:
    """A group has members enough for what it asks."""
    return [
        broken(f"material_groups.{group.id}", "GROUP_TOO_SMALL", members=len(members))
        for group in definition.material_groups
        for members in [members_of(group, definition.materials)]
        if len(members) < max(group.least, 2)
    ]


def _face_problems(definition: Definition, types: CertificateTypes) -> list[Problem]:
    """A grant can always be issued: its face is read by the deciding step, what it needs never empty (INV-09)."""
    failures = []
    for step in definition.route.steps:
        result = next((r for r in definition.results if r.code == step.result), None)
        if result is None:
            continue
        place = f"results.{result.code}.face"
        unread = [p for p in result.paths if not _covers(step.reads, p)]
        failures += [broken(place, "FACE_NOT_READ", path=path, step=step.id) for path in unread]
        failures += _gaps(definition.form, _needed(result, types), step.when, place)
    return failures


def _asks_problems(definition: Definition) -> list[Problem]:
    """A register is never asked with half a question."""
    return [
        problem
        for step in definition.route.steps
        for problem in _gaps(
            definition.form, tuple(step.asks.values()), step.when, f"route.{step.id}.asks"
        )
    ]


def _needed(result: Result, types: CertificateTypes) -> tuple[str, ...]:
    """The paths without which the face could not be issued; of an unknown type all of them."""
    facts = types.get(result.code)
    needed = result.face if facts is None else cast(list[str], facts.face.get("required", []))
    return tuple(path for name, path in result.face.items() if name in needed)


def _covers(scopes: tuple[str, ...], path: str) -> bool:
    return any(path == scope or path.startswith(f"{scope}.") for scope in scopes)


def _gaps(form: Form, paths: tuple[str, ...], when: Condition | None, place: str) -> list[Problem]:
    """Fields that may be left empty although they are needed when a condition holds."""
    failures = []
    for field in (form.field(path) for path in paths):
        example = None if field is None else _gap(form, field, when)
        if field is not None and example is not None:
            failures.append(broken(place, "MAY_BE_EMPTY", path=field.path, example=example))
    return failures


def _gap(form: Form, field: Field, when: Condition | None) -> Sample | None:
    if field.is_always_needed or field.awaited:  # awaiting.py sees to it that it is there in time
        return None
    asked = (when, field.when, field.required_when)
    found = regions(form, [condition for condition in asked if condition is not None])

    def is_open(region: Region) -> bool:
        wanted = when is None or when.holds(region.answers)
        return wanted and not field.needed(region.answers)

    return shortest(found, is_open) if any(map(is_open, found)) else None


def _is_dead(form: Form, condition: Condition) -> bool:
    return not any(condition.holds(region.answers) for region in regions(form, [condition]))
