"""Whether every department that a definition names has people enough, in every division (pure)."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.histories import Event, accepted, answered, until_open
from services.route import Step
from services.ways import Walk

Staffed = Mapping[str, Collection[str]]  # {division: functions}, or {division: {function: people}}
Told = Callable[[], list[Event]]
# In how many ways an officer may answer (workflows.commands.deciding).
WAYS = {"approve": 2, "verify": 4, "advise": 3, "inspect": 2, "evaluate": 2, "issue": 1}


def staff_problems(definition: Definition, staffed: Staffed, walk: Walk | None) -> list[Problem]:
    """Every function has somebody who may decide in every division, and as many as make a decision certain.

    Of people who may answer in w ways, w * (k - 1) + 1 are needed for k to be of one opinion.
    """
    if not staffed:
        return [broken("at", "NO_DIVISION")]
    failures = _missing(staffed, "lead", definition.lead, list)
    for step in definition.route.steps:
        told = partial(_until_open, walk, step)
        for function in step.departments:
            failures += _missing(staffed, f"route.{step.id}.department", function, told)
            failures += _split(staffed, step, function, told)
    return failures


def _missing(staffed: Staffed, place: str, function: str, told: Told) -> list[Problem]:
    without = sorted(division for division, there in staffed.items() if function not in there)
    if not without:
        return []
    nobody: Event = {"event": "nobody_there", "function": function, "divisions": without[:10]}
    rule = "UNKNOWN_DEPARTMENT" if len(without) == len(staffed) else "DEPARTMENT_NOT_STAFFED"
    events = [*told(), nobody]
    return [broken(place, rule, function=function, divisions=without[:10], events=events)]


def _split(staffed: Staffed, step: Step, function: str, told: Told) -> list[Problem]:
    """Opinions that may stay divided for good: the step would wait for somebody who is not there."""
    needed = WAYS[step.kind] * (step.opinions - 1) + 1
    counted = {d: there for d, there in staffed.items() if isinstance(there, Mapping)}
    people = {d: int(there[function]) for d, there in counted.items() if function in there}
    short = sorted(division for division, number in people.items() if number < needed)
    if not short:
        return []
    there = min(people[division] for division in short)
    divided: Event = {"event": "opinions_divided", "names": [step.name or step.id]}
    divided |= {"people": there, "opinions": step.opinions, "divisions": short[:10]}
    params = {"opinions": step.opinions, "people": there, "needed": needed}
    place, events = f"route.{step.id}.opinions", [*told(), divided]
    return [broken(place, "OPINIONS_UNREACHABLE", divisions=short[:10], events=events, **params)]


def _until_open(walk: Walk | None, step: Step) -> list[Event]:
    """The answers and events after which a step opens; nothing when it never does."""
    if walk is None:
        return []
    opens = {key: step.id in ends for key, ends in walk.ends.items()}
    if not any(opens.values()):
        return []
    example = walk.example(opens)
    route = walk.definition.route
    told = (until_open(route, plan, step.id) for plan in walk.plans_of(example))
    found = min((events for events in told if events is not None), key=len, default=[])
    return [*answered(walk.definition, example), accepted(), *found]
