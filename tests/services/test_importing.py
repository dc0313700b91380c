"""YAML is read without its surprises, and every refusal names line and column."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.importing import load_definition, located
from services.models import ItemVersion
from tests.services.conftest import definition_text

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]"


def refused(source):
    """The rule that refuses a text, and the line and column that are told."""
    with pytest.raises(DefinitionInvalid) as invalid:
        load_definition(source, "x.yaml")
    [problem] = invalid.value.problems
    assert problem.field == "x.yaml"
    return problem.params["rule"], (problem.params["line"], problem.params["column"])


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
    ("text", "value"),
    [
        ("a: " + "9" * 19, "9" * 19),
        ("a: " + "9" * 5_000, "9" * 5_000),
        ("a: " + "9" * 400 + ".0", "9" * 400 + ".0"),
        ("a: 010", "010"),
        ("a: .nan", ".nan"),
        ("a: 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("a: yes", "yes"),
        ("a: 1:30", "1:30"),
        ("a: =", "="),
    ],
)
def test_what_other_readers_turn_into_something_else_stays_a_text(text, value):
    assert load_definition(text) == {"a": value}


@pytest.mark.parametrize(
    ("source", "rule", "at"),
    [
        ("a: 1\nb: 2\na: 3", "YAML_TWICE", (3, 1)),
        ("a:\n  - {b: 1, b: 2}", "YAML_TWICE", (2, 12)),
        ('a: 1\n"a": 2', "YAML_TWICE", (2, 1)),
        (BOMB, "YAML_ANCHOR", (1, 4)),
        ("a: 1\nb: *x", "YAML_ANCHOR", (2, 4)),
        ("a: {<<: *x}", "YAML_ANCHOR", (1, 9)),
        ("a: !!python/object/apply:os.system [ls]", "YAML_TAG", (1, 4)),
        ("a: !!str 3", "YAML_TAG", (1, 4)),
        ("a: 1\nb: !!binary aGk=", "YAML_TAG", (2, 4)),
        ("a: [1\nb: 2", "YAML_SYNTAX", (2, 2)),
        ("a: b: c", "YAML_SYNTAX", (1, 5)),
        ("a: 'x", "YAML_SYNTAX", (1, 6)),
        ("a: %x", "YAML_SYNTAX", (1, 4)),
        ("a:\n\tb: 1", "YAML_TAB", (2, 1)),
        ("a:\n  b: 1\n \tc: 2", "YAML_TAB", (3, 2)),
        ("a: 1\n---\nb: 2", "YAML_DOCUMENTS", (2, 1)),
        ("a: 1\n...\n--- 2", "YAML_DOCUMENTS", (3, 1)),
        ("? [a]\n: 1", "YAML_KEY", (1, 3)),
        ("a:\n  1: x", "YAML_KEY", (2, 3)),
        ("true: a", "YAML_KEY", (1, 1)),
        ("~: a", "YAML_KEY", (1, 1)),
        ("a: {1.5: x}", "YAML_KEY", (1, 5)),
        ("- a", "NOT_A_MAPPING", (1, 1)),
        ("\n\njust words", "NOT_A_MAPPING", (3, 1)),
        ("", "NOT_A_MAPPING", (1, 1)),
        ("# nothing", "NOT_A_MAPPING", (1, 1)),
        ("a: " + "[" * 30 + "]" * 30, "YAML_TOO_DEEP", (1, 23)),
        ("a: " + "[" * 100_000, "YAML_TOO_DEEP", (1, 23)),
        ("a: " + "{b: " * 30, "YAML_TOO_DEEP", (1, 80)),
        ("a: '\n" + "字" * 200_000 + "'", "YAML_TOO_LARGE", (2, 170_666)),
        ("a: 1\nb: x\x00", "YAML_CHARACTER", (2, 5)),
        ("a: 1\nb: \ud800", "YAML_CHARACTER", (2, 4)),
        ("\ufeffa: 1", "YAML_CHARACTER", (1, 1)),
        ("a: \x1b[31m", "YAML_CHARACTER", (1, 4)),
        ('a: 1\nb: "\\0"', "YAML_CHARACTER", (2, 4)),
        ('a: 1\nb: "\\x07"', "YAML_CHARACTER", (2, 4)),
        ('{"\\0": 1}', "YAML_CHARACTER", (1, 2)),
        ('a: "\\ud83d"', "YAML_SYNTAX", (1, 7)),
        (b"\xef\xbb\xbfa: 1", "YAML_ENCODING", (1, 1)),
        ("a: 字".encode("utf-16"), "YAML_ENCODING", (1, 1)),
        ("a: 字".encode("utf-16-le"), "YAML_ENCODING", (1, 1)),
        ("a: 字".encode("utf-16-be"), "YAML_ENCODING", (1, 1)),
        ("a: 字".encode("utf-32"), "YAML_ENCODING", (1, 1)),
        ("a: 1\nname: 事项".encode("gbk"), "YAML_ENCODING", (2, 7)),
        ("a: 1\nname: 事项 ".encode() + b"\xe4\xba", "YAML_ENCODING", (2, 10)),
        (b"a: \xed\xa0\x80", "YAML_ENCODING", (1, 4)),
    ],
)
def test_what_is_not_plain_data_is_refused_at_its_line_and_column(source, rule, at):
    assert refused(source) == (rule, at)


def test_a_refused_encoding_names_the_likely_one():
    for data, name in (("名: 1".encode("gbk"), "GB18030"), ("a: 1".encode("utf-16"), "UTF-16")):
        with pytest.raises(DefinitionInvalid) as invalid:
            load_definition(data)
        assert invalid.value.problems[0].params["encoding"] == name


def test_a_merge_key_is_a_key_like_any_other():
    assert load_definition("a: 1\n<<: {b: 1}") == {"a": 1, "<<": {"b": 1}}


def test_bytes_and_text_state_the_same_definition():
    text = definition_text("fixtures/services/signboard.yaml")
    assert load_definition(text.encode()) == load_definition(text)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("required: true, max_length: 300", "^required: no, max_length: 300", "address.required"),
        ('code: "990117001000"', '^code: "993017001000"', "code"),
        ("visits: 0", "^visits: 00", "guide.visits"),
        ("promised: {days: 3, kind: working}", "^promised: {days: 3}", "limits.promised.kind"),
        ("kind: approve", "^kind: aprove", "route.signage.kind"),
        ("levels: [city, county]", "^levels: [city, 县]", "guide.levels"),
        ("audience: [enterprise]", "audience: enterprise\n^x: y", "x"),
    ],
)
def test_a_fault_of_the_definition_is_told_at_its_line_and_column(old, new, place):
    marked = definition_text("fixtures/services/signboard.yaml").replace(old, new)
    before = marked.partition("^")[0].splitlines(keepends=True)
    source = marked.replace("^", "")
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(load_definition(source))
    [fault] = [
        p for p in located(invalid.value, source).problems if f".{p.field}".endswith(f".{place}")
    ]
    here = (len(before), len(before[-1]) + 1) if before[-1][-1] != "\n" else (len(before) + 1, 1)
    assert (fault.params["line"], fault.params["column"]) == here


@pytest.mark.django_db
def test_nothing_is_kept_of_a_text_that_is_refused(tmp_path):
    (tmp_path / "bad.yaml").write_bytes(b"code: &x 1\nname: *x")
    with pytest.raises(CommandError, match=r"bad\.yaml[^$]*YAML_ANCHOR.*line=1, column=7"):
        call_command("load_items", tmp_path)
    assert not ItemVersion.objects.exists()
