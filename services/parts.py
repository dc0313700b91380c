"""Of which legally separate items a bundle (一件事) consists, and which of them somebody asks for (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.conditions import Condition
from services.fields import Field
from services.foresight import Verdict, any_of, foreseen
from services.form import Form
from services.logic import Every, Some
from services.materials import Material
from services.route import Route, Step


@dataclass(frozen=True)
class Part:
    """A part (联办事项) of a bundle: an item of its own, done by some of the bundle's steps.

    `choose` names the group of which the applicant takes one (任选其一), `on_demand` marks a part that
    may be left out (按需办理); `when` is the answer by which it is chosen, None for one that always belongs.
    """

    id: str
    item: str
    name: str
    steps: tuple[str, ...]
    when: Condition | None = None
    choose: str = ""
    on_demand: bool = False

    @property
    def is_optional(self) -> bool:
        """Whether the applicant decides about it."""
        return bool(self.choose) or self.on_demand


def part_of(parts: tuple[Part, ...], step_id: str) -> Part | None:
    """The part that a step belongs to; None for a step that serves several."""
    return next((part for part in parts if step_id in part.steps), None)


def chosen(part: Part, route: Route, answers: Mapping[str, object]) -> Verdict:
    """Whether a part is done for these answers: one of its steps is; None while that depends."""
    return any_of(foreseen(route.step(name).when, answers) for name in part.steps)


def makers(parts: tuple[Part, ...], part: Part, form: Form, route: Route) -> tuple[Part, ...]:
    """The parts whose certificates fill what a part reads (前一证照填写后一事项)."""
    steps = [route.step(name) for name in part.steps]
    types = {field.awaited for field in form.fields if field.awaited and _reads(steps, field.path)}
    return tuple(
        other
        for other in parts
        if other is not part and any(route.step(name).result in types for name in other.steps)
    )


def trimmed_route(parts: tuple[Part, ...], route: Route) -> Route:
    """The route with each step only where its part is chosen."""
    found = {name: part.when for part in parts for name in part.steps if part.when is not None}
    steps = (replace(s, when=both(found.get(s.id), s.when)) for s in route.steps)
    return replace(route, steps=tuple(steps))


def trimmed_materials(
    parts: tuple[Part, ...], route: Route, materials: tuple[Material, ...]
) -> tuple[Material, ...]:
    """Materials that only the steps of optional parts read are needed only with one of these parts."""
    return tuple(
        material
        if (when := _only_for(parts, _readers(route, f"materials.{material.id}"))) is None
        else replace(material, when=both(when, material.when))
        for material in materials
    )


def trimmed_form(
    parts: tuple[Part, ...], route: Route, materials: tuple[Material, ...], form: Form
) -> Form:
    """Fields that only the steps of optional parts read, or materials of theirs, are asked with these parts only.

    A field by which anything is decided is always asked.
    """
    deciding = _deciding(parts, route, materials, form)

    def trim(field: Field) -> Field:
        when = None if field.path in deciding else _only_for(parts, _users(route, materials, field))
        return field if when is None else _asked_when(field, when)

    sections = (
        replace(section, fields=tuple(trim(field) for field in section.fields))
        for section in form.sections
    )
    return replace(form, sections=tuple(sections))


def both(first: Condition | None, second: Condition | None) -> Condition | None:
    """The condition that two make together; the same one twice, or none, adds nothing."""
    if first is None or second is None or first.text == second.text:
        return first or second
    text = f"({first.text}) && ({second.text})"
    return Condition(text, Every((first.expression, second.expression)))


def either(conditions: list[Condition]) -> Condition:
    """The condition that holds when one of some does."""
    different = list({condition.text: condition for condition in conditions}.values())
    if len(different) == 1:
        return different[0]
    text = " || ".join(f"({condition.text})" for condition in different)
    return Condition(text, Some(tuple(condition.expression for condition in different)))


def _asked_when(field: Field, when: Condition) -> Field:
    """The field as it is asked under a condition."""
    if field.awaited:  # filled by an earlier step, asked of nobody
        return field
    return replace(field, when=both(when, field.when))


def _only_for(parts: tuple[Part, ...], steps: list[Step] | None) -> Condition | None:
    """The condition of the optional parts to which all these steps belong.

    None when a step serves others too, and for what all parts of a choice need: whichever is chosen asks it.
    """
    found = {part for step in steps or () for part in [part_of(parts, step.id)]}
    if not found or any(part is None or part.when is None for part in found):
        return None
    for group in {part.choose for part in found if part and part.choose}:
        if {part for part in parts if part.choose == group} <= found:
            return None
    ordered = [part for part in parts if part in found]
    return either([part.when for part in ordered if part.when is not None])


def _users(route: Route, materials: tuple[Material, ...], field: Field) -> list[Step] | None:
    """The steps that use a field, themselves or by a material made from it; None when everybody may."""
    used = _readers(route, field.path)
    for material in (one for one in materials if field.path in one.paths):
        readers = _readers(route, f"materials.{material.id}")
        if not readers:
            return None
        used += readers
    return used


def _readers(route: Route, path: str) -> list[Step]:
    return [step for step in route.steps if _reads([step], path)]


def _reads(steps: list[Step], path: str) -> bool:
    scopes = [scope for step in steps for scope in step.reads]
    return any(path == scope or path.startswith(f"{scope}.") for scope in scopes)


def _deciding(
    parts: tuple[Part, ...], route: Route, materials: tuple[Material, ...], form: Form
) -> set[str]:
    """Paths of the fields that conditions ask, or by which a department is found."""
    conditions: list[Condition | None] = [part.when for part in parts]
    conditions += [step.when for step in route.steps]
    conditions += [material.condition for material in materials]
    conditions += [c for field in form.fields for c in (field.when, field.required_when)]
    conditions += [c for check in form.checks for c in (check.when, check.holds)]
    asked = {path for condition in conditions if condition for path in condition.paths}
    return asked | {step.at for step in route.steps}
