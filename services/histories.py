"""What happens to a case, told as the shortest sequence of events that shows a broken rule (pure).

An event is plain data {"event": kind, ...} that names what it tells of in the words of the definition, so that
history_words.py can say it in the language of whoever reads it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from people.errors import Problem
from services.definition import Definition
from services.fields import Field
from services.limits import Duration, Limit
from services.results import worded
from services.route import Route
from services.walk import (
    GOOD,
    Move,
    Plan,
    WordOf,
    ends_of,
    play,
    words,
)

MOST_GROUPS = 6  # of alternatives whose matches are tried in every combination
Event = dict[str, object]
History = list[Event]


def answered(definition: Definition, example: Mapping[str, object]) -> History:
    """The answers of an example, one event each; a field left empty is one too."""
    return [_answer(definition.form.field(path), path, value) for path, value in example.items()]


def _answer(field: Field | None, path: str, value: object) -> Event:
    label = field.label if field is not None else path
    if value is None:
        return {"event": "left_empty", "path": path, "label": label}
    shown = worded(field, value) if field is not None else value
    unit = field.unit if field is not None else ""
    return {"event": "answered", "path": path, "label": label, "value": shown, "unit": unit}


def told_at_least(definition: Definition, problem: Problem) -> Problem:
    """The problem with events where it has an example of answers and nothing was told yet."""
    example = problem.params.get("example")
    if not isinstance(example, Mapping) or "events" in problem.params:
        return problem
    last: Event = {"event": "breaks", "rule": problem.params.get("rule", problem.code)}
    path = str(problem.params.get("path", ""))
    field = definition.form.field(path)
    last |= {"path": path, "label": field.label if field is not None else path}
    events = [*answered(definition, example), last]
    return Problem(problem.code, problem.field, {**problem.params, "events": events})


def accepted() -> Event:
    """受理: what every history of a route begins with."""
    return {"event": "accepted"}


def history(route: Route, moves: Iterable[Move]) -> History:
    """The moves of a case as events; a `done` is the good word of the step's kind."""
    return [_event(route, move) for move in moves]


def _event(route: Route, move: Move) -> Event:
    names = {"steps": list(move.steps), "names": [_name(route, step) for step in move.steps]}
    if move.kind != "closed":
        return {"event": move.kind, **names}
    kind = route.step(move.steps[0]).kind
    word = GOOD[kind] if move.word == "done" else move.word
    if move.word == "done" and route.alternatives(route.step(move.steps[0])):
        word = "mismatch"
    return {"event": "closed", **names, "kind": kind, "word": word}


def _name(route: Route, step: str) -> str:
    return route.step(step).name or step


def until_stuck(route: Route, plan: Plan, step: str | None = None) -> History:
    """The fewest answers of departments after which nothing can happen any more, and `step` still waits.

    Without a step: the fewest until the case ends.
    """
    ways = _shortening(plan, step)
    plays = [list(play(plan, word)) for word in ways]
    kept = [p for p in plays if step is None or step not in _closed(p)]
    fewest = min(kept, key=_length)
    waiting = [name for name in plan.waits if name not in _closed(fewest)]
    return [*history(route, fewest), _nothing(route, plan, waiting)]


def _nothing(route: Route, plan: Plan, waiting: Sequence[str]) -> Event:
    """Nothing can happen any more; who still waits, and for whom."""
    return {
        "event": "nothing_more",
        "steps": list(waiting),
        "names": [_name(route, step) for step in waiting],
        "for": [[_name(route, o) for o in sorted(plan.waits[s] & set(waiting))] for s in waiting],
    }


def _shortening(plan: Plan, step: str | None) -> Iterator[WordOf]:
    """Ways to answer among which the shortest history is: deny and match whatever does not end the step."""
    own = {step} | plan.follows(step) if step is not None else set()
    groups = sorted({group for group in plan.groups.values() if group})[:MOST_GROUPS]
    for matched in chain.from_iterable(combinations(groups, n) for n in range(len(groups) + 1)):
        yield words(plan, plan.deciding - own, matched)
        yield words(plan, (), matched)
        if plan.join == "any":
            for first in sorted(plan.deciding):
                yield words(plan, plan.deciding - {first}, matched)


def _closed(moves: Iterable[Move]) -> set[str]:
    return {step for move in moves if move.kind != "opened" for step in move.steps}


def _length(moves: Iterable[Move]) -> int:
    return sum(move.kind == "closed" for move in moves)


def until_granted(route: Route, plan: Plan) -> History:
    """Every decision a grant: the best that can come of a case."""
    groups = {group for group in plan.groups.values() if group}
    return history(route, play(plan, words(plan, (), groups)))


def until_in_vain(route: Route, plan: Plan, step: str) -> History:
    """The shortest history after which nothing can come of a step, which some decision always ends."""
    matched = {group for name, group in plan.groups.items() if group and group != plan.groups[step]}
    found: list[list[Move]] = []
    for other in sorted(plan.deciding - {step}):
        for denied in ((), (other,)):
            moves: list[Move] = []
            way = words(plan, denied, matched)
            for move in play(plan, way, only=plan.follows(other) | {other}):
                moves.append(move)
                if move.kind == "void" and step in move.steps:
                    found.append(moves)
                    break
    return history(route, min(found, key=_length))


def until_open(route: Route, plan: Plan, step: str) -> History | None:
    """What must happen before a step opens; None when it never does."""
    matched = {group for name, group in plan.groups.items() if group and group != plan.groups[step]}
    before = plan.follows(step)
    for way in (words(plan, (), matched), words(plan)):
        moves: list[Move] = []
        for move in play(plan, way, only=before):
            moves.append(move)
            if move.kind == "opened" and step in move.steps:
                return history(route, moves)
    return None


def until_late(route: Route, plan: Plan, limit: Limit, step: str = "") -> History:
    """The fewest steps, each waiting for the one before, that take longer than a limit; all of them on time.

    With a step: the chain to its end. Where no chain alone is longer (kinds of days mix), the longest.
    """
    ends = ends_of(route, plan)
    chains = [[name] for name in ends if not plan.waits[name]]
    while chains:
        late = [c for c in chains if not _takes(route, c).fits(limit) and step in {"", c[-1]}]
        if late:
            return _chain(route, late[0])
        chains = [[*c, name] for c in chains for name in ends if c[-1] in plan.waits[name]][:4096]
    late_ones = [n for n, end in ends.items() if not end.fits(limit) and step in {"", n}]
    return _chain(route, _longest_to(plan, ends, late_ones[0]))


def _takes(route: Route, names: Sequence[str]) -> Duration:
    total = Duration()
    for name in names:
        total = total.then(route.step(name).within)
    return total


def _longest_to(plan: Plan, ends: Mapping[str, Duration], last: str) -> list[str]:
    found = [last]
    while before := plan.waits[found[0]]:
        found.insert(0, max(sorted(before), key=lambda name: ends[name].at_most))
    return found


def _chain(route: Route, names: Sequence[str]) -> History:
    found: History = []
    for at, name in enumerate(names):
        step, taken = route.step(name), _takes(route, names[: at + 1])
        found.append({"event": "opened", "steps": [name], "names": [_name(route, name)]})
        days = {"working": taken.working, "calendar": taken.calendar}
        closed: Event = {"event": "closed_late", "steps": [name], "names": [_name(route, name)]}
        found.append({**closed, "kind": step.kind, "word": GOOD[step.kind], "after": days})
    return found
