"""What is demanded of a whole route: it ends, nothing waits in vain, its days fit the promise and the law (pure)."""

from collections.abc import Callable, Mapping
from functools import partial

from people.errors import Problem
from services.errors import broken
from services.histories import (
    Event,
    History,
    accepted,
    answered,
    until_granted,
    until_in_vain,
    until_late,
    until_stuck,
)
from services.limits import Limit, as_duration
from services.walk import Plan
from services.ways import Active, Walk

Tell = Callable[[Plan], History]


def route_problems(walk: Walk) -> list[Problem]:
    """Broken rules of the route, each with the shortest history that shows it."""
    return [
        *_end_problems(walk),
        *_join_problems(walk),
        *_dead_step_problems(walk),
        *_issue_problems(walk),
        *_limit_problems(walk),
    ]


def _failures(
    walk: Walk, place: str, rule: str, failing: Mapping[Active, bool], tell: Tell, **params: object
) -> list[Problem]:
    """The rule as broken, with the fewest answers that break it and then the fewest events; or nothing."""
    if not any(failing.values()):
        return []
    example = walk.example(failing)
    told = min((tell(plan) for plan in walk.plans_of(example)), key=len)
    events = [*answered(walk.definition, example), accepted(), *told]
    return [broken(place, rule, example=example, events=events, **params)]


def _end_problems(walk: Walk) -> list[Problem]:
    """Every case ends, and ends with a decision."""
    route = walk.definition.route
    undecided = {key: not plan.deciding for key, plan in walk.plans.items()}
    stuck = {key: {n for run in found for n in run.waiting} for key, found in walk.runs.items()}

    def tell(plan: Plan) -> History:
        return [*until_stuck(route, plan)[:-1], {"event": "nobody_decides"}]

    failures = _failures(walk, "route", "NO_DECISION", undecided, tell)
    for step in route.steps:
        waits = {key: step.id in names for key, names in stuck.items()}
        told = partial(until_stuck, route, step=step.id)
        failures += _failures(walk, f"route.{step.id}", "STEP_WAITS_FOREVER", waits, told)
    return failures


def _join_problems(walk: Walk) -> list[Problem]:
    """Each group asks somebody, the quorum can be reached, and no result is granted twice."""
    route = walk.definition.route
    failures: list[Problem] = []
    for group in (one for one in route.groups if one.join == "any"):
        members = {step.id for step in route.steps if step.group == group.id}
        nobody = {key: not members & key for key in walk.plans}
        told = _only({"event": "nobody_asked", "name": group.name or group.id})
        failures += _failures(walk, f"groups.{group.id}", "GROUP_ASKS_NOBODY", nobody, told)
    for code in sorted({step.result for step in route.steps if step.result}):
        granting = [step for step in route.steps if step.result == code]
        twice = {key: len({s.id for s in granting} & key) > 1 for key in walk.plans}
        names = [step.name or step.id for step in granting]
        told = _only({"event": "granted_twice", "result": code, "names": names})
        failures += _failures(walk, f"results.{code}", "RESULT_TWICE", twice, told)
    return failures + _quorum_problems(walk)


def _only(event: Event) -> Tell:
    return lambda _plan: [event]


def _quorum_problems(walk: Walk) -> list[Problem]:
    """As many decisions as the quorum wants, even if every one is a grant."""
    route = walk.definition.route
    if route.join != "quorum":
        return []
    short = {key: len(plan.deciding) < route.quorum for key, plan in walk.plans.items()}

    def tell(plan: Plan) -> History:
        last = {"granted": len(plan.deciding), "quorum": route.quorum}
        return [*until_granted(route, plan), {"event": "quorum_short", **last}]

    return _failures(walk, "quorum", "QUORUM_UNREACHABLE", short, tell, quorum=route.quorum)


def _dead_step_problems(walk: Walk) -> list[Problem]:
    """Every step is needed for some answers, and some outcome lets it be worked on."""
    route = walk.definition.route
    found = [run for runs in walk.runs.values() for run in runs]
    closed = {name for run in found for name, word in run.outcomes.items() if word != "void"}
    waiting = {name for run in found for name in run.waiting}
    failures = []
    for step in route.steps:
        if step.id in closed | waiting:
            continue
        place = f"route.{step.id}"
        called = {key: step.id in key for key in walk.plans}
        if any(called.values()):
            tell = partial(until_in_vain, route, step=step.id)
            failures += _failures(walk, place, "STEP_IN_VAIN", called, tell)
        else:
            event: Event = {"event": "never_called", "names": [step.name or step.id]}
            event["when"] = step.when.text if step.when is not None else ""
            failures.append(broken(place, "DEAD_STEP", events=[accepted(), event]))
    return failures


def _issue_problems(walk: Walk) -> list[Problem]:
    """What is issued was granted: an `issue` step comes after a decision, whatever the answers are."""
    route = walk.definition.route
    failures = []
    for step in (one for one in route.steps if one.kind == "issue"):
        empty = {
            key: step.id in key and not plan.follows(step.id) & plan.deciding
            for key, plan in walk.plans.items()
        }
        told = _only({"event": "nothing_granted", "names": [step.name or step.id]})
        failures += _failures(walk, f"route.{step.id}", "ISSUES_NOTHING", empty, told)
    return failures


def _limit_problems(walk: Walk) -> list[Problem]:
    """The longest path fits the promise, the promise the law, each decision its own legal limit."""
    limits = walk.definition.limits
    promised = limits.promised
    failures = []
    if limits.statutory and not as_duration(promised).fits(limits.statutory):
        failures.append(broken("limits.promised", "PROMISE_OVER_STATUTORY", days=promised.days))
    late = {k: any(not e.fits(promised) for e in ends.values()) for k, ends in walk.ends.items()}
    params = {"promised": promised.days, "needed": walk.longest}
    told = _late(walk, promised, "promise_over")
    failures += _failures(walk, "limits.promised", "PROMISE_TOO_SHORT", late, told, **params)
    for step in walk.definition.route.steps:
        law = step.statutory
        if law is not None:
            slow = {k: step.id in e and not e[step.id].fits(law) for k, e in walk.ends.items()}
            told = _late(walk, law, "law_over", step.id)
            place = f"route.{step.id}.statutory"
            failures += _failures(
                walk, place, "STEP_OVER_STATUTORY", slow, told, statutory=law.days
            )
    return failures


def _late(walk: Walk, limit: Limit, event: str, step: str = "") -> Tell:
    last: Event = {"event": event, "days": limit.days, "kind": limit.kind}
    return lambda plan: [*until_late(walk.definition.route, plan, limit, step), last]
