"""The answers of a counter-example are as few as can be, and regions are all the ways conditions come out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.conditions import parse_condition
from services.fields import Field
from services.form import Form, Section
from services.regions import regions
from services.soundness import prove
from tests.long_run import examples
from tests.services import brute_force as force
from tests.services.random_routes import STAFFED, random_route
from tests.services.small_routes import CONDITIONS, FORM, TYPES, every_answer

# Rules that one case breaks; the others are about all cases together.
OF_ONE_CASE = {
    "NO_DECISION",
    "STEP_WAITS_FOREVER",
    "QUORUM_UNREACHABLE",
    "GROUP_ASKS_NOBODY",
    "RESULT_TWICE",
    "ISSUES_NOTHING",
    "PROMISE_TOO_SHORT",
    "STEP_OVER_STATUTORY",
}


def broken_by_each_answer(definition):
    """For each of all answers, what the case that they make breaks."""
    for number, (a, b, n) in enumerate(force.EVERY):
        cases = force.cases_of(definition.route, [number])
        found = {*force.of_the_cases(definition, cases), *force.of_the_days(definition, cases)}
        yield {"s": {"a": a, "n": n} | ({} if b is None else {"b": b})}, found


def test_a_counter_example_is_one_whatever_else_is_answered_and_no_answer_in_it_is_idle():
    checked = set()
    for number in range(600):
        definition = random_route(number)
        problems = [p for p in prove(definition, STAFFED, TYPES).failures]
        problems = [p for p in problems if p.params.get("example") and rule_of(p) in OF_ONE_CASE]
        verdicts = list(broken_by_each_answer(definition)) if problems else []
        for problem in problems:
            broken, example = (problem.field, rule_of(problem)), problem.params["example"]
            assert always_breaks(example, broken, verdicts)
            for path in example:
                fewer = {other: value for other, value in example.items() if other != path}
                assert not always_breaks(fewer, broken, verdicts)
            checked.add(rule_of(problem))
    assert len(checked) >= len(OF_ONE_CASE) - 2, checked


def rule_of(problem):
    return problem.params.get("rule")


def always_breaks(example, broken, verdicts):
    """Whether all answers that agree with the example break the rule."""
    matching = [
        found
        for answers, found in verdicts
        if all(same_cell(path, value, answers) for path, value in example.items())
    ]
    assert matching
    return all(broken in found for found in matching)


ATOMS = [atom for text in CONDITIONS for atom in parse_condition(text, FORM).atoms]


def same_cell(path, value, answers):
    """Whether no condition of these tests can tell the answer from the example's value."""
    sample = {"s": {} if value is None else {path.removeprefix("s."): value}}
    return all(atom.holds(sample) == atom.holds(answers) for atom in ATOMS if atom.path == path)


@settings(max_examples=examples(100))
@given(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=4, unique=True))
def test_the_regions_are_exactly_the_ways_the_conditions_come_out(texts):
    conditions = [parse_condition(text, FORM) for text in texts]
    atoms = [atom for condition in conditions for atom in condition.atoms]
    by_region = {tuple(a.holds(r.answers) for a in atoms) for r in regions(FORM, conditions)}
    by_answers = {tuple(a.holds(answers) for a in atoms) for answers in every_answer()}
    assert by_region == by_answers


@pytest.mark.parametrize(
    ("kind", "value", "holds"),
    [
        ("division", "990102000000", {True, False}),
        ("division", "明湖区", {False}),
        ("credit_code", "91350100M000100Y43", {True, False}),
        ("credit_code", "91350100M000100Y4Z", {False}),
        ("phone", "138 0013 8000", {False}),  # stored without its spaces
        ("text", "自有", {True, False}),
        ("text", "长" * 201, {False}),
    ],
)
def test_a_constant_that_no_answer_can_be_makes_no_region(kind, value, holds):
    form = Form((Section("s", "", (Field("s.x", "", kind, required=True),)),))
    condition = parse_condition(f'answers.s.x == "{value}"', form)
    assert {condition.holds(region.answers) for region in regions(form, [condition])} == holds
