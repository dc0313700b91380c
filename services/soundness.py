"""Whether a definition is sound enough to be published, and the shortest counter-example if not (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from people.errors import Problem
from services.awaiting import awaiting_problems
from services.check_rules import check_problems
from services.definition import Definition
from services.errors import ROUTE_TOO_COMPLEX, broken
from services.faces import CertificateTypes, face_problems, source_problems
from services.limits import Duration, as_duration
from services.part_rules import part_problems
from services.regions import MOST, Region, TooManyRegions, regions, shortest
from services.requirements import requirement_problems
from services.route import active_steps
from services.step_rules import step_problems
from services.walk import Run, forks, longest, runs

Active = tuple[str, ...]  # ids of the steps that some answers call for


@dataclass(frozen=True)
class Proof:
    """What the walk found: every failure with its place and rule, and how much was walked."""

    failures: tuple[Problem, ...]
    figures: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether the definition may be published."""
        return not self.failures


@dataclass
class _Walk:
    """The regions of a route, with the runs and durations of each set of active steps."""

    definition: Definition
    regions: list[Region]
    runs: dict[Active, list[Run]] = field(default_factory=dict)
    ends: dict[Active, dict[str, Duration]] = field(default_factory=dict)

    def key(self, region: Region) -> Active:
        """The ids of the steps that are active in a region."""
        return tuple(step.id for step in active_steps(self.definition.route, region.answers))

    @property
    def longest(self) -> int:
        """Days of the longest path, of either kind."""
        ends = [end for found in self.ends.values() for end in found.values()]
        return max((end.working + end.calendar for end in ends), default=0)

    def failures(
        self, place: str, rule: str, failing: Mapping[Active, bool], **params: object
    ) -> list[Problem]:
        """The rule as broken, with the shortest answers that break it; nothing when none do."""
        if not any(failing.values()):
            return []
        example = shortest(self.regions, lambda region: failing[self.key(region)])
        return [broken(place, rule, example=example, **params)]


def prove(
    definition: Definition,
    staffed: Mapping[str, set[str]],
    certificate_types: CertificateTypes,
    registers: Collection[str] | None = None,
) -> Proof:
    """Walks the route over every region of the form and every outcome.

    `staffed` is {division code: functions with somebody who may decide there}; `certificate_types`
    what the library says of each type, `registers` those that answer checks. Above 4,096 regions or
    runs: ROUTE_TOO_COMPLEX.
    """
    failures = [
        *step_problems(definition),
        *check_problems(definition, registers),
        *_staff_problems(definition, staffed),
        *source_problems(definition, certificate_types),
        *face_problems(definition, certificate_types),
    ]
    figures = {"steps": len(definition.route.steps), "fields": len(definition.form.fields)}
    try:
        walk = _walk(definition)
        failures += requirement_problems(definition, certificate_types) + awaiting_problems(
            definition, certificate_types
        )
        failures += part_problems(definition)
    except TooManyRegions:
        failures.append(Problem(ROUTE_TOO_COMPLEX, "route", {"limit": MOST}))
        return Proof(tuple(failures), figures)
    failures += _end_problems(walk) + _dead_step_problems(walk) + _limit_problems(walk)
    figures |= {
        "regions": len(walk.regions),
        "runs": sum(len(found) for found in walk.runs.values()),
        "longest_path": walk.longest,
    }
    return Proof(tuple(failures), figures)


def _walk(definition: Definition) -> _Walk:
    route = definition.route
    conditions = [step.when for step in route.steps if step.when is not None]
    walk = _Walk(definition, regions(definition.form, conditions))
    walked = 0
    for region in walk.regions:
        active = active_steps(route, region.answers)
        key = walk.key(region)
        if key in walk.runs:
            continue
        walked += 2 ** len(forks(route, active))
        if walked > MOST:
            raise TooManyRegions
        walk.runs[key] = list(runs(route, active))
        walk.ends[key] = longest(route, active)
    return walk


def _end_problems(walk: _Walk) -> list[Problem]:
    """Every case ends, and ends with a decision."""
    route = walk.definition.route
    deciding = {key: sum(route.step(name).decides for name in key) for key in walk.runs}
    stuck = {key: {n for run in found for n in run.waiting} for key, found in walk.runs.items()}
    failures = walk.failures("route", "NO_DECISION", {key: not n for key, n in deciding.items()})
    for step in route.steps:
        waits = {key: step.id in names for key, names in stuck.items()}
        failures += walk.failures(f"route.{step.id}", "STEP_WAITS_FOREVER", waits)
    for group in (one for one in route.groups if one.join == "any"):
        members = {step.id for step in route.steps if step.group == group.id}
        nobody = {key: not members & set(key) for key in walk.runs}
        failures += walk.failures(f"groups.{group.id}", "GROUP_ASKS_NOBODY", nobody)
    if route.join == "quorum":
        short = {key: n < route.quorum for key, n in deciding.items()}
        failures += walk.failures("quorum", "QUORUM_UNREACHABLE", short, quorum=route.quorum)
    for code in sorted({step.result for step in route.steps if step.result}):
        granting = {step.id for step in route.steps if step.result == code}
        twice = {key: len(granting & set(key)) > 1 for key in walk.runs}
        failures += walk.failures(f"results.{code}", "RESULT_TWICE", twice)
    return failures


def _dead_step_problems(walk: _Walk) -> list[Problem]:
    """Every step is needed for some answers, and some outcome lets it be worked on."""
    closed = {
        name
        for found in walk.runs.values()
        for run in found
        for name, outcome in run.outcomes.items()
        if outcome != "void"
    }
    called = {name for key in walk.runs for name in key}
    waiting = {name for found in walk.runs.values() for run in found for name in run.waiting}
    return [
        broken(f"route.{step.id}", "DEAD_STEP" if step.id not in called else "STEP_IN_VAIN")
        for step in walk.definition.route.steps
        if step.id not in closed | waiting
    ]


def _limit_problems(walk: _Walk) -> list[Problem]:
    """The longest path fits the promise, the promise the law, each decision its own legal limit."""
    limits = walk.definition.limits
    promised = limits.promised
    failures = []
    if limits.statutory and not as_duration(promised).fits(limits.statutory):
        failures.append(broken("limits.promised", "PROMISE_OVER_STATUTORY", days=promised.days))
    late = {
        k: any(not end.fits(promised) for end in ends.values()) for k, ends in walk.ends.items()
    }
    failures += walk.failures(
        "limits.promised", "PROMISE_TOO_SHORT", late, promised=promised.days, needed=walk.longest
    )
    for step in walk.definition.route.steps:
        if step.statutory is not None:
            place, law = f"route.{step.id}.statutory", step.statutory
            over = {k: step.id in e and not e[step.id].fits(law) for k, e in walk.ends.items()}
            failures += walk.failures(place, "STEP_OVER_STATUTORY", over, statutory=law.days)
    return failures


def _staff_problems(definition: Definition, staffed: Mapping[str, set[str]]) -> list[Problem]:
    """Every function that the item names has somebody who may decide, in every division."""
    wanted: list[tuple[str, str]] = [("lead", definition.lead)]
    wanted += [
        (f"route.{step.id}.department", function)
        for step in definition.route.steps
        for function in step.departments
    ]
    if not staffed:
        return [broken("at", "NO_DIVISION")]
    failures = []
    for place, function in wanted:
        without = sorted(division for division, there in staffed.items() if function not in there)
        if without:
            rule = (
                "UNKNOWN_DEPARTMENT" if len(without) == len(staffed) else "DEPARTMENT_NOT_STAFFED"
            )
            failures.append(broken(place, rule, function=function, divisions=without[:10]))
    return failures
