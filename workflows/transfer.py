"""Whether a running case may go on under another version of its item, and why not (pure).

What was answered, opened and handed in must still mean the same (BAD-67); nobody's work is done twice and no
answer is turned into one to another question. A draft always moves: what does not fit is asked again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from people.errors import Problem
from services.definition import Definition
from services.errors import REQUIRED
from services.fields import Field
from services.form import clean
from services.materials import Material
from services.route import Step, active_steps, predecessors
from workflows.reading import flat

CLOSED = frozenset({"decided", "concluded", "not_accepted", "withdrawn", "lapsed", "forwarded"})
# What a version must keep of an item for a case that was submitted.
OF_THE_ITEM = ("code", "name", "item_type", "is_bundle", "lead", "at", "join")
# What makes a field the same question, and a material the same document.
OF_A_FIELD = ("type", "label", "unit", "decimals", "columns")
OF_A_MATERIAL = (
    "name",
    "mode",
    "certificate",
    "holder",
    "paths",
    "core",
    "group",
    "later",
    "role",
    "register",
)


@dataclass(frozen=True)
class CaseFacts:
    """What of a case its move depends on.

    `opened` are the steps that some department has begun or ended, `stops` the codes of stops that it had,
    `named` the paths of an open correction notice, `wrong` and `missing` what the new version's form and
    materials find wrong with what is there.
    """

    state: str
    kind: str  # of the applicant: person or enterprise
    is_accepted: bool
    answers: Mapping[str, object]
    opened: Collection[str] = ()
    stops: Collection[str] = ()
    named: Collection[str] = ()
    files: Collection[str] = ()  # ids of the materials that have files or a promise
    wrong: Sequence[Problem] = ()
    missing: Sequence[Problem] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether a case moves; why it stays, which answers and files a move drops, and what it asks for."""

    reasons: tuple[Problem, ...] = ()
    dropped: tuple[str, ...] = ()  # answer paths
    unfiled: tuple[str, ...] = ()  # ids of materials
    asked: tuple[str, ...] = ()  # paths that must now be answered

    @property
    def moves(self) -> bool:
        """Whether nothing keeps it where it is."""
        return not self.reasons


def verdict_on(case: CaseFacts, old: Definition, new: Definition) -> Verdict:
    """What a move from one version to another would do to a case."""
    if case.state in CLOSED:
        return Verdict((Problem("CASE_CLOSED", "case", {"state": case.state}),))
    if case.kind not in new.audience or not new.is_on_application:
        return Verdict((Problem("APPLICANT_TYPE_MISMATCH", "audience"),))
    if case.state == "draft":
        return _draft(case, old, new)
    found = [
        *_item_reasons(case, old, new),
        *_answer_reasons(case, old, new),
        *_material_reasons(case, old, new),
        *_step_reasons(case, old, new),
    ]
    return Verdict(tuple(_once(found)))


def _once(found: Sequence[Problem]) -> list[Problem]:
    return list({(problem.code, problem.field): problem for problem in found}.values())


def _draft(case: CaseFacts, old: Definition, new: Definition) -> Verdict:
    """A draft keeps the answers that still fit; the others, and new questions, are asked."""
    present = flat(case.answers)
    kept, _ = clean(new.form, {p: v for p, v in present.items() if _same_field(old, new, p)})
    dropped = [path for path, value in present.items() if kept.get(path) != value]
    asked = [
        field.path
        for field in new.form.fields
        if field.required and not field.awaited and _is_new(old, field, dropped)
    ]
    unfiled = [name for name in case.files if not _same_material(old, new, name)]
    return Verdict((), tuple(dropped), tuple(sorted(unfiled)), tuple(asked))


def _is_new(old: Definition, field: Field, dropped: Collection[str]) -> bool:
    before = old.form.field(field.path)
    return field.path in dropped or before is None or not before.required


def _item_reasons(case: CaseFacts, old: Definition, new: Definition) -> list[Problem]:
    found = [
        Problem("ITEM_DIFFERS", name)
        for name in OF_THE_ITEM
        if getattr(old, name) != getattr(new, name)
    ]
    if old.route.quorum != new.route.quorum:
        found.append(Problem("ITEM_DIFFERS", "quorum"))
    if case.is_accepted and old.limits != new.limits:
        found.append(Problem("LIMITS_DIFFER", "limits"))
    return found + [
        Problem("STOP_DIFFERS", f"stops.{code}")
        for code in case.stops
        if code and old.stop(code) != new.stop(code)
    ]


def _answer_reasons(case: CaseFacts, old: Definition, new: Definition) -> list[Problem]:
    """Every answer is still one to the same question, and no question is left without one."""
    paths = [*flat(case.answers), *(path for path in case.named if old.form.field(path))]
    found = [
        Problem("FIELD_DIFFERS", path, _label(old, path))
        for path in paths
        if not _same_field(old, new, path)
    ]
    for problem in case.wrong:
        label, is_open = _label(new, problem.field), problem.code == REQUIRED
        found.append(
            Problem("FIELD_REQUIRED" if is_open else "FIELD_DIFFERS", problem.field, label)
        )
    return found + [
        Problem("FIELD_DIFFERS", path, _label(old, path))
        for path in flat(case.answers)
        if (field := new.form.field(path)) is not None and not field.called(case.answers)
    ]


def _label(definition: Definition, path: str) -> dict[str, object]:
    field = definition.form.field(path)
    return {"label": field.label if field is not None else path}


def _same_field(old: Definition, new: Definition, path: str) -> bool:
    """Whether a path is the same question in both; an option that is gone is a matter of the answer."""
    one, other = old.form.field(path), new.form.field(path)
    if one is None or other is None:
        return False
    words = {option.code: option.label for option in other.options}
    kept = all(words.get(option.code, option.label) == option.label for option in one.options)
    return kept and _alike(one, other, OF_A_FIELD)


def _alike(one: object, other: object, names: Sequence[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _material_reasons(case: CaseFacts, old: Definition, new: Definition) -> list[Problem]:
    """What was handed in is still the same document, and none is asked for that is not there."""
    before = {m.id for m in old.materials if m.needed(case.answers)} | set(case.files)
    found = [
        Problem("MATERIAL_DIFFERS", f"materials.{name}", _name(old.material(name), name))
        for name in sorted(before)
        if not _same_material(old, new, name)
    ]
    groups = {group.id for group in old.material_groups if group in new.material_groups}
    for problem in case.missing:
        name = problem.field.removeprefix("materials.")
        if name not in before | groups:
            label = _name(new.material(name), name)
            found.append(Problem("MATERIAL_REQUIRED", problem.field, label))
    return found


def _name(material: Material | None, name: str) -> dict[str, object]:
    return {"label": material.name if material is not None else name}


def _same_material(old: Definition, new: Definition, name: str) -> bool:
    one, other = old.material(name), new.material(name)
    return one is not None and other is not None and _alike(one, other, OF_A_MATERIAL)


def _step_reasons(case: CaseFacts, old: Definition, new: Definition) -> list[Problem]:
    """What was begun is the same step in both, after the same ones, with the same result."""
    active, actives = active_steps(old.route, case.answers), active_steps(new.route, case.answers)
    steps = {step.id: step for step in old.route.steps}
    others = {step.id: step for step in actives}
    found = []
    for name in sorted(case.opened):
        step, other = steps[name], others.get(name)
        told = {"label": step.name}
        if other is None or not _same_step(old, step, new, other):
            found.append(Problem("STEP_DIFFERS", f"route.{name}", told))
        elif predecessors(old.route, step, active) != predecessors(new.route, other, actives):
            found.append(Problem("ORDER_DIFFERS", f"route.{name}", told))
    return found


def _same_step(old: Definition, step: Step, new: Definition, other: Step) -> bool:
    """The same in every way but when it is called for and what comes after it; its result and group too."""
    bare = [replace(one, before=(), when=None) for one in (step, other)]
    results = [[r for r in d.results if r.code == step.result] for d in (old, new)]
    groups = [[g for g in d.route.groups if g.id == step.group] for d in (old, new)]
    return bare[0] == bare[1] and results[0] == results[1] and groups[0] == groups[1]


def unchanged_steps(old: Definition, new: Definition, answers: Mapping[str, object]) -> set[str]:
    """Ids of the steps that the answers call for in both versions, and that are the same in both."""
    before = {step.id: step for step in active_steps(old.route, answers)}
    after = active_steps(new.route, answers)
    return {s.id for s in after if s.id in before and _same_step(old, before[s.id], new, s)}
