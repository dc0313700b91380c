"""Answers: what is well formed, what is complete, and what is stored (BAD-16 to 24, 42, 46 to 49)."""

import pytest

from services.conditions import parse_condition
from services.fields import Field, Option
from services.form import Form, Section, clean, value_at, with_value
from services.validation import AnswerCheck

COLOURS = (Option("red", "红"), Option("blue", "蓝"))
PLAIN = Form(
    (
        Section(
            "a",
            "甲",
            (
                Field("a.name", "名称", "text", required=True, max_length=5),
                Field("a.note", "说明", "long_text", max_length=20),
                Field("a.count", "个数", "integer", minimum=0, maximum=10),
                Field("a.area", "面积", "number", decimals=2),
                Field("a.agreed", "同意", "boolean", required=True),
                Field("a.day", "日期", "date", earliest="2020-01-01", latest="2030-12-31"),
                Field("a.colour", "颜色", "choice", options=COLOURS),
                Field("a.colours", "颜色", "choices", options=COLOURS),
                Field("a.phone", "电话", "phone"),
                Field("a.id_number", "身份证", "id_number"),
                Field("a.credit_code", "代码", "credit_code"),
                Field("a.division", "区划", "division"),
                Field(
                    "a.people",
                    "人员",
                    "rows",
                    columns=(
                        Field("name", "姓名", "text", required=True),
                        Field("born", "出生", "date"),
                    ),
                    most_rows=2,
                ),
            ),
        ),
        Section("b", "乙", (Field("b.reason", "原因", "text"),)),
    )
)
REASON = Field(
    "b.reason", "原因", "text", required_when=parse_condition("answers.a.count > 3", PLAIN)
)
FORM = Form((PLAIN.sections[0], Section("b", "乙", (REASON,))))
CHECK = AnswerCheck(FORM)


def cleaned(path, value):
    """The stored value, or the code by which it is refused."""
    values, wrong = clean(FORM, {path: value})
    return wrong[0].code if wrong else values[path]


@pytest.mark.parametrize(
    ("path", "value", "stored"),
    [
        ("a.name", " 小满 ", "小满"),
        ("a.name", "", None),
        ("a.name", None, None),
        ("a.name", "   ", None),
        ("a.name", "𠮷㐀", "𠮷㐀"),
        ("a.name", "<b>", "<b>"),
        ("a.name", "六个字太长了", "TOO_LONG"),
        ("a.name", "x" * 10_000_000, "TOO_LONG"),
        ("a.name", "a\x00b", "INVALID_CHARACTERS"),
        ("a.name", "a\nb", "INVALID_CHARACTERS"),
        ("a.name", "a\u202eb", "INVALID_CHARACTERS"),
        ("a.name", 5, "INVALID_VALUE"),
        ("a.name", ["x"], "INVALID_VALUE"),
        ("a.note", "一\r\n二", "一\n二"),
        ("a.count", 3, 3),
        ("a.count", 3.0, 3),
        ("a.count", "3", 3),
        ("a.count", 0, 0),
        ("a.count", -1, "OUT_OF_RANGE"),
        ("a.count", 11, "OUT_OF_RANGE"),
        ("a.count", 2.5, "INVALID_NUMBER"),
        ("a.count", True, "INVALID_NUMBER"),
        ("a.count", " 5 ", "INVALID_NUMBER"),
        ("a.count", "1e3", "INVALID_NUMBER"),
        ("a.count", "１,000", "INVALID_NUMBER"),
        ("a.count", "１", "INVALID_NUMBER"),
        ("a.count", "007", "INVALID_NUMBER"),
        ("a.area", "320.50", 320.5),
        ("a.area", 320.0, 320),
        ("a.area", 0.125, "INVALID_NUMBER"),
        ("a.area", 2**53 + 2, "INVALID_NUMBER"),
        ("a.area", 10**400, "INVALID_NUMBER"),
        ("a.area", float("nan"), "INVALID_NUMBER"),
        ("a.area", float("inf"), "INVALID_NUMBER"),
        ("a.area", "9" * 400, "INVALID_NUMBER"),
        ("a.agreed", True, True),
        ("a.agreed", "false", False),
        ("a.agreed", 1, "INVALID_VALUE"),
        ("a.agreed", "yes", "INVALID_VALUE"),
        ("a.day", "2024-02-29", "2024-02-29"),
        ("a.day", "2025-02-29", "INVALID_DATE"),
        ("a.day", "2025-13-01", "INVALID_DATE"),
        ("a.day", "2025-01-01T24:00", "INVALID_DATE"),
        ("a.day", "20250101", "INVALID_DATE"),
        ("a.day", "2025-W01-1", "INVALID_DATE"),
        ("a.day", 20250101, "INVALID_DATE"),
        ("a.day", "2019-12-31", "OUT_OF_RANGE"),
        ("a.day", "2031-01-01", "OUT_OF_RANGE"),
        ("a.colour", "red", "red"),
        ("a.colour", "红", "INVALID_CHOICE"),
        ("a.colour", ["red"], "INVALID_CHOICE"),
        ("a.colours", ["blue", "red", "blue"], ["red", "blue"]),
        ("a.colours", "blue", ["blue"]),
        ("a.colours", [], None),
        ("a.colours", ["green"], "INVALID_CHOICE"),
        ("a.colours", [{}], "INVALID_CHOICE"),
        ("a.phone", "+86 138 0013 8000", "13800138000"),
        ("a.phone", "1380013800", "INVALID_PHONE"),
        ("a.phone", 13800138000, "INVALID_VALUE"),
        ("a.id_number", "11010519491231002x", "11010519491231002X"),
        ("a.id_number", "110105194912310026", "INVALID_ID_NUMBER"),
        ("a.id_number", "110105491231002", "ID_NUMBER_OUTDATED"),
        ("a.credit_code", "91350100M000100Y43", "91350100M000100Y43"),
        ("a.credit_code", "91350100M000100Y4Z", "INVALID_CREDIT_CODE"),
        ("a.division", "990102000000", "990102000000"),
        ("a.division", "99010200000０", "INVALID_CHOICE"),
        (
            "a.people",
            [{"name": " 甲 ", "born": "2000-01-01"}],
            [{"name": "甲", "born": "2000-01-01"}],
        ),
        ("a.people", [], None),
        ("a.people", "甲", "INVALID_VALUE"),
        ("a.people", ["甲"], "INVALID_VALUE"),
        ("a.people", [{}, {}, {}], "OUT_OF_RANGE"),
        ("a.people", [{"name": "甲", "age": 3}], "UNKNOWN_FIELD"),
        ("a.people", [{"name": "甲", "born": "2000-13-01"}], "INVALID_DATE"),
        ("c.name", "x", "UNKNOWN_FIELD"),
        ("a", {"name": "x"}, "UNKNOWN_FIELD"),
        ("a.name.first", "x", "UNKNOWN_FIELD"),
    ],
)
def test_a_value_is_stored_in_its_one_form_or_refused_with_its_own_code(path, value, stored):
    found = cleaned(path, value)
    assert found == stored
    assert type(found) is type(stored)


def test_a_problem_of_a_row_stands_at_its_row_and_column():
    _, wrong = clean(FORM, {"a.people": [{"name": "甲"}, {"name": "乙", "born": "x"}]})
    assert [(p.code, p.field) for p in wrong] == [("INVALID_DATE", "a.people.1.born")]


def test_bad_48_all_missing_fields_are_told_at_once_in_the_order_of_the_form():
    answers = {"a": {"count": 4, "people": [{"born": "2000-01-01"}]}}
    found = [(p.code, p.field) for p in CHECK.problems(answers)]
    assert found == [
        ("REQUIRED", "a.name"),
        ("REQUIRED", "a.agreed"),
        ("REQUIRED", "a.people.0.name"),
        ("REQUIRED", "b.reason"),
    ]


def test_a_field_is_required_only_when_its_condition_holds():
    answers = {"a": {"name": "甲", "agreed": False, "count": 3}}
    assert CHECK.problems(answers) == []


def test_bad_49_unknown_fields_are_refused_wherever_they_stand():
    answers = {"a": {"name": "甲", "agreed": True, "colour2": "x"}, "z": 1, "b": "text"}
    found = [(p.code, p.field) for p in CHECK.problems(answers)]
    assert found == [("UNKNOWN_FIELD", "a.colour2"), ("UNKNOWN_FIELD", "b"), ("UNKNOWN_FIELD", "z")]


def test_stored_answers_are_judged_anew_with_the_code_of_their_own_check():
    answers = {"a": {"name": "甲", "agreed": True, "day": "2025-02-29", "id_number": "1"}}
    found = [(p.code, p.field) for p in CHECK.problems(answers)]
    assert found == [("INVALID_DATE", "a.day"), ("INVALID_ID_NUMBER", "a.id_number")]


def test_with_value_leaves_the_original_and_takes_empty_sections_away():
    before = {"a": {"name": "甲"}}
    after = with_value(before, "a.count", 3)
    assert after == {"a": {"name": "甲", "count": 3}}
    assert with_value(with_value(after, "a.name", None), "a.count", None) == {}
    assert before == {"a": {"name": "甲"}}
    assert value_at(after, "a.count") == 3
    assert value_at(after, "a.count.deeper") is None
