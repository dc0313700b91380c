"""What to know before starting (办理前看一看): what is needed, what is there, how long, whether at all (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from services.answers import value_at
from services.definition import Definition
from services.eligibility import Rule, barred, eligible
from services.fields import Field
from services.foresight import Verdict, all_of, foreseen
from services.limits import Duration, Limit
from services.materials import Material
from services.parts import Part, chosen, makers
from services.promise import as_limit, critical_path, together
from services.results import wants_to_collect
from services.route import Step
from services.walk import longest

ASKABLE = frozenset({"boolean", "choice", "choices", "integer", "number"})
OPEN = frozenset({"file", "later", "lacking", "library"})  # ways in which it is not there by itself
_WAYS = {
    "form_generated": "form",
    "data_verified": "check",
    "promise": "promise",
    "later": "later",
}
Answers = Mapping[str, object]


@dataclass(frozen=True)
class Have:
    """The valid certificates of who asks, as (type code, holder); `is_known` is false while nobody signed in."""

    certificates: Collection[tuple[str, str]] = ()
    is_known: bool = False


@dataclass(frozen=True)
class Question:
    """A question to ask before starting; `is_first` of the situation, else an answer that makes it exact.

    One that is not `is_relevant` waits for another answer.
    """

    field: Field
    is_first: bool
    is_needed: bool
    is_relevant: bool
    value: object


@dataclass(frozen=True)
class SectionNeed:
    """How many fields of a section must be answered for sure, and may; certificates fill some of them."""

    label: str
    asked: int
    maybe: int
    filled: int


@dataclass(frozen=True)
class MaterialNeed:
    """A material that is or may be needed, and how it is had.

    `had`: form, promise, check (数据核验), file, later; of a certificate there, lacking, or library while
    nobody signed in.
    """

    material: Material
    is_certain: bool
    had: str


@dataclass(frozen=True)
class StepNeed:
    """A step that is or may be needed, and how long after acceptance it ends at the latest."""

    step: Step
    is_certain: bool
    ends: Duration


@dataclass(frozen=True)
class PartNeed:
    """A part of a bundle: whether it is chosen, how long it takes at the longest, after which parts it comes."""

    part: Part
    is_chosen: Verdict
    days: Duration
    after: tuple[Part, ...]


@dataclass(frozen=True)
class Preparation:
    """The whole answer. `days` is what these answers surely take, `most` what open ones may make of it.

    `visits` counts the times to come in person, `collects` says that one is to fetch the results.
    """

    eligible: Verdict
    reasons: tuple[Rule, ...]
    questions: tuple[Question, ...]
    sections: tuple[SectionNeed, ...]
    materials: tuple[MaterialNeed, ...]
    steps: tuple[StepNeed, ...]
    parts: tuple[PartNeed, ...]
    days: Duration
    most: Duration
    promised: Limit
    is_promise_short: bool
    visits: int
    collects: bool

    @property
    def departments(self) -> tuple[str, ...]:
        """The functions of the departments that work on it, each once, in the order of the route."""
        return tuple(dict.fromkeys(name for need in self.steps for name in need.step.departments))

    @property
    def registers(self) -> tuple[str, ...]:
        """Codes of the registers that are asked instead of the applicant."""
        names = (need.step.register for need in self.steps if need.step.register)
        return tuple(dict.fromkeys(names))


def prepare(definition: Definition, answers: Answers, have: Have | None = None) -> Preparation:
    """What an item asks of somebody who answered its questions so far; open questions leave things possible."""
    have = have or Have()
    steps = _steps(definition, answers)
    route = definition.route
    days = critical_path(route, [need.step for need in steps if need.is_certain])
    most = critical_path(route, [need.step for need in steps])
    published = definition.limits.promised
    collects = wants_to_collect(definition.form, answers)
    return Preparation(
        eligible=eligible(definition.eligibility, answers),
        reasons=barred(definition.eligibility, answers),
        questions=questions(definition, answers),
        sections=_sections(definition, answers, have),
        materials=_materials(definition, answers, have),
        steps=steps,
        parts=_parts(definition, answers, steps),
        days=days,
        most=most,
        promised=as_limit(most, published) if definition.parts else published,
        is_promise_short=not most.fits(published),
        visits=(definition.guide.visits or 0) + collects,
        collects=collects,
    )


def questions(definition: Definition, answers: Answers) -> tuple[Question, ...]:
    """The questions of the situation, then the fields elsewhere that decide about steps, materials, eligibility."""
    first = [f for s in definition.form.sections if s.asked_first for f in s.fields]
    steering = _steering(definition)
    others = [
        field
        for field in definition.form.fields
        if field.path in steering and field not in first and field.type in ASKABLE
    ]
    return tuple(
        Question(
            field,
            field in first,
            field in first and field.needed(answers),
            all_of(foreseen(c, answers) for c in (field.when, field.required_when)) is True,
            value_at(answers, field.path),
        )
        for field in [*first, *others]
    )


def _steering(definition: Definition) -> set[str]:
    conditions = [step.when for step in definition.route.steps]
    conditions += [material.condition for material in definition.materials]
    conditions += [rule.when for rule in definition.eligibility]
    return {path for condition in conditions if condition for path in condition.paths}


def _steps(definition: Definition, answers: Answers) -> tuple[StepNeed, ...]:
    """The steps that are needed or may be; each ends after all that may come before it."""
    verdicts = [(step, foreseen(step.when, answers)) for step in definition.route.steps]
    possible = [step for step, verdict in verdicts if verdict is not False]
    ends = longest(definition.route, possible)
    return tuple(
        StepNeed(step, verdict is True, ends.get(step.id, Duration()))
        for step, verdict in verdicts
        if verdict is not False
    )


def _parts(
    definition: Definition, answers: Answers, steps: tuple[StepNeed, ...]
) -> tuple[PartNeed, ...]:
    route, ends = definition.route, {need.step.id: need.ends for need in steps}
    return tuple(
        PartNeed(
            part,
            chosen(part, route, answers),
            together(ends[name] for name in part.steps if name in ends),
            makers(definition.parts, part, definition.form, route),
        )
        for part in definition.parts
    )


def _sections(definition: Definition, answers: Answers, have: Have) -> tuple[SectionNeed, ...]:
    """Sections with something to fill; what was asked already is not asked again."""
    found = []
    for section in definition.form.sections:
        open_ = [f for f in section.fields if not f.awaited and value_at(answers, f.path) is None]
        asked = [field for field in open_ if _asked(field, answers) is True]
        maybe = [field for field in open_ if _asked(field, answers) is None]
        filled = [field for field in [*asked, *maybe] if _is_filled(field, have)]
        need = SectionNeed(section.label, len(asked), len(maybe), len(filled))
        if asked or maybe:
            found.append(need)
    return tuple(found)


def _asked(field: Field, answers: Answers) -> Verdict:
    """Whether a field must be answered."""
    needed: Verdict = field.required
    if not needed and field.required_when is not None:
        needed = foreseen(field.required_when, answers)
    return all_of((foreseen(field.when, answers), needed))


def _is_filled(field: Field, have: Have) -> bool:
    return any((source.type, source.holder) in have.certificates for source in field.sources)


def _materials(definition: Definition, answers: Answers, have: Have) -> tuple[MaterialNeed, ...]:
    """Of a group of which some are enough, files only in case nothing else of it can be had for sure."""
    verdicts = [
        (material, foreseen(material.condition, answers))
        for material in definition.materials
        if material.required or material.required_when is not None
    ]
    needs = [
        MaterialNeed(material, verdict is True, _had(material, have))
        for material, verdict in verdicts
        if verdict is not False
    ]
    served = {n.material.group for n in needs if n.is_certain and n.had not in OPEN} - {""}
    return tuple(
        replace(need, is_certain=False)
        if need.material.group in served and need.had in OPEN
        else need
        for need in needs
    )


def _had(material: Material, have: Have) -> str:
    if material.certificate and material.mode in {"cert_linked", "data_verified"}:
        if not have.is_known:
            return "library"
        return (
            "there" if (material.certificate, material.holder) in have.certificates else "lacking"
        )
    return _WAYS.get(material.mode, "file")
