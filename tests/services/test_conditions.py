"""Conditions: our evaluation agrees with cel-python's own, and what is outside the subset is refused."""

import sys

import celpy
import pytest
from celpy.adapter import json_to_cel
from hypothesis import given, settings
from hypothesis import strategies as st

from services.answers import with_value
from services.conditions import LONGEST, parse_condition
from services.errors import ConditionInvalid
from services.fields import Field, Option
from services.form import Form, Section
from tests.long_run import examples

LETTERS = tuple(Option(code, code) for code in "abc")
FORM = Form(
    (
        Section(
            "s",
            "",
            (
                Field("s.flag", "", "boolean"),
                Field("s.count", "", "integer"),
                Field("s.area", "", "number", decimals=1),
                Field("s.kind", "", "choice", options=LETTERS),
                Field("s.items", "", "choices", options=LETTERS),
                Field("s.day", "", "date"),
                Field("s.name", "", "text"),
                Field("s.people", "", "rows", columns=(Field("name", "", "text"),)),
            ),
        ),
    )
)
ORDER = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
EQUAL = st.sampled_from(["==", "!="])
LETTER = st.sampled_from(["'a'", '"b"', '"c"'])
NAME = st.sampled_from(['"甲"', "'乙'", '""'])
COUNT = st.integers(-3, 3)
AREA = st.integers(-30, 30).map(lambda tenths: tenths / 10)
DAY = st.sampled_from(['"2026-01-01"', '"2026-06-30"', '"2027-12-31"'])


def compared(path, order, constant):
    """`field op constant`, or the same turned round."""
    straight = st.builds(lambda o, c: f"answers.s.{path} {o} {c}", order, constant)
    turned = st.builds(lambda o, c: f"{c} {o} answers.s.{path}", order, constant)
    return straight | turned


ATOMS = st.one_of(
    st.just("answers.s.flag"),
    compared("flag", EQUAL, st.sampled_from(["true", "false"])),
    compared("count", ORDER, COUNT),
    compared("area", ORDER, AREA),
    compared("kind", EQUAL, LETTER),
    compared("name", EQUAL, NAME),
    compared("day", ORDER, DAY),
    st.lists(LETTER, min_size=1, max_size=3).map(lambda c: f"answers.s.kind in [{', '.join(c)}]"),
    st.lists(COUNT, min_size=1, max_size=3).map(lambda c: f"answers.s.count in {c}"),
    LETTER.map(lambda c: f"{c} in answers.s.items"),
    st.sampled_from(["flag", "count", "kind", "items", "name"]).map(
        lambda p: f"has(answers.s.{p})"
    ),
)
TEXTS = st.recursive(
    ATOMS,
    lambda parts: st.one_of(
        st.tuples(parts, parts).map(lambda p: f"({p[0]} && {p[1]})"),
        st.tuples(parts, parts, parts).map(lambda p: f"({p[0]} || {p[1]} || {p[2]})"),
        parts.map(lambda p: f"!({p})"),
    ),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "flag": st.booleans(),
        "count": COUNT,
        "area": AREA,
        "kind": st.sampled_from("abc"),
        "items": st.lists(st.sampled_from("abc"), min_size=1, unique=True),
        "day": st.sampled_from(["2025-12-31", "2026-01-01", "2026-06-30", "2028-02-29"]),
        "name": st.sampled_from(["甲", "丙"]),
    },
)


def by_celpy(text, answers):
    """What cel-python says, or None where it knows only an error (a missing value)."""
    limit = sys.getrecursionlimit()  # cel-python raises it for the whole process
    environment = celpy.Environment()
    program = environment.program(environment.compile(text))
    try:
        return bool(program.evaluate({"answers": json_to_cel({"s": answers})}))
    except celpy.CELEvalError:
        return None
    finally:
        sys.setrecursionlimit(limit)


@settings(max_examples=examples(300))
@given(TEXTS, ANSWERS)
def test_our_evaluation_agrees_with_cel_python_wherever_that_has_an_answer(text, answers):
    expected = by_celpy(text, answers)
    found = parse_condition(text, FORM).holds({"s": answers})
    assert expected is None or found is expected


@settings(max_examples=examples(100))
@given(TEXTS, ANSWERS)
def test_a_condition_always_gives_true_or_false_whatever_is_missing(text, answers):
    condition = parse_condition(text, FORM)
    assert condition.holds({"s": answers}) in (True, False)
    assert condition.holds({}) in (True, False)
    assert condition.paths <= {field.path for field in FORM.fields}


def test_a_comparison_with_a_missing_value_is_false_both_ways():
    assert not parse_condition("answers.s.count > 3", FORM).holds({})
    assert not parse_condition("answers.s.count <= 3", FORM).holds({})
    assert not parse_condition("answers.s.count != 3", FORM).holds({})
    assert parse_condition("!(answers.s.count > 3)", FORM).holds({})


@pytest.mark.parametrize(
    ("area", "holds"), [(300, False), (300.0, False), (300.5, True), (301, True)]
)
def test_a_whole_number_is_a_constant_for_a_field_of_numbers(area, holds):
    assert parse_condition("answers.s.area > 300", FORM).holds({"s": {"area": area}}) is holds


def test_a_value_of_another_kind_is_like_none():
    condition = parse_condition("answers.s.count >= 0", FORM)
    for odd in ("7", True, [], {}, None):
        assert not condition.holds(with_value({}, "s.count", odd))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("answers.s.count + 1 > 3", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.count > answers.s.area", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.people.all(p, p.name == 'x')", "CONDITION_OUTSIDE_SUBSET"),
        ("size(answers.s.items) > 1", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.name.startsWith('x')", "CONDITION_OUTSIDE_SUBSET"),
        ("answers['s'].count > 1", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.flag ? answers.s.flag : answers.s.flag", "CONDITION_OUTSIDE_SUBSET"),
        ("true", "CONDITION_OUTSIDE_SUBSET"),
        ("1 == 1", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.kind in []", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.kind == ['a']", "CONDITION_OUTSIDE_SUBSET"),
        ("['a'] in answers.s.items", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.kind in 'abc'", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.name == 'a\\x41'", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.count > 99999999999999999999", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.count > - - 3", "CONDITION_OUTSIDE_SUBSET"),
        ("has(answers.s.flag, answers.s.count)", "CONDITION_OUTSIDE_SUBSET"),
        ("other.s.flag", "CONDITION_OUTSIDE_SUBSET"),
        ("answers", "CONDITION_OUTSIDE_SUBSET"),
        ("answers.s.flag &&", "CONDITION_SYNTAX"),
        ("answers.s.flag and answers.s.flag", "CONDITION_SYNTAX"),
        ("", "CONDITION_SYNTAX"),
        ("\x00\ud800", "CONDITION_SYNTAX"),
        ("answers.s.missing", "CONDITION_FIELD"),
        ("answers.s", "CONDITION_FIELD"),
        ("answers.s.count", "CONDITION_TYPE"),
        ("answers.s.flag == 1", "CONDITION_TYPE"),
        ("answers.s.count == true", "CONDITION_TYPE"),
        ("answers.s.count > 1.5", "CONDITION_TYPE"),
        ("answers.s.count == '1'", "CONDITION_TYPE"),
        ("answers.s.name > 'a'", "CONDITION_TYPE"),
        ("answers.s.kind == 'd'", "CONDITION_TYPE"),
        ("answers.s.kind in ['a', 1]", "CONDITION_TYPE"),
        ("'d' in answers.s.items", "CONDITION_TYPE"),
        ("answers.s.items == 'a'", "CONDITION_TYPE"),
        ("'a' in answers.s.kind", "CONDITION_TYPE"),
        ("answers.s.day > '2026-02-30'", "CONDITION_TYPE"),
        ("answers.s.day > '2026-1-1'", "CONDITION_TYPE"),
        ("answers.s.people == 'x'", "CONDITION_TYPE"),
    ],
)
def test_what_is_outside_the_subset_or_of_the_wrong_type_is_refused_by_rule(text, rule):
    with pytest.raises(ConditionInvalid) as refused:
        parse_condition(text, FORM)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("answers.s.flag" + " " * LONGEST, "CONDITION_TOO_LONG"),
        ("answers.s.name == '" + "字" * 700 + "'", "CONDITION_TOO_LONG"),
        ("(" * 21 + "answers.s.flag" + ")" * 21, "CONDITION_TOO_DEEP"),
        ("!" * 21 + "answers.s.flag", "CONDITION_TOO_DEEP"),
    ],
)
def test_long_and_deep_texts_are_refused_before_they_are_parsed(text, rule):
    with pytest.raises(ConditionInvalid) as refused:
        parse_condition(text, FORM)
    assert refused.value.rule == rule


def test_the_longest_chain_within_the_length_is_read():
    chain = "||".join(["answers.s.flag"] * (LONGEST // 16))
    assert len(chain.encode()) <= LONGEST
    assert parse_condition(chain, FORM).holds({"s": {"flag": True}})


def test_the_deepest_nesting_allowed_is_read():
    deep = "!(" * 20 + "answers.s.flag" + ")" * 20
    assert parse_condition(deep, FORM).holds({"s": {"flag": True}})
