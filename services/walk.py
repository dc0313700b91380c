"""How a case runs through its active steps, for every way in which it may end (pure).

The same rules by which cases really move (workflows.joins); the tests hold the two together.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.limits import Duration
from services.route import Route, Step, predecessors

Outcomes = Mapping[str, str]  # the outcome of each step that closed, in the order in which they did
WordOf = Callable[[str], str]
GOOD = {
    "verify": "match",
    "advise": "agree",
    "inspect": "passed",
    "evaluate": "passed",
    "issue": "approved",
    "approve": "approved",
}


@dataclass(frozen=True)
class Plan:
    """The active steps of some answers: what each waits for, which decide, and which are alternatives."""

    join: str
    waits: Mapping[str, frozenset[str]]
    deciding: frozenset[str]
    groups: Mapping[str, str]  # {step: the `any` group that it belongs to, or empty}
    issuing: frozenset[str] = frozenset()

    def follows(self, step: str) -> set[str]:
        """The steps that a step waits for, however far back."""
        found: set[str] = set()
        waiting = [step]
        while waiting:
            fresh = self.waits[waiting.pop()] - found
            found |= fresh
            waiting += fresh
        return found


@dataclass(frozen=True)
class Move:
    """One thing that happens to a case: steps `opened`, one `closed` with its word, or steps `void`."""

    kind: str
    steps: tuple[str, ...]
    word: str = ""


@dataclass(frozen=True)
class Run:
    """One run to its end: the outcome of each step that closed, and the steps that wait forever.

    Outcomes: approved and denied of a decision, match of a check that ends its group, done of any other
    step, void of one that was in vain.
    """

    outcomes: Outcomes
    waiting: frozenset[str]


def plan_of(route: Route, active: Sequence[Step]) -> Plan:
    """How the active steps hang together."""
    return Plan(
        join=route.join,
        waits={step.id: predecessors(route, step, active) for step in active},
        deciding=frozenset(step.id for step in active if step.decides),
        groups={step.id: route.alternatives(step) for step in active},
        issuing=frozenset(step.id for step in active if step.kind == "issue"),
    )


def words(plan: Plan, denied: Collection[str] = (), matched: Collection[str] = ()) -> WordOf:
    """What each step answers: `denied` those decisions, `matched` the checks of those groups."""

    def word(step: str) -> str:
        if step in plan.deciding:
            return "denied" if step in denied else "approved"
        return "match" if plan.groups[step] and plan.groups[step] in matched else "done"

    return word


def decisive_words(plan: Plan) -> Iterator[WordOf]:
    """Few ways to answer that reach whatever step can be reached, and leave waiting whatever can wait.

    Without a denial and a match nothing is in vain, so as much as possible is worked on, and whatever can
    wait forever does. Under `any` the first grant ends the others: one way for each first grant, and one
    without any.
    """
    if plan.join != "any":
        yield words(plan)
        return
    yield words(plan, plan.deciding)
    for first in sorted(plan.deciding):
        yield words(plan, plan.deciding - {first})


def runs(plan: Plan) -> Iterator[Run]:
    """The run of each of the decisive ways to answer."""
    for word in decisive_words(plan):
        yield run(plan, word)


def run(plan: Plan, word: WordOf) -> Run:
    """The run in which every step answers so."""
    outcomes: dict[str, str] = {}
    for move in play(plan, word):
        if move.kind != "opened":
            outcomes |= dict.fromkeys(move.steps, move.word)
    return Run(outcomes, frozenset(plan.waits) - outcomes.keys())


def play(plan: Plan, word: WordOf, only: Collection[str] | None = None) -> Iterator[Move]:
    """What happens until nothing can happen any more; the decisions that end others come first.

    `only` names the steps that are worked on; the others stay as they are.
    """
    ending = "approved" if plan.join == "any" else "denied"
    outcomes: dict[str, str] = {}
    opened: set[str] = set()
    while True:
        while vain := in_vain(plan, outcomes):
            outcomes |= dict.fromkeys(vain, "void")
            yield Move("void", tuple(vain), "void")
        ready = [s for s in plan.waits if s not in outcomes and may_open(plan, s, outcomes)]
        if fresh := tuple(step for step in ready if step not in opened):
            opened.update(fresh)
            yield Move("opened", fresh)
        ready = [step for step in ready if only is None or step in only]
        if not ready:
            return
        enders = (s for s in ready if s in plan.deciding and word(s) == ending)
        step = next(enders, ready[0])
        outcomes[step] = word(step)
        yield Move("closed", (step,), outcomes[step])


def may_open(plan: Plan, step: str, outcomes: Outcomes) -> bool:
    """Whether all before it closed; one that was not needed passes the order on."""
    seen: set[str] = set()
    waiting = list(plan.waits[step])
    while waiting:
        before = waiting.pop()
        if before not in outcomes:
            return False
        if outcomes[before] == "void" and before not in seen:
            seen.add(before)
            waiting += plan.waits[before]
    return True


def in_vain(plan: Plan, outcomes: Outcomes) -> list[str]:
    """Open steps that nothing can come of: after a denial they wait for, or after the join ended.

    Where a denial ends the case, nothing is left to issue. And those of a group where another one matched;
    what follows them goes on.
    """
    answered = {plan.groups[step] for step, word in outcomes.items() if word == "match"}
    denied = any(outcomes.get(step) == "denied" for step in plan.deciding)
    granted = any(outcomes.get(step) == "approved" for step in plan.deciding)
    ended: frozenset[str] = frozenset()
    if denied and plan.join in {"all", "veto"}:
        ended = plan.deciding | plan.issuing
    elif granted and plan.join == "any":
        ended = plan.deciding
    if not (denied or ended or answered):
        return []
    lost = _lost(plan, outcomes)
    return [
        step
        for step in plan.waits
        if step not in outcomes and (step in ended | lost or plan.groups[step] in answered)
    ]


def _lost(plan: Plan, outcomes: Outcomes) -> set[str]:
    """Decisions that were denied or ended, and all that wait for them, however far."""
    lost = {step for step in plan.deciding if outcomes.get(step) in {"denied", "void"}}
    spread = bool(lost)
    while spread:
        after = {step for step in plan.waits if step not in lost and plan.waits[step] & lost}
        spread = bool(after)
        lost |= after
    return lost


def longest(route: Route, active: Sequence[Step]) -> dict[str, Duration]:
    """For each active step that can be reached, the longest it takes from acceptance to its end."""
    return ends_of(route, plan_of(route, active))


def ends_of(route: Route, plan: Plan) -> dict[str, Duration]:
    """For each active step that can be reached, the longest it takes from acceptance to its end.

    Where paths mix working and calendar days, the larger of each kind counts: never too short.
    """
    ends: dict[str, Duration] = {}
    while ready := [s for s in plan.waits if s not in ends and plan.waits[s] <= ends.keys()]:
        for name in ready:
            before = [ends[other] for other in plan.waits[name]]
            start = Duration(
                max((end.working for end in before), default=0),
                max((end.calendar for end in before), default=0),
            )
            ends[name] = start.then(route.step(name).within)
    return ends
