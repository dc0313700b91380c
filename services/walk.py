"""How a case runs through its active steps, for every outcome of its decisions (pure).

The same rules by which cases really move (workflows.joins); the tests hold the two together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from services.limits import Duration
from services.route import Route, Step, predecessors


@dataclass(frozen=True)
class Run:
    """One run to its end: the outcome of each step that closed, and the steps that wait forever.

    Outcomes: approved and denied of a decision, match of a check that ends its group, done of any other
    step, void of one that was in vain.
    """

    outcomes: Mapping[str, str]
    waiting: frozenset[str]


def forks(route: Route, active: Sequence[Step]) -> dict[str, tuple[str, str]]:
    """The active steps after which a case goes one of two ways, with the word of each."""
    return {
        step.id: ("approved", "denied") if step.decides else ("match", "done")
        for step in active
        if step.decides or route.alternatives(step)
    }


def runs(route: Route, active: Sequence[Step]) -> Iterator[Run]:
    """The runs for every combination of grants and denials, and of checks that match or do not."""
    waits = {step.id: predecessors(route, step, active) for step in active}
    groups = {step.id: route.alternatives(step) for step in active}
    ways = forks(route, active)
    for words in product(*ways.values()):
        yield _run(route.join, waits, groups, dict(zip(ways, words, strict=True)))


def _run(
    join: str,
    waits: Mapping[str, frozenset[str]],
    groups: Mapping[str, str],
    words: Mapping[str, str],
) -> Run:
    """Closes what may open, one step at a time, until nothing moves."""
    outcomes: dict[str, str] = {}
    decided = {step: word for step, word in words.items() if word in {"approved", "denied"}}
    while True:
        while vain := _in_vain(join, waits, groups, decided, outcomes):
            outcomes |= dict.fromkeys(vain, "void")
        ready = [s for s in waits if s not in outcomes and _may_open(s, waits, outcomes)]
        if not ready:
            return Run(outcomes, frozenset(waits) - outcomes.keys())
        outcomes[ready[0]] = words.get(ready[0], "done")


def _may_open(step: str, waits: Mapping[str, frozenset[str]], outcomes: Mapping[str, str]) -> bool:
    """Whether all before it closed; one that was not needed passes the order on."""
    seen: set[str] = set()
    waiting = list(waits[step])
    while waiting:
        before = waiting.pop()
        if before not in outcomes:
            return False
        if outcomes[before] == "void" and before not in seen:
            seen.add(before)
            waiting += waits[before]
    return True


def _in_vain(
    join: str,
    waits: Mapping[str, frozenset[str]],
    groups: Mapping[str, str],
    decided: Mapping[str, str],
    outcomes: Mapping[str, str],
) -> list[str]:
    """Open steps that nothing can come of: after a denial they wait for, or after the join ended.

    And those of a group where another one matched; what follows them goes on.
    """
    answered = {groups[step] for step, word in outcomes.items() if word == "match"}
    words = {outcomes[step] for step in decided if step in outcomes}
    ended = ("denied" in words and join in {"all", "veto"}) or (
        "approved" in words and join == "any"
    )
    lost = {step for step in decided if outcomes.get(step) in {"denied", "void"}}
    spread = True
    while spread:
        after = {step for step in waits if step not in lost and waits[step] & lost}
        spread = bool(after)
        lost |= after
    return [
        step
        for step in waits
        if step not in outcomes
        and ((ended and step in decided) or step in lost or groups[step] in answered)
    ]


def longest(route: Route, active: Sequence[Step]) -> dict[str, Duration]:
    """For each active step that can be reached, the longest it takes from acceptance to its end.

    Where paths mix working and calendar days, the larger of each kind counts: never too short.
    """
    waits = {step.id: predecessors(route, step, active) for step in active}
    steps = {step.id: step for step in active}
    ends: dict[str, Duration] = {}
    while ready := [s for s in steps if s not in ends and waits[s] <= ends.keys()]:
        for name in ready:
            before = [ends[other] for other in waits[name]]
            start = Duration(
                max((end.working for end in before), default=0),
                max((end.calendar for end in before), default=0),
            )
            ends[name] = start.then(steps[name].within)
    return ends
