"""The proof agrees with brute force over every answer, every outcome and every order of work."""

from itertools import pairwise, permutations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.conditions import parse_condition
from services.regions import regions
from services.route import active_steps, predecessors
from services.soundness import prove
from services.walk import runs
from tests.long_run import examples
from tests.services.small_routes import (
    CONDITIONS,
    FORM,
    STAFFED,
    TYPES,
    definitions,
    every_answer,
)
from workflows.joins import StepFacts, in_vain, openable, outcome_of_case

RULES = {
    "NO_DECISION",
    "STEP_WAITS_FOREVER",
    "QUORUM_UNREACHABLE",
    "DEAD_STEP",
    "STEP_IN_VAIN",
    "GROUP_ASKS_NOBODY",
    "PROMISE_TOO_SHORT",
}


def is_before(route, first, then, active):
    """Whether a path of edges leads from one step to another through inactive steps only."""
    step = route.step(first)
    return any(
        name == then or (name not in active and is_before_unseen(route, name, then, active, {name}))
        for name in step.before
    )


def is_before_unseen(route, first, then, active, seen):
    return any(
        name == then
        or (
            name not in active
            and name not in seen
            and is_before_unseen(route, name, then, active, seen | {name})
        )
        for name in route.step(first).before
    )


def simulate(route, active, waits, words, order):
    """One run, worked on in the given order of preference; returns what each step came to."""
    closed = {}
    deciding = {n for n in words if route.step(n).kind == "approve"}
    while True:
        granted = any(closed.get(s) == "approved" for s in deciding)
        denied = any(closed.get(s) == "denied" for s in deciding)
        matched = any(word == "match" for word in closed.values())
        ended = (denied and route.join in {"all", "veto"}) or (granted and route.join == "any")
        for name in order * len(order):
            lost = follows_denial(route, closed, waits, name)
            spared = matched and route.step(name).group == "either"
            if name not in closed and (lost or spared or (ended and name in deciding)):
                closed[name] = "void"
        ready = [n for n in order if n not in closed and is_free(n, waits, closed)]
        if not ready:
            return closed
        closed[ready[0]] = words.get(ready[0], "done")


def is_free(name, waits, closed, seen=frozenset()):
    """Whether all before a step closed, and all before those of them that were spared."""
    return all(
        before in closed
        and (
            closed[before] != "void"
            or before in seen
            or is_free(before, waits, closed, seen | {before})
        )
        for before in waits[name]
    )


def follows_denial(route, closed, waits, name, seen=frozenset()):
    """Whether a chain of edges leads here from a decision that was denied or ended."""
    return any(
        (route.step(before).kind == "approve" and closed.get(before) in {"denied", "void"})
        or (before not in seen and follows_denial(route, closed, waits, before, seen | {before}))
        for before in waits[name]
    )


def broken_by(definition, answers):
    """The rules that one set of answers breaks, with their places; and the steps that were reached."""
    route = definition.route
    active = [s.id for s in route.steps if s.when is None or s.when.holds(answers)]
    waits = {n: {o for o in active if is_before(route, o, n, active)} for n in active}
    deciding = [n for n in active if route.step(n).kind == "approve"]
    found, reached = set(), set()
    if not deciding:
        found.add(("route", "NO_DECISION"))
    if route.join == "quorum" and len(deciding) < route.quorum:
        found.add(("quorum", "QUORUM_UNREACHABLE"))
    if not any(route.step(n).group == "either" for n in active):
        found.add(("groups.either", "GROUP_ASKS_NOBODY"))
    if longest_path(route, active, waits) > definition.limits.promised.days:
        found.add(("limits.promised", "PROMISE_TOO_SHORT"))
    checks = [n for n in active if route.step(n).group == "either"]
    ways = [("approved", "denied")] * len(deciding) + [("match", "done")] * len(checks)
    for words in product(*ways):
        order = Random(len(active)).sample(active, len(active))
        closed = simulate(
            route, active, waits, dict(zip([*deciding, *checks], words, strict=True)), order
        )
        found |= {(f"route.{n}", "STEP_WAITS_FOREVER") for n in active if n not in closed}
        reached |= {name for name, word in closed.items() if word != "void"}
    return found, set(active), reached


def brute_force(definition):
    """Every broken rule with its place, found by trying everything."""
    tried = [broken_by(definition, answers) for answers in every_answer()]
    found = set().union(*(broken for broken, _, _ in tried))
    called = set().union(*(active for _, active, _ in tried))
    reached = set().union(*(reached for _, _, reached in tried))
    for step in definition.route.steps:
        if step.id not in reached and (f"route.{step.id}", "STEP_WAITS_FOREVER") not in found:
            rule = "STEP_IN_VAIN" if step.id in called else "DEAD_STEP"
            found.add((f"route.{step.id}", rule))
    return found


def longest_path(route, active, waits):
    """Days of the heaviest chain of steps that can all be reached."""
    done = set()
    while fresh := {n for n in active if n not in done and waits[n] <= done}:
        done |= fresh
    heaviest = 0
    for size in range(1, len(done) + 1):
        for chain in permutations(done, size):
            if all(a in waits[b] for a, b in pairwise(chain)):
                heaviest = max(heaviest, sum(route.step(n).within.days for n in chain))
    return heaviest


@settings(max_examples=examples(120))
@given(definitions())
def test_the_proof_finds_exactly_what_brute_force_finds(definition):
    proof = prove(definition, STAFFED, TYPES)
    told = {(p.field, p.params["rule"]) for p in proof.failures}
    assert {pair for pair in told if pair[1] in RULES} == brute_force(definition)


@settings(max_examples=examples(60))
@given(definitions())
def test_a_counter_example_is_one_whatever_else_is_answered_and_no_answer_in_it_is_idle(definition):
    verdicts = [(answers, broken_by(definition, answers)[0]) for answers in every_answer()]
    for problem in prove(definition, STAFFED, TYPES).failures:
        if "example" in problem.params:
            broken = (problem.field, problem.params["rule"])
            example = problem.params["example"]
            assert always_breaks(example, broken, verdicts)
            for path in example:
                fewer = {other: value for other, value in example.items() if other != path}
                assert not always_breaks(fewer, broken, verdicts)


def always_breaks(example, broken, verdicts):
    """Whether all answers that agree with the example break the rule."""
    matching = [
        found
        for answers, found in verdicts
        if all(same_cell(path, value, answers) for path, value in example.items())
    ]
    assert matching
    return all(broken in found for found in matching)


def same_cell(path, value, answers):
    """Whether no condition of these tests can tell the answer from the example's value."""
    sample = {"s": {} if value is None else {path.removeprefix("s."): value}}
    conditions = [parse_condition(text, FORM) for text in CONDITIONS]
    atoms = [a for c in conditions for a in c.atoms if a.path == path]
    return all(atom.holds(sample) == atom.holds(answers) for atom in atoms)


@settings(max_examples=examples(120))
@given(definitions(cyclic=False), st.randoms(use_true_random=False))
def test_runs_move_as_real_cases_do(definition, random):
    """workflows.joins moves real cases: in any order of work it ends where the proof's walk ends."""
    route = definition.route
    for answers in random.sample(list(every_answer()), 3):
        active = active_steps(route, answers)
        for run in runs(route, active):
            words = {n: w for n, w in run.outcomes.items() if w in {"approved", "denied", "match"}}
            facts = {
                s.id: StepFacts(
                    s.id,
                    s.kind,
                    predecessors(route, s, active),
                    False,
                    group=route.alternatives(s),
                )
                for s in active
            }
            work(facts, route, words, random)
            assert all(fact.closed for fact in facts.values())
            assert not run.waiting
            if active:
                assert outcome_of_case(facts.values(), route.join, route.quorum) is not None
            if route.join in {"each", "quorum"}:
                # of alternatives that did not match, one that answered early was not spared
                sure = {n for n in facts if not facts[n].group or run.outcomes[n] == "match"}
                ended = {f.id: f.outcome for f in facts.values() if f.id in sure}
                assert ended == {n: run.outcomes[n] for n in sure}


def work(facts, route, words, random):
    """Departments answer in any order; what the walk never asked is granted."""
    while True:
        for name in in_vain(facts.values(), route.join):
            facts[name] = closed_fact(facts[name], "void")
        ready = openable(facts.values())
        if not ready:
            return
        name = random.choice(ready)
        word = words.get(name, "approved" if facts[name].kind == "approve" else "done")
        facts[name] = closed_fact(facts[name], word)


def closed_fact(fact, outcome):
    return StepFacts(fact.id, fact.kind, fact.waits_for, True, outcome, fact.group)


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=4, unique=True))
def test_the_regions_are_exactly_the_ways_the_conditions_come_out(texts):
    conditions = [parse_condition(text, FORM) for text in texts]
    atoms = [atom for condition in conditions for atom in condition.atoms]
    by_region = {tuple(a.holds(r.answers) for a in atoms) for r in regions(FORM, conditions)}
    by_answers = {tuple(a.holds(answers) for a in atoms) for answers in every_answer()}
    assert by_region == by_answers
