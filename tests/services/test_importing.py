"""YAML is read without its surprises, and every refusal names the line."""

import pytest

from services.errors import DefinitionInvalid
from services.importing import load_definition


def refused(text):
    """The rule that refuses a text, and the line that is told."""
    with pytest.raises(DefinitionInvalid) as invalid:
        load_definition(text, "x.yaml")
    problem = invalid.value.problems[0]
    assert problem.field == "x.yaml"
    return problem.params["rule"], problem.params.get("line")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: on", "on"),
        ("a: no", "no"),
        ("a: 2026-01-01", "2026-01-01"),
        ("a: 0131", "0131"),
        ("a: 12:30:45", "12:30:45"),
        ("a: 0x1F", "0x1F"),
        ("a: 1e3", "1e3"),
        ("a: .inf", ".inf"),
        ("a: 1_000", "1_000"),
        ("a: true", True),
        ("a: 300", 300),
        ("a: -1.5", -1.5),
        ("a: ", None),
        ("a: '300'", "300"),
    ],
)
def test_only_plain_numbers_and_true_and_false_are_more_than_text(text, value):
    assert load_definition(text) == {"a": value}


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: 1\nb: 2\na: 3", "YAML_TWICE", 3),
        ("a:\n  - {b: 1, b: 2}", "YAML_TWICE", 2),
        ("a: &x 1\nb: *x", "YAML_ANCHOR", 1),
        ("a: 1\nb: *x", "YAML_ANCHOR", 2),
        ("a: 1\n<<: {b: 1}", "", None),
        ("a: !!python/object/apply:os.system [ls]", "YAML_SYNTAX", 1),
        ("a: !!str 3", "YAML_SYNTAX", 1),
        ("a: [1\nb: 2", "YAML_SYNTAX", 2),
        ("a: 1\n---\nb: 2", "YAML_SYNTAX", 2),
        ("? [a]\n: 1", "YAML_SYNTAX", 1),
        ("1: a", "YAML_SYNTAX", 1),
        ("- a", "NOT_A_MAPPING", None),
        ("", "NOT_A_MAPPING", None),
        ("a: " + "[" * 30 + "]" * 30, "YAML_TOO_DEEP", None),
        ("a: " + "[" * 100_000, "YAML_TOO_DEEP", None),
        ("a: '" + "字" * 200_000 + "'", "YAML_TOO_LARGE", None),
        ("a: \x00", "YAML_SYNTAX", None),
        ("a: \ud800", "YAML_SYNTAX", None),
    ],
)
def test_what_is_not_plain_data_is_refused(text, rule, line):
    if not rule:
        assert load_definition(text) == {"a": 1, "<<": {"b": 1}}
        return
    found = refused(text)
    assert found[0] == rule
    assert line is None or found[1] == line
