"""The published schema and the rules that clean a value never disagree about whole answers (BAD-48, 49)."""

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from services.definition import read_definition
from services.form import cleaned_value, settled, value_at
from services.form_definition import read_form
from services.importing import load_definition
from services.json_schema import form_schema, schema_of
from services.node import Node
from services.validation import AnswerCheck
from tests.services.conftest import ROOT

FORM_TEXT = r"""
form:
  - id: a
    label: 甲
    fields:
      - {id: name, label: 名称, type: text, required: true, max_length: 5}
      - {id: note, label: 说明, type: long_text, max_length: 20, required_when: answers.a.count > 3}
      - {id: plate, label: 号牌, type: text, pattern: '京[A-Z][0-9A-Z]{5}', pattern_help: 例如京A12345}
      - {id: count, label: 个数, type: integer, minimum: 0, maximum: 10}
      - {id: area, label: 面积, type: number, unit: 平方米}
      - {id: agreed, label: 同意, type: boolean, required: true}
      - {id: colour, label: 颜色, type: choice, options: {red: 红, blue: 蓝}}
      - {id: colours, label: 各色, type: choices, options: {red: 红, blue: 蓝}}
      - {id: starts, label: 开始, type: date, earliest: "2020-01-01"}
      - {id: ends, label: 结束, type: date, latest: "2030-12-31"}
  - id: b
    label: 乙
    when: answers.a.agreed || answers.a.colour != "red"
    fields:
      - {id: phone, label: 电话, type: phone, required: true}
      - id: number
        label: 证件
        type: id_number
        when: '"blue" in answers.a.colours || answers.a.ends < "2025-01-01"'
      - id: code
        label: 代码
        type: credit_code
        required: true
        when: has(answers.b.number) && !(answers.a.area >= 2.5)
      - {id: place, label: 区划, type: division, required_when: 'answers.a.colour in ["red", "blue"]'}
  - id: c
    label: 丙
    fields:
      - id: people
        label: 人员
        type: rows
        least_rows: 2
        most_rows: 3
        columns:
          - {id: name, label: 姓名, type: text, required: true, max_length: 4}
          - {id: kind, label: 身份, type: choice, options: {owner: 业主, other: 其他}}
          - {id: born, label: 出生, type: date, required: true, when: row.kind == "owner"}
checks:
  - {id: order, holds: answers.a.starts <= answers.a.ends, message: 结束不早于开始, fields: [a.ends, a.starts]}
  - {id: contact, when: answers.a.colour == "blue", holds: has(answers.b.phone), message: 留个电话, fields: [b.phone]}
"""
FORM = read_form(Node(load_definition(FORM_TEXT), "", []))
CHECK = AnswerCheck(FORM)
ODD = st.sampled_from(
    [
        "",
        " x ",
        "x" * 30,
        "a\x00b",
        "a\nb",
        "\ud800",
        0,
        -1,
        2.5,
        0.125,
        11,
        2**60,
        1e308,
        True,
        [],
        {},
    ]
)
DAYS = ["2019-12-31", "2024-06-01", "2026-02-03", "2031-01-01", "2025-02-29", "20250101"]
PEOPLE = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {},
            optional={
                "name": st.sampled_from(["甲", "五个字太长", " ", 3]),
                "kind": st.sampled_from(["owner", "other", "third"]),
                "born": st.sampled_from(DAYS),
                "age": st.just(3),
            },
        ),
        st.just("甲"),
    ),
    max_size=4,
)
VALUES = {
    "a.name": st.sampled_from(["小满", "六个字太长了", "𠮷㐀", "x"]),
    "a.note": st.sampled_from(["一\n二", "一\r\n二", "好"]),
    "a.plate": st.sampled_from(["京A12345", "京A1234", "沪A12345"]),
    "a.count": st.sampled_from([0, 3, 4, 10, 3.0, "3"]),
    "a.area": st.sampled_from([0.07, 320.5, 2.5, 2.49, 3, 9007199254740992]),
    "a.agreed": st.booleans(),
    "a.colour": st.sampled_from(["red", "blue", "green"]),
    "a.colours": st.sampled_from([["red"], ["blue"], ["blue", "red"], ["green"], [1]]),
    "a.starts": st.sampled_from(DAYS),
    "a.ends": st.sampled_from(DAYS),
    "b.phone": st.sampled_from(["13800138000", "138 0013 8000", "1380013800"]),
    "b.number": st.sampled_from(["11010519491231002X", "11010519491231002x", "110105194912310026"]),
    "b.code": st.sampled_from(["91350100M000100Y43", "91350100M000100Y4Z"]),
    "b.place": st.sampled_from(["990102000000", "99010200000"]),
    "c.people": PEOPLE,
    "c.more": st.just(1),
}


@st.composite
def answers_of(draw):
    """Answers of every kind: missing, good, bad, odd, of the wrong type, unknown."""
    found = {}
    for path, values in VALUES.items():
        if draw(st.integers(0, 9)) < (2 if path == "c.more" else 7):
            section, name = path.split(".")
            # an ill-formed day is refused by both, but a condition cannot say which side of a day it is on
            odd = path != "a.ends" and draw(st.integers(0, 11)) == 0
            found.setdefault(section, {})[name] = draw(ODD if odd else values)
    return found


def by_the_cleaner(answers):
    """What the cleaning rules and the conditions say, field by field: {path: code}, checks aside."""
    told = {}
    for field in FORM.fields:
        value = value_at(answers, field.path)
        if value is None:
            told |= {field.path: "REQUIRED"} if field.needed(answers) else {}
            continue
        cleaned, wrong = cleaned_value(field, value)
        told |= {p.field: p.code for p in reversed(wrong)}
        if field.type == "rows" and not any(p.field == field.path for p in wrong):
            told |= by_row(field, value, told)
        elif not wrong and not alike(field, cleaned, value):
            told[field.path] = "spelled otherwise"
        elif not wrong and not field.called(answers):
            told[field.path] = "NOT_CALLED_FOR"
    return told | {
        f"c.{name}": "UNKNOWN_FIELD"
        for name, value in answers.get("c", {}).items()
        if name == "more" and value != []
    }


def by_row(field, rows, told):
    """What cleaning rows leaves unsaid: too few of them, what a row lacks, what it is not asked for."""
    if len(rows) < field.least_rows:
        for path in [p for p in told if p.startswith(field.path)]:
            del told[path]
        return {field.path: "OUT_OF_RANGE"}
    cells = {
        f"{field.path}.{number}.{column.path}": by_cell(column, row)
        for number, row in enumerate(rows)
        for column in field.columns
    }
    return {place: code for place, code in cells.items() if code and place not in told}


def by_cell(column, row):
    """The code of one cell whose own value is not refused, or nothing."""
    called, value = column.called({"@row": row}), row.get(column.path)
    if value is None:
        return "REQUIRED" if column.required and called else ""
    if cleaned_value(column, value)[0] != value:
        return "spelled otherwise"
    return "" if called else "NOT_CALLED_FOR"


def alike(field, cleaned, value):
    """Stored as it came; the order in which choices were made says nothing."""
    if field.type == "choices" and isinstance(value, list):
        return sorted(cleaned or []) == sorted(value)
    return cleaned == value and isinstance(cleaned, bool) == isinstance(value, bool)


@settings(max_examples=250, deadline=None)
@given(answers_of())
def test_bad_48_49_schema_and_cleaner_agree_on_every_field_of_whole_answers(answers):
    expected = by_the_cleaner(answers)
    told = CHECK.problems(answers)
    found = {p.field: p.code for p in told if p.code != "CHECK_FAILED"}
    assert found.keys() == expected.keys()
    named = {path: code for path, code in expected.items() if code != "spelled otherwise"}
    assert {path: found[path] for path in named} == named
    failed = {c.id for c in FORM.checks if not c.passes(answers) and c.fields[0] not in expected}
    assert {p.params["check"] for p in told if p.code == "CHECK_FAILED"} == failed


@settings(max_examples=100, deadline=None)
@given(answers_of())
def test_what_is_dropped_leaves_no_answer_that_nobody_asks(answers):
    kept = settled(FORM, answers)
    assert "NOT_CALLED_FOR" not in {p.code for p in CHECK.problems(kept) if p.field.count(".") == 1}
    assert settled(FORM, kept) == kept


def test_every_published_form_is_a_schema_of_the_standard_and_names_its_version():
    Draft202012Validator.check_schema(schema_of(FORM))
    for path in sorted((ROOT / "fixtures").glob("*/*.yaml")):
        if path.parent.name in {"services", "onething"}:
            definition = read_definition(load_definition(path.read_text(encoding="utf-8")))
            schema = form_schema(definition, 3)
            Draft202012Validator.check_schema(schema)
            assert schema["$id"] == f"urn:tongban:item:{definition.code}:3:form"
