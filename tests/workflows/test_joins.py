"""Rules of parallel answers: what opens, what is in vain, what the case comes to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.joins import StepFacts, in_vain, openable, outcome_of_case


def step(name, kind="approve", after=(), outcome=None):
    return StepFacts(name, kind, frozenset(after), outcome is not None, outcome or "")


def test_steps_without_an_edge_between_them_open_together():
    steps = [step("survey", "inspect"), step("food", after=["survey"]), step("signage")]
    assert openable(steps) == ["survey", "signage"]


def test_a_step_opens_when_the_last_one_it_waits_for_closes():
    steps = [
        step("survey", "inspect", outcome="passed"),
        step("waste", "advise"),
        step("food", after=["survey"]),
        step("permit", after=["survey", "waste"]),
    ]
    assert openable(steps) == ["waste", "food"]


def test_a_failed_inspection_informs_and_does_not_end_what_follows():
    steps = [step("survey", "inspect", outcome="failed"), step("food", after=["survey"])]
    assert in_vain(steps, "each") == []
    assert openable(steps) == ["food"]


def test_what_follows_a_denial_is_in_vain_however_far():
    steps = [
        step("licence", outcome="denied"),
        step("seal", after=["licence"]),
        step("tax", after=["seal"]),
    ]
    assert in_vain(steps, "each") == ["seal", "tax"]


@pytest.mark.parametrize(
    ("join", "outcomes", "expected"),
    [
        ("each", ["approved", "denied"], "partly"),
        ("each", ["approved", "approved"], "approved"),
        ("each", ["denied", "denied"], "denied"),
        ("all", ["approved", "denied"], "denied"),
        ("all", ["approved", "approved"], "approved"),
        ("any", ["approved", "void"], "approved"),
        ("any", ["denied", "denied"], "denied"),
        ("veto", ["approved", "void"], "approved"),
        ("veto", ["denied", "void"], "denied"),
        ("quorum", ["approved", "approved", "denied"], "approved"),
        ("quorum", ["approved", "denied", "denied"], "denied"),
    ],
)
def test_inv_08_the_join_is_right(join, outcomes, expected):
    steps = [step(f"s{i}", outcome=outcome) for i, outcome in enumerate(outcomes)]
    assert outcome_of_case(steps, join, quorum=2) == expected


@pytest.mark.parametrize("join", ["each", "all", "any", "quorum", "veto"])
def test_a_case_is_not_decided_while_a_step_is_open(join):
    assert outcome_of_case([step("a", outcome="approved"), step("b")], join, 1) is None


def test_advice_and_verification_never_decide():
    steps = [step("food", outcome="approved"), step("waste", "advise", outcome="disagree")]
    assert outcome_of_case(steps, "each") == "approved"


@given(
    st.lists(st.sampled_from(["approved", "denied"]), min_size=1, max_size=6),
    st.sampled_from(["each", "all", "any", "veto", "quorum"]),
    st.randoms(),
)
def test_inv_16_the_order_of_answers_does_not_matter(outcomes, join, random):
    steps = [step(f"s{i}", outcome=outcome) for i, outcome in enumerate(outcomes)]
    shuffled = list(steps)
    random.shuffle(shuffled)
    assert outcome_of_case(steps, join, 2) == outcome_of_case(shuffled, join, 2)
