"""Whatever the code writes into the audit has a Chinese name there: acts, outcomes, and what they are about."""

import ast
from functools import cache
from pathlib import Path

import pytest

from config.env import ROOT
from people.admin.audit_words import ACTIONS, OUTCOMES, SUBJECTS, actions_called
from people.admin.words import NAMES
from tests.test_house import python_files

ROOMS = (
    "people",
    "ecert",
    "notifications",
    "registers",
    "services",
    "workflows",
    "files",
    "config",
)
NOTES = {"audit", "_note", "note"}
OF_CASES = "workflows"  # its `note` writes events of cases, which are no audit


def words_in(node: ast.expr) -> set[str]:
    """The texts that an expression can be."""
    if isinstance(node, ast.IfExp):
        return words_in(node.body) | words_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


@cache
def written() -> dict[str, set[str]]:
    """{"acts", "outcomes", "subjects"}: the texts with which the code calls what writes the audit."""
    found: dict[str, set[str]] = {"acts": set(), "outcomes": set(), "subjects": set()}
    for path in map(Path, python_files()):
        room = path.relative_to(ROOT).parts[0]
        if room not in (*ROOMS, "graphql") or "management" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                gather(node, found, own_note=room != OF_CASES)
    return found


def gather(node: ast.Call, found: dict[str, set[str]], *, own_note: bool) -> None:
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    named = {word.arg: word.value for word in node.keywords}
    if name == "once" and "command" in named:
        found["acts"] |= words_in(named["command"])
    if name in {"audit", *(NOTES if own_note else ())}:
        texts = set().union(*(words_in(value) for value in [*node.args, *named.values()]))
        found["acts"] |= words_in(named.get("action", node)) | {
            t for t in texts if "_" in t and t.islower()
        }
        found["outcomes"] |= {text for text in texts if text.isupper()}
        found["subjects"] |= words_in(named.get("subject_kind", node))
    if name in {"Refusal", "Refusals"} and "audited" in named and node.args:
        found["outcomes"] |= words_in(node.args[0])
    if name == "NotFound" and "audited" in named:
        found["outcomes"].add("NOT_FOUND")


@pytest.mark.parametrize(
    ("kind", "table"), [("acts", ACTIONS), ("outcomes", OUTCOMES), ("subjects", SUBJECTS)]
)
def test_every_code_that_the_code_writes_into_the_audit_has_a_chinese_name(kind, table):
    codes = written()[kind] - (set(SUBJECTS) if kind == "acts" else set())
    assert len(codes) > 10
    assert sorted(codes - set(table)) == []


def test_every_row_that_the_administration_writes_has_its_act_and_its_kind():
    names = {model._meta.model_name for model in NAMES} - {"session", "auditrecord"}
    assert sorted({f"enter_{name}" for name in names} - set(ACTIONS)) == []
    assert sorted(names - set(SUBJECTS)) == []


def test_a_chinese_word_finds_the_acts_that_are_called_so():
    assert actions_called("受理") == ["accept_case", "decline_case"]
    assert actions_called("") == []
