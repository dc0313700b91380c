"""For ten thousand random routes the proof says what brute force says, and tells it in the fewest events (BAD-66)."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from services.histories import history
from services.soundness import prove
from services.walk import plan_of, play, words
from tests.long_run import routes
from tests.services import brute_force as force
from tests.services.random_routes import STAFFED, random_route
from tests.services.replay import Play, cases_allowed, closings, is_played
from tests.services.small_routes import TYPES
from workflows.joins import StepFacts, in_vain, openable

PARTS = 4  # so that several processes share the work
ENOUGH = 2000  # routes, among which every rule is broken by some
RULES = {
    "ROUTE_EMPTY UNKNOWN_STEP UNKNOWN_PATH READS_NOTHING APPROVE_INCOMPLETE ONLY_APPROVE_GRANTS",
    "UNKNOWN_DEPARTMENT ONE_DEPARTMENT SILENCE_GRANTS_NOTHING STOP_OF_EVALUATION UNKNOWN_STOP",
    "UNKNOWN_GROUP ONLY_CHECKS_ARE_ALTERNATIVES GROUP_OF_ONE QUORUM_OF_JOIN RESULT_WITHOUT_STEP",
    "DEPARTMENT_NOT_STAFFED OPINIONS_UNREACHABLE NO_DECISION QUORUM_UNREACHABLE GROUP_ASKS_NOBODY",
    "RESULT_TWICE ISSUES_NOTHING STEP_WAITS_FOREVER DEAD_STEP STEP_IN_VAIN PROMISE_OVER_STATUTORY",
    "PROMISE_TOO_SHORT STEP_OVER_STATUTORY TWICE",
}
BESIDE = {"ISSUER_NOT_COMPETENT"}  # of certificates, not of the route


def drawn(part):
    """The routes of one part, by their number."""
    return range(part, routes(), PARTS)


def told(definition):
    """The failures of the proof by (place, rule)."""
    failures = prove(definition, STAFFED, TYPES).failures
    return {(p.field, p.params["rule"]): p for p in failures if p.params["rule"] not in BESIDE}


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_66_the_proof_finds_exactly_what_brute_force_finds(part):
    found = Counter()
    for number in drawn(part):
        definition = random_route(number)
        expected = force.broken_rules(definition, STAFFED)
        assert told(definition).keys() == expected, f"route {number}"
        found.update({rule for _, rule in expected} or {"SOUND"})
    if len(drawn(part)) >= ENOUGH:
        names = {name for line in RULES for name in line.split()}
        assert all(found[name] for name in names), names - found.keys()
        assert found["SOUND"] > len(drawn(part)) / 3


FEWEST = {
    "STEP_WAITS_FOREVER": lambda case, name: case.ends.stuck.get(case.ids.index(name)),
    "STEP_IN_VAIN": lambda case, name: case.ends.vain.get(case.ids.index(name)),
    "NO_DECISION": lambda case, _: case.ends.over,
}


@pytest.mark.parametrize("part", range(PARTS))
def test_bad_66_each_counter_example_can_happen_and_no_shorter_one_can(part):
    checked = Counter()
    for number in drawn(part)[: max(800, routes() // 16)]:
        definition = random_route(number)
        for (place, rule), problem in told(definition).items():
            if rule not in FEWEST:
                continue
            events, name = problem.params["events"], place.rpartition(".")[2]
            cases = cases_allowed(definition, events)
            lengths = [FEWEST[rule](case, name) for case in cases]
            assert any(is_played(definition.route, case, events) for case in cases), number
            assert None not in lengths, f"route {number}: not whatever else is answered"
            assert closings(events) == min(lengths), f"route {number}"
            checked[rule] += 1
    assert all(checked[rule] for rule in FEWEST)


def test_a_broken_promise_is_shown_on_the_shortest_chain_of_steps_that_breaks_it():
    checked = 0
    for number in range(3000):
        definition = random_route(number)
        problem = told(definition).get(("limits.promised", "PROMISE_TOO_SHORT"))
        if problem is None:
            continue
        events, days = problem.params["events"], definition.limits.promised.days
        cases = cases_allowed(definition, events)
        fewest = [n for case in cases if (n := fewest_steps_over(case, days)) is not None]
        chain = [event["steps"][0] for event in events if event["event"] == "closed_late"]
        assert any(is_chain(case, chain) for case in cases), number
        assert len(chain) == min(fewest, default=len(chain)), number
        checked += bool(fewest)
    assert checked > 10


def fewest_steps_over(case, days):
    """The least number of steps, each waiting for the one before, that take longer; None when no chain does."""
    within = [step.within.days for step in case.steps]
    chains = [[at] for at, waits in enumerate(case.waits) if not waits]
    while chains:
        if any(sum(within[at] for at in chain) > days for chain in chains):
            return len(chains[0])
        chains = [
            [*chain, at]
            for chain in chains
            for at, waits in enumerate(case.waits)
            if chain[-1] in waits and at not in chain and at in force.days_until_end(case)
        ]
    return None


def is_chain(case, names):
    """Whether each step waits for the one before, and the first for none."""
    if not set(names) <= set(case.ids):
        return False
    at = [case.ids.index(name) for name in names]
    return not case.waits[at[0]] and all(a in case.waits[b] for a, b in pairwise(at))


def test_the_walk_of_the_proof_moves_as_brute_force_does():
    random, moves = Random(2), 0
    for number in range(800):
        route = random_route(number).route
        for case in force.cases_of(route).values():
            plan = plan_of(route, case.steps)
            denied = [step for step in plan.deciding if random.random() < 0.5]
            matched = [group for group in {*plan.groups.values()} if random.random() < 0.5]
            told_of = history(route, play(plan, words(plan, denied, matched)))
            again = Play(route, case)
            assert all(again.takes(event) for event in told_of), number
            void = {
                name for event in told_of if event["event"] == "void" for name in event["steps"]
            }
            assert void == {case.ids[n] for n, word in enumerate(again.state) if word == "void"}
            assert not any(
                force.may_start(case.waits, again.state, n) for n in range(len(case.ids))
            )
            moves += len(told_of)
    assert moves > 5000


def test_real_cases_move_by_the_same_rules():
    """workflows.joins moves real cases: at every turn the same steps may open, and the same are in vain."""
    random, turns = Random(1), 0
    for number in range(400):
        definition = random_route(number)
        rules = {rule for _, rule in force.broken_rules(definition, STAFFED)}
        if "STEP_WAITS_FOREVER" not in rules:
            for case in force.cases_of(definition.route).values():
                turns += walked_alike(definition.route, case, random)
    assert turns > 1000


def walked_alike(route, case, random):
    """Departments answer in any order; returns how many answers there were."""
    groups = {group.id for group in route.groups if group.join == "any"}
    kinds = tuple((s.kind, s.group if s.group in groups else "") for s in case.steps)
    waits = [frozenset(case.ids[before] for before in found) for found in case.waits]
    state, turns = ("",) * len(kinds), 0
    while True:
        settled = force.settle(route.join, kinds, case.waits, state)
        while vain := in_vain(facts_of(case, kinds, waits, state), route.join):
            state = tuple("void" if n in vain else w for n, w in zip(case.ids, state, strict=True))
        assert state == settled
        ready = [n for n in range(len(kinds)) if force.may_start(case.waits, state, n)]
        assert openable(facts_of(case, kinds, waits, state)) == [case.ids[n] for n in ready]
        if not ready:
            return turns
        at = random.choice(ready)
        word = random.choice(force.outcomes(kinds[at]))
        state, turns = (*state[:at], word, *state[at + 1 :]), turns + 1


def facts_of(case, kinds, waits, state):
    """The steps of a case as joins.py judges them."""
    parts = zip(case.ids, kinds, waits, state, strict=True)
    return [StepFacts(n, kind, w, bool(word), word, g) for n, (kind, g), w, word in parts]
