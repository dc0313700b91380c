"""Fields that other answers call for, patterns and checks: how a definition says them, and what is refused in it."""

import pytest

from people.errors import Refusal
from services.conditions import parse_condition
from services.errors import ConditionInvalid, DefinitionInvalid, check
from services.fields import Field, clean_value
from services.form import Form, Section, clean, settled, uncalled_paths
from services.form_definition import read_form
from services.importing import load_definition
from services.node import Node
from services.regions import regions

WORK = """
form:
  - id: ground
    label: 情形
    fields:
      - {id: kinds, label: 符合的情形, type: choices, required: true, options: {work: 就业, study: 就读}}
  - id: work
    label: 就业
    when: '"work" in answers.ground.kinds'
    fields:
      - {id: employer, label: 用人单位, type: text, required: true}
      - {id: insured, label: 已参保, type: boolean, required: true}
      - {id: since, label: 参保日期, type: date, required: true, when: answers.work.insured}
  - id: home
    label: 住所
    fields:
      - id: others
        label: 同住人
        type: rows
        columns:
          - {id: kind, label: 关系, type: choice, required: true, options: {child: 子女, other: 其他}}
          - {id: school, label: 学校, type: text, required_when: row.kind == "child"}
          - {id: note, label: 说明, type: text, when: row.kind == "other"}
"""


def read(text):
    """The form of a definition's text, or its faults as (rule, place)."""
    problems = []
    form = read_form(Node(load_definition(text), "", problems))
    check(problems)
    return form


def faults(text):
    """(place, rule) of everything wrong with a form."""
    with pytest.raises(DefinitionInvalid) as invalid:
        read(text)
    return [(p.field, p.params["rule"]) for p in invalid.value.problems]


def changed(old, new):
    """The form with one piece of it said otherwise."""
    assert old in WORK
    return WORK.replace(old, new)


def test_an_answer_that_the_others_no_longer_call_for_goes_to_the_end_of_the_chain():
    form = read(WORK)
    work = {"employer": "云帆", "insured": True, "since": "2024-01-01"}
    answers = {"ground": {"kinds": ["work"]}, "work": work}
    assert settled(form, answers) == answers
    assert settled(form, {**answers, "ground": {"kinds": ["study"]}}) == {
        "ground": {"kinds": ["study"]}
    }
    kept = settled(form, {**answers, "work": {**work, "insured": False}})
    assert kept["work"] == {"employer": "云帆", "insured": False}
    needed = {f.path for f in form.fields if f.needed({"ground": {"kinds": ["work"]}})}
    assert needed == {"ground.kinds", "work.employer", "work.insured"}
    assert form.dependents({"ground.kinds"}) == {"work.employer", "work.insured", "work.since"}


def test_a_row_keeps_only_what_its_own_answers_call_for():
    form = read(WORK)
    rows = [{"kind": "child", "school": "一小", "note": "x"}, {"kind": "other", "note": "母亲"}]
    values, wrong = clean(form, {"home.others": rows})
    assert wrong == []
    assert values["home.others"] == [{"kind": "child", "school": "一小"}, rows[1]]


@pytest.mark.parametrize(
    ("old", "new", "place", "rule"),
    [
        (
            "when: answers.work.insured",
            "when: has(answers.work.since)",
            "form.work.fields.since.when",
            "WHEN_CIRCLE",
        ),
        (
            "options: {work: 就业, study: 就读}}",
            "options: {work: 就业, study: 就读}, when: answers.work.insured}",
            "form.ground.fields.kinds.when",
            "WHEN_CIRCLE",
        ),
        (
            "when: row.kind ==",
            "when: row.note ==",
            "form.home.fields.others.columns.note.when",
            "WHEN_CIRCLE",
        ),
        (
            "when: row.kind ==",
            "when: row.age ==",
            "form.home.fields.others.columns.note.when",
            "CONDITION_FIELD",
        ),
        (
            "when: row.kind ==",
            "when: answers.home.x ==",
            "form.home.fields.others.columns.note.when",
            "CONDITION_FIELD",
        ),
        (
            "when: answers.work.insured",
            "when: row.insured",
            "form.work.fields.since.when",
            "CONDITION_FIELD",
        ),
        (
            "when: answers.work.insured",
            "when: answers.work.x",
            "form.work.fields.since.when",
            "CONDITION_FIELD",
        ),
        ('\'"work" in answers', '\'"job" in answers', "form.work.when", "CONDITION_TYPE"),
        (
            "type: text, required: true}",
            "type: text, pattern: a+}",
            "form.work.fields.employer.pattern_help",
            "MISSING",
        ),
        (
            "type: text, required: true}",
            "type: text, pattern: '(?=a)b', pattern_help: x}",
            "form.work.fields.employer.pattern",
            "BAD_PATTERN",
        ),
        (
            "type: date, required: true",
            "type: date, pattern: a, pattern_help: x",
            "form.work.fields.since.pattern",
            "PATTERN_OF_TEXTS_ONLY",
        ),
    ],
)
def test_a_form_that_cannot_be_asked_is_refused_at_its_place(old, new, place, rule):
    assert (place, rule) in faults(changed(old, new))


def test_the_faults_of_a_check_stand_at_it():
    told = faults(
        WORK
        + """
checks:
  - {id: a, holds: answers.work.since <= answers.work.employer, message: 甲}
  - {id: b, holds: "!(answers.work.since <= answers.work.since)", message: 乙}
  - {id: c, when: answers.work.since < answers.work.since, holds: answers.work.insured, message: 丙, fields: [work.x]}
  - {id: d, message: 丁}
"""
    )
    assert told == [
        ("checks.a.holds", "CONDITION_TYPE"),
        ("checks.b.holds", "CONDITION_OUTSIDE_SUBSET"),
        ("checks.c.when", "CONDITION_OUTSIDE_SUBSET"),
        ("checks.c.fields", "UNKNOWN_PATH"),
        ("checks.d.holds", "MISSING"),
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        "a" * 201,
        "(?P<n>a)",
        r"\pL",
        r"\Aa",
        r"a\z",
        "(a{1000}){1000}",
        "[",
        r"(a)\1",
        "(?i)a",
        "[[:alpha:]]",
        "[]a]",
        "[^]a]",
        r"[\w-z]",
        r"a\-b",
        "a{,5}",
        "x}",
        "^*",
    ],
)
def test_an_expression_of_another_dialect_or_without_bound_is_refused(pattern):
    text = changed(
        "type: text, required: true}", f"type: text, pattern: '{pattern}', pattern_help: x}}"
    )
    rule = "NOT_A_TEXT" if len(pattern) > 200 else "BAD_PATTERN"
    assert ("form.work.fields.employer.pattern", rule) in faults(text)


def test_a_catastrophic_expression_costs_nothing():
    field = Field("a.b", "", "text", pattern="(a+)+(a|aa)+$", pattern_help="只有 a", max_length=200)
    assert clean_value(field, "a" * 200) == "a" * 200
    with pytest.raises(Refusal) as refusal:
        clean_value(field, "a" * 199 + "b")
    assert (refusal.value.code, refusal.value.problems[0].params) == (
        "INVALID_FORMAT",
        {"help": "只有 a"},
    )


def test_two_fields_are_compared_in_checks_only():
    days = (Field("a.x", "", "date"), Field("a.y", "", "date"))
    form = Form((Section("a", "", days),))
    order = parse_condition("answers.a.x < answers.a.y", form, pairs=True)
    assert order.holds({"a": {"x": "2026-01-01", "y": "2026-01-02"}})
    assert not order.holds({"a": {"x": "2026-01-02", "y": "2026-01-02"}})
    assert order.holds({"a": {"x": "2026-01-02"}})
    assert order.paths == {"a.x", "a.y"}
    with pytest.raises(ConditionInvalid):
        parse_condition("answers.a.x < answers.a.y", form)


def test_a_region_is_lost_neither_where_a_field_must_nor_where_it_must_not_be_answered():
    asked = Field("s.a", "", "boolean", required=True)
    form = Form((Section("s", "", (asked,)),))
    when = parse_condition("answers.s.a", form)
    for field in (
        Field("s.b", "", "boolean", required_when=when),
        Field("s.b", "", "boolean", required=True, when=when),
    ):
        whole = Form((Section("s", "", (asked, field)),))
        found = regions(whole, [parse_condition("answers.s.b", whole)])
        met = {(r.sample["s.a"], r.sample["s.b"]) for r in found}
        assert {(True, True), (True, False), (False, None)} <= met
        assert (True, None) not in met
        assert ((False, True) in met) == (field.when is None)


def test_the_cells_that_a_row_does_not_call_for_are_told_with_those_of_one_empty_row_more():
    answers = {"work": {"insured": False}, "home": {"others": [{"kind": "other"}, {}]}}
    cells = [path for path in uncalled_paths(read(WORK), answers) if path.startswith("home.")]
    assert cells == ["home.others.1.note", "home.others.2.note"]


def test_the_first_and_the_last_day_there_is_cut_a_form_like_any_other():
    form = Form((Section("a", "", (Field("a.x", "", "date", required=True),)),))
    for day in ("0001-01-01", "9999-12-31"):
        found = regions(form, [parse_condition(f'answers.a.x == "{day}"', form)])
        assert len(found) == 2
