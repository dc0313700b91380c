"""What a definition would do with made-up answers: what is asked, who works when, what comes out (试运行, pure).

Nothing is kept and no case is opened. The same rules as for real cases: form, materials, active steps,
their order and their days.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from people.errors import Problem
from services.definition import Definition
from services.eligibility import eligibility_problems
from services.fields import Field
from services.form import settled
from services.limits import Duration, Limit
from services.materials import Material
from services.promise import promise_for
from services.results import Result
from services.route import Step, active_steps, predecessors
from services.validation import AnswerCheck
from services.walk import longest

Ending = Callable[[date, Limit], date | None]  # the last day of a limit that begins on a day


@dataclass(frozen=True)
class TrialStep:
    """One step that the answers call for.

    `wave` counts from 1: steps of one wave may run side by side. `after` are the names of the steps that
    it waits for, `takes` the longest from acceptance to its end, `opens_on` and `due_on` None when the
    calendar does not know.
    """

    step: Step
    wave: int
    after: tuple[str, ...]
    takes: Duration
    opens_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class Trial:
    """What would happen: faults of the answers, fields and materials asked for, steps, results, promise."""

    problems: tuple[Problem, ...]
    fields: tuple[Field, ...]
    materials: tuple[Material, ...]
    steps: tuple[TrialStep, ...]
    idle: tuple[Step, ...]  # steps that these answers do not call for
    results: tuple[Result, ...]
    promised_on: date | None


def try_out(
    definition: Definition, answers: Mapping[str, object], accepted_on: date, ending: Ending
) -> Trial:
    """Runs the answers (nested, cleaned) through a definition as if the case was accepted on a day."""
    answers = settled(definition.form, answers)
    active = active_steps(definition.route, answers)
    granted = {step.result for step in active if step.result}
    wrong = AnswerCheck(definition.form).problems(answers)
    return Trial(
        problems=(
            *wrong,
            *eligibility_problems(definition.eligibility, answers, complete=not wrong),
        ),
        fields=tuple(field for field in definition.form.fields if field.needed(answers)),
        materials=tuple(one for one in definition.materials if one.needed(answers)),
        steps=_steps(definition, active, accepted_on, ending),
        idle=tuple(step for step in definition.route.steps if step not in active),
        results=tuple(result for result in definition.results if result.code in granted),
        promised_on=ending(accepted_on, promise_for(definition, answers)),
    )


def _steps(
    definition: Definition, active: Sequence[Step], accepted_on: date, ending: Ending
) -> tuple[TrialStep, ...]:
    """The active steps by wave; those that wait for each other in a circle are left out."""
    waits = {step.id: predecessors(definition.route, step, active) for step in active}
    ends = longest(definition.route, active)
    names = {step.id: step.name for step in active}
    found: dict[str, TrialStep] = {}
    while ready := [s for s in active if s.id not in found and waits[s.id] <= found.keys()]:
        for step in ready:
            before = [found[name] for name in sorted(waits[step.id])]
            opens_on = _latest([accepted_on, *(one.due_on for one in before)])
            found[step.id] = TrialStep(
                step=step,
                wave=1 + max((one.wave for one in before), default=0),
                after=tuple(names[one.step.id] for one in before),
                takes=ends[step.id],
                opens_on=opens_on,
                due_on=None if opens_on is None else ending(opens_on, step.within),
            )
    return tuple(sorted(found.values(), key=lambda one: one.wave))


def _latest(days: Sequence[date | None]) -> date | None:
    """The last of some days, None when one is not known."""
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
