"""Every refusal that the code can raise has its sentence, in Chinese and in English."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from gateway.errors import message_of
from gateway.wording import WORDING
from people.errors import Problem

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("people", "services", "ecert", "notifications", "workflows", "bus", "files", "keys")
SOURCES = [*(ROOT / room for room in ROOMS), ROOT / "graphql" / "gateway"]
CODE = re.compile(r"[A-Z][A-Z0-9_]{2,}")


RAISERS = {"Refusal", "Problem", "FileRefused", "refuse_over", "__init__"}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def raised_in(path: Path) -> set[str]:
    """Codes in Refusal("CODE"), Problem("CODE"), and the constants CODE = "CODE" of an errors module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in RAISERS:
            choices = [node.args[0]] if node.args else []
            if choices and isinstance(choices[0], ast.IfExp):
                choices = [choices[0].body, choices[0].orelse]
            found |= {c.value for c in choices if isinstance(c, ast.Constant)}
        if isinstance(node, ast.Assign) and path.name == "errors.py":
            value, target = node.value, node.targets[0]
            if isinstance(value, ast.Constant) and value.value == getattr(target, "id", ""):
                found.add(value.value)
    return {code for code in found if isinstance(code, str) and CODE.fullmatch(code)}


def all_codes() -> list[str]:
    """Every code that a room or the door can raise."""
    files = [p for s in SOURCES for p in s.rglob("*.py") if "migrations" not in p.parts]
    return sorted(set().union(*(raised_in(path) for path in files)))


@pytest.mark.parametrize("code", all_codes())
def test_inv_26_every_code_has_a_sentence_that_is_not_the_faults(code):
    assert code in WORDING
    assert str(WORDING[code]) != str(WORDING["INTERNAL"]) or code == "INTERNAL"


def test_there_are_codes_and_none_is_worded_for_nobody():
    codes = set(all_codes()) | RESERVED
    assert len(codes) > 60
    assert {name.partition(".")[0] for name in WORDING} <= codes


# What people.commands answers for a lock that another holds: chosen by a function, raised by its value.
RESERVED = {"BUSY"}


@pytest.mark.parametrize("name", sorted(WORDING))
def test_every_sentence_has_english_words(name):
    code, _, reason = name.partition(".")
    problem = Problem(code, "premises.area", {"reason": reason} if reason else {})
    with translation.override("en"):
        assert not re.search("[\u4e00-\u9fff]", message_of(problem)), name
    with translation.override("zh-hans"):
        assert re.search("[\u4e00-\u9fff]", message_of(problem)), name


def test_a_sentence_names_the_field_by_its_label_and_survives_missing_facts():
    with translation.override("zh-hans"):
        assert message_of(Problem("REQUIRED", "a.b", {"label": "经营面积"})) == "请填写“经营面积”"
        assert message_of(Problem("TOO_LONG", "a.b")) == "“a.b”太长（上限 … 个字）"
        assert "系统出了点问题" in message_of(Problem("NEVER_HEARD_OF"))


def test_a_value_in_a_sentence_is_only_a_value():
    problem = Problem("TOO_LONG", "{field.__class__}", {"most": "{field}"})
    assert message_of(problem).count("{field.__class__}") == 1
    assert "{field}" in message_of(problem)


def test_several_facts_read_as_a_list_and_not_as_code():
    with translation.override("en"):
        said = message_of(Problem("INVALID_PHONE", "phone", {"accepted": ("1380", "0571-8")}))
    assert said == "The telephone number is not correct; accepted forms: 1380 / 0571-8"
