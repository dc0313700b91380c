"""The rules of a route once more, by trying everything: every answer, every outcome, every order of work.

Written from the rules (house rules of a route) and not from the proof: it shares no code with services.walk, regions,
ways or the rules there, so that two mistakes would have to be made alike to go unseen.
"""

from collections import Counter
from functools import cache
from itertools import product

# The conditions of small_routes, as a reader of the form would say them.
MEANS = {
    "answers.s.a": lambda a, b, n: a,
    "!answers.s.a": lambda a, b, n: not a,
    "answers.s.b": lambda a, b, n: b is True,
    "has(answers.s.b)": lambda a, b, n: b is not None,
    "answers.s.n > 3": lambda a, b, n: n > 3,
    "answers.s.n <= 3 && answers.s.a": lambda a, b, n: n <= 3 and a,
    "answers.s.n > 9": lambda a, b, n: n > 9,
    "answers.s.n == 3 || answers.s.b == false": lambda a, b, n: n == 3 or b is False,
}
EVERY = tuple(product((True, False), (True, False, None), range(7)))
NUMBERS = range(len(EVERY))
HOLDS = {text: tuple(bool(says(*of)) for of in EVERY) for text, says in MEANS.items()}
ANSWERS_OF = {"approve": 2, "verify": 4, "advise": 3, "inspect": 2, "evaluate": 2, "issue": 1}


def broken_rules(definition, staffed):
    """Every broken rule as (place, rule)."""
    cases = cases_of(definition.route)
    return (
        of_the_text(definition)
        | set(of_the_people(definition, staffed))
        | set(of_the_cases(definition, cases))
        | set(of_the_days(definition, cases))
    )


def of_the_text(definition):
    """Rules that need no case: what each step, group and result says, as (holds, place, rule)."""
    route = definition.route
    codes = Counter(result.code for result in definition.results)
    said = [(not route.steps, "route", "ROUTE_EMPTY")]
    said += [(route.join == "quorum" and not route.quorum, "quorum", "QUORUM_OF_JOIN")]
    said += [(route.join != "quorum" and route.quorum, "quorum", "QUORUM_OF_JOIN")]
    for step in route.steps:
        said += of_a_decision(step) + of_an_act(step) + of_names(step, route, codes)
    for group in route.groups:
        members = sum(step.group == group.id for step in route.steps)
        said += [(members < 2, f"groups.{group.id}", "GROUP_OF_ONE")]
    for code, times in codes.items():
        granted = any(step.result == code and step.kind == "approve" for step in route.steps)
        said += [(not granted, f"results.{code}", "RESULT_WITHOUT_STEP")]
        said += [(times > 1, f"results.{code}", "TWICE")]
    return {(place, rule) for holds, place, rule in said if holds}


def of_a_decision(step):
    """Only an approval grants, and it says what, for which item and why."""
    place, decides = f"route.{step.id}", step.kind == "approve"
    return [
        (decides and not step.item, f"{place}.item", "APPROVE_INCOMPLETE"),
        (decides and not step.basis, f"{place}.basis", "APPROVE_INCOMPLETE"),
        (decides and not step.result, f"{place}.result", "APPROVE_INCOMPLETE"),
        (step.result and not decides, f"{place}.result", "ONLY_APPROVE_GRANTS"),
    ]


def of_an_act(step):
    """One department acts, unless several inspect; silence is consent in advice, stops are of evaluations."""
    place, number = f"route.{step.id}", len(step.departments)
    consents, evaluates = step.on_silence == "consent", step.kind == "evaluate"
    return [
        (number == 0, f"{place}.department", "UNKNOWN_DEPARTMENT"),
        (number != 1 and step.kind != "inspect", f"{place}.department", "ONE_DEPARTMENT"),
        (consents and step.kind != "advise", f"{place}.on_silence", "SILENCE_GRANTS_NOTHING"),
        (step.stop and not evaluates, f"{place}.stop", "STOP_OF_EVALUATION"),
        (evaluates and step.stop not in {"", "hearing"}, f"{place}.stop", "UNKNOWN_STOP"),
        (not step.reads, f"{place}.reads", "READS_NOTHING"),
        (set(step.reads) - {"s"}, f"{place}.reads", "UNKNOWN_PATH"),
    ]


def of_names(step, route, codes):
    """Whatever a step names is there; alternatives are checks."""
    place, names = f"route.{step.id}", {other.id for other in route.steps}
    joins = {group.id: group.join for group in route.groups}
    other_kind = joins.get(step.group) == "any" and step.kind != "verify"
    return [
        (set(step.before) - names, f"{place}.before", "UNKNOWN_STEP"),
        (step.result and step.result not in codes, f"{place}.result", "UNKNOWN_RESULT"),
        (step.group and step.group not in joins, f"{place}.group", "UNKNOWN_GROUP"),
        (other_kind, f"{place}.group", "ONLY_CHECKS_ARE_ALTERNATIVES"),
    ]


def of_the_people(definition, staffed):
    """Somebody is there in every division, and as many as cannot stay divided for good."""
    wanted = [("lead", definition.lead, "issue", 1)]
    for step in definition.route.steps:
        place = f"route.{step.id}"
        wanted += [(place, function, step.kind, step.opinions) for function in step.departments]
    for place, function, kind, opinions in wanted:
        people = [there.get(function, 0) for there in staffed.values()]
        where = place if place == "lead" else f"{place}.department"
        if not all(people):
            yield where, "DEPARTMENT_NOT_STAFFED" if any(people) else "UNKNOWN_DEPARTMENT"
        if any(
            number and may_stay_divided(number, ANSWERS_OF[kind], opinions) for number in people
        ):
            yield f"{place}.opinions", "OPINIONS_UNREACHABLE"


def may_stay_divided(people, answers, opinions):
    """Whether so many people can answer so that no answer has as many opinions as are needed."""
    return people <= answers * (opinions - 1)


def cases_of(route, answers=NUMBERS):
    """{numbers of active steps: what can come of them}, for answers by their number in EVERY."""
    called = [step.when and HOLDS[step.when.text] for step in route.steps]
    ways = {
        tuple(at for at, holds in enumerate(called) if not holds or holds[number])
        for number in answers
    }
    return {active: Case(route, [route.steps[at] for at in active]) for active in ways}


class Case:
    """The cases with the same active steps."""

    def __init__(self, route, active):
        self.steps = active
        self.ids = [step.id for step in active]
        edges = {step.id: step.before for step in route.steps}
        self.waits = tuple(
            frozenset(n for n, first in enumerate(self.ids) if leads(edges, first, then, self.ids))
            for then in self.ids
        )
        groups = {g.id for g in route.groups if g.join == "any"}
        kinds = tuple((s.kind, s.group if s.group in groups else "") for s in active)
        self.ends = everything(route.join, kinds, self.waits)


def leads(edges, first, then, active):
    """Whether one step comes before another, directly or through steps that are not called for."""
    seen, waiting = set(), [first]
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name == then:
                return True
            if name in edges and name not in active and name not in seen:
                seen.add(name)
                waiting.append(name)
    return False


class Ends:
    """What can come of a case: by step, the fewest answers until it is stuck or in vain; which are worked on."""

    def __init__(self):
        self.stuck, self.reached, self.vain, self.over = {}, set(), {}, None

    def see(self, state, answers, is_over):
        """Notes what a state shows, after so many answers."""
        for at, word in enumerate(state):
            if word == "void":
                self.vain.setdefault(at, answers)
            elif word:
                self.reached.add(at)
            elif is_over:
                self.stuck.setdefault(at, answers)
        if is_over and self.over is None:
            self.over = answers


@cache
def everything(join, kinds, waits):
    """Tries every order of work and every outcome, one more answer at a time."""
    ends, states, answers = Ends(), {settle(join, kinds, waits, ("",) * len(kinds))}, 0
    while states:
        following = set()
        for state in states:
            open_ones = [at for at in range(len(kinds)) if may_start(waits, state, at)]
            ends.see(state, answers, not open_ones)
            for one, word in [(n, word) for n in open_ones for word in outcomes(kinds[n])]:
                changed = (*state[:one], word, *state[one + 1 :])
                following.add(settle(join, kinds, waits, changed))
        states, answers = following, answers + 1
    return ends


def outcomes(kind):
    """The outcomes of a step that make a difference to others."""
    if kind[0] == "approve":
        return ("approved", "denied")
    return ("match", "mismatch") if kind[1] else ("done",)


def may_start(waits, state, at):
    """Whether a step is not answered, and all that it waits for is; what was in vain passes the order on."""
    if state[at]:
        return False
    seen, waiting = set(), list(waits[at])
    while waiting:
        before = waiting.pop()
        if not state[before]:
            return False
        if state[before] == "void" and before not in seen:
            seen.add(before)
            waiting += waits[before]
    return True


def settle(join, kinds, waits, state):
    """The state with everything ended that is in vain."""
    while True:
        decided = {word for (kind, _), word in zip(kinds, state, strict=True) if kind == "approve"}
        matched = {g for (_, g), word in zip(kinds, state, strict=True) if word == "match"}
        over = set()
        if join in {"all", "veto"} and "denied" in decided:
            over = {"approve", "issue"}
        if join == "any" and "approved" in decided:
            over = {"approve"}
        vain = {
            at
            for at, (kind, group) in enumerate(kinds)
            if not state[at]
            and (
                kind in over
                or (group and group in matched)
                or behind_denial(kinds, waits, state, at)
            )
        }
        if not vain:
            return state
        state = tuple("void" if at in vain else word for at, word in enumerate(state))


def behind_denial(kinds, waits, state, at):
    """Whether somewhere before a step stands a decision that was denied or ended."""
    seen, waiting = set(), [at]
    while waiting:
        for before in waits[waiting.pop()]:
            if kinds[before][0] == "approve" and state[before] in {"denied", "void"}:
                return True
            if before not in seen:
                seen.add(before)
                waiting.append(before)
    return False


def of_the_cases(definition, cases):
    """Rules of what happens to cases."""
    route = definition.route
    reached, stuck, called = set(), set(), set()
    for case in cases.values():
        called.update(case.ids)
        reached.update(case.ids[at] for at in case.ends.reached)
        stuck.update(case.ids[at] for at in case.ends.stuck)
        yield from of_a_case(route, case)
    for step in route.steps:
        if step.id in stuck:
            yield f"route.{step.id}", "STEP_WAITS_FOREVER"
        elif step.id not in reached:
            yield f"route.{step.id}", "STEP_IN_VAIN" if step.id in called else "DEAD_STEP"


def of_a_case(route, case):
    """What one set of active steps breaks by itself."""
    deciding = [step for step in case.steps if step.kind == "approve"]
    asked = {step.group for step in case.steps}
    results = Counter(step.result for step in case.steps if step.result)
    if not deciding:
        yield "route", "NO_DECISION"
    if route.join == "quorum" and len(deciding) < route.quorum:
        yield "quorum", "QUORUM_UNREACHABLE"
    for group in (g.id for g in route.groups if g.join == "any"):
        if group not in asked:
            yield f"groups.{group}", "GROUP_ASKS_NOBODY"
    for code in (code for code, times in results.items() if times > 1):
        yield f"results.{code}", "RESULT_TWICE"
    for at, step in enumerate(case.steps):
        if step.kind == "issue" and not grants_before(case, at):
            yield f"route.{step.id}", "ISSUES_NOTHING"


def grants_before(case, at):
    seen, waiting = set(), [at]
    while waiting:
        fresh = case.waits[waiting.pop()] - seen
        seen |= fresh
        waiting += fresh
    return any(case.steps[before].kind == "approve" for before in seen)


def of_the_days(definition, cases):
    """Rules of limits: all on time, the slowest case keeps the promise, and each decision its own law."""
    promised = definition.limits.promised.days
    if promised > definition.limits.statutory.days:
        yield "limits.promised", "PROMISE_OVER_STATUTORY"
    for case in cases.values():
        for at, days in days_until_end(case).items():
            step = case.steps[at]
            if days > promised:
                yield "limits.promised", "PROMISE_TOO_SHORT"
            if step.statutory is not None and days > step.statutory.days:
                yield f"route.{step.id}.statutory", "STEP_OVER_STATUTORY"


def days_until_end(case):
    """{step that can be reached: days}; of both kinds of day the slowest way counts, limits are working days."""
    ends = {}
    while len(ends) < len(case.steps):
        ready = [n for n in range(len(case.steps)) if n not in ends and case.waits[n] <= set(ends)]
        if not ready:
            break
        for at in ready:
            slowest = [max((ends[n][kind] for n in case.waits[at]), default=0) for kind in (0, 1)]
            slowest[case.steps[at].within.kind == "calendar"] += case.steps[at].within.days
            ends[at] = slowest
    return {at: sum(days) for at, days in ends.items()}
