"""Conditions as tables: what a table shows means the same as its text, and what it cannot show has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.errors import Refusal
from services.condition_table import (
    SEVERAL,
    UNARY,
    ConditionTable,
    Row,
    canonical_table,
    operators_for,
    read_value,
    table_of,
    text_of,
    worded_value,
)
from services.conditions import parse_condition
from services.fields import FIELD_TYPES, Field, Option
from services.form import Form, Section

OPTIONS = (Option("owned", "自有"), Option("leased", "租赁"), Option("lent", "借用"))
FORM = Form(
    (
        Section(
            "s",
            "",
            tuple(
                Field(f"s.{kind}", "", kind, options=OPTIONS if "choice" in kind else ())
                for kind in FIELD_TYPES
            ),
        ),
    )
)
VALUES = {
    "integer": st.integers(-(10**6), 10**6),
    "number": st.integers(-(10**6), 10**6).map(lambda n: n / 100),
    "date": st.dates().map(str),
    "choice": st.sampled_from([option.code for option in OPTIONS]),
    "choices": st.sampled_from([option.code for option in OPTIONS]),
}
TEXTS = st.text(st.sampled_from("租'\"答 a0"), max_size=5).filter(
    lambda t: not {"'", '"'} <= set(t)
)


@st.composite
def rows(draw):
    field = draw(st.sampled_from(FORM.fields))
    operator = draw(st.sampled_from(operators_for(field.type)))
    most = 0 if operator in UNARY else 3 if operator in SEVERAL else 1
    values = st.lists(VALUES.get(field.type, TEXTS), min_size=min(1, most), max_size=most)
    return Row(field.path, operator, tuple(draw(values)), draw(st.integers(0, 2)))


TABLES = st.builds(
    ConditionTable, st.sampled_from(["all", "any"]), st.lists(rows(), min_size=1, max_size=5)
)


@given(TABLES)
def test_a_table_is_the_same_again_after_it_was_a_text(table):
    table = canonical_table(ConditionTable(table.join, tuple(table.rows)))
    text = text_of(table)
    assert table_of(parse_condition(text, FORM)) == table
    assert text_of(table_of(parse_condition(text, FORM))) == text


ATOMS = (
    "answers.s.boolean",
    "answers.s.integer > 3",
    '"lent" in answers.s.choices',
    "!has(answers.s.text)",
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "boolean": st.booleans(),
        "integer": st.integers(2, 5),
        "choices": st.lists(st.sampled_from(["lent", "owned"]), unique=True),
        "text": st.just("x"),
    },
)
EXPRESSIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.builds(
        lambda sign, parts: "(" + sign.join(parts) + ")",
        st.sampled_from([" && ", " || "]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, ANSWERS)
def test_what_a_table_shows_holds_when_its_text_holds(text, answers):
    condition = parse_condition(text, FORM)
    table = table_of(condition)
    if table is not None:
        shown = parse_condition(text_of(table), FORM)
        assert shown.holds({"s": answers}) == condition.holds({"s": answers})


@pytest.mark.parametrize(
    "text",
    [
        "!(answers.s.integer > 3)",
        "!(answers.s.boolean || answers.s.integer > 3)",
        "answers.s.boolean || (answers.s.integer > 3 && (answers.s.boolean || has(answers.s.text)))",
    ],
)
def test_what_no_table_can_show_has_none(text):
    assert table_of(parse_condition(text, FORM)) is None


def test_a_value_is_typed_in_the_words_of_its_field():
    field = {one.type: one for one in FORM.fields}
    assert read_value(field["choice"], " 租赁 ") == "leased"
    assert worded_value(field["choice"], "leased") == "租赁"
    assert read_value(field["number"], "300.50") == 300.5
    assert worded_value(field["number"], 300.5) == "300.5"
    assert read_value(field["date"], "2026-01-31") == "2026-01-31"
    for kind, text in (
        ("choice", "别的"),
        ("integer", "３"),
        ("date", "2026/1/31"),
        ("text", "\"'"),
        ("text", "\\"),
        ("text", ""),
    ):
        with pytest.raises(Refusal):
            read_value(field[kind], text)
