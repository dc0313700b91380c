"""People read Chinese or English: every text of the code has both, and the door speaks what was asked for."""

import ast
import gettext
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation.template import templatize

from config.languages import LOCALE, compile_catalogues
from gateway.errors import message_of
from gateway.verbs import labelled
from notifications.models import Message
from people.errors import Problem
from tests.city import City
from tests.graphql.asking import Caller
from tests.restaurant import accepted

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_OURS = {"tests", "bench", "var", ".venv", ".git"}
MARKS = {"gettext", "gettext_lazy", "gettext_noop"}
IN_TEMPLATES = re.compile(r"\b(?:_|gettext)\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)")
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s|%[^(%]")
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
CATALOGUE = polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po"))
ENGLISH = {entry.msgid: entry.msgstr for entry in CATALOGUE}


def texts_of(path: Path) -> set[str]:
    """The texts that a module or a template marks for translation."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return {ast.literal_eval(text) for text in IN_TEMPLATES.findall(templatize(source))}
    tree = ast.parse(source)
    marks = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            marks |= {name.asname or name.name: name.name for name in node.names}
    assert {name for name in marks.values() if "gettext" in name} <= MARKS, f"{path}: teach us that"
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and marks.get(getattr(node.func, "id", "")) in MARKS
        and isinstance(node.args[0], ast.Constant)
    }


def all_texts() -> set[str]:
    """Every marked text of the rooms."""
    rooms = [one for one in ROOT.iterdir() if one.is_dir() and one.name not in NOT_OURS]
    files = [
        path for room in rooms for suffix in ("py", "html") for path in room.rglob(f"*.{suffix}")
    ]
    return set().union(*map(texts_of, files))


def in_language(accepted_languages: str | None) -> Caller:
    """Nobody, whose browser names these languages."""
    headers = {} if accepted_languages is None else {"Accept-Language": accepted_languages}
    return Caller(Client(headers=headers))


def test_every_text_has_its_english_and_none_is_left_over():
    texts = all_texts()
    assert len(texts) > 200
    assert sorted(texts - set(ENGLISH)) == []
    assert sorted(set(ENGLISH) - texts) == []
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy or entry.obsolete] == []
    assert len(CATALOGUE) == len(ENGLISH)


@pytest.mark.parametrize("text", sorted(ENGLISH))
def test_english_says_it_without_chinese_and_with_the_same_facts(text):
    english = ENGLISH[text]
    assert english.strip() == english != ""
    assert not HAN.search(english)
    assert sorted(PLACEHOLDER.findall(english)) == sorted(PLACEHOLDER.findall(text))


def test_the_compiled_catalogue_is_the_written_one_and_leaves_nothing_beside_it(tmp_path):
    shutil.copytree(LOCALE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    [compiled] = compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == [compiled]
    assert sorted(p.name for p in compiled.parent.iterdir()) == ["django.mo", "django.po"]
    with compiled.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert {text: read.gettext(text) for text in ENGLISH} == ENGLISH


@pytest.mark.parametrize("languages", ["en", "en-GB", "fr, en;q=0.5", "EN-us,zh;q=0.1"])
def test_who_asks_for_english_is_answered_in_english(languages):
    [error] = in_language(languages).ask("me")["errors"]
    assert error["message"] == "Please sign in first"
    assert error["extensions"]["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "languages", [None, "", "zh-CN", "zh-TW", "fr", "*", "zh,en;q=0.9", "../en", "e" * 600]
)
def test_who_asks_for_another_language_or_none_is_answered_in_chinese(languages):
    assert in_language("en").ask("me")["errors"][0]["message"] == "Please sign in first"
    [error] = in_language(languages).ask("me")["errors"]
    assert error["message"] == "请先登录"


def test_a_request_that_is_refused_before_it_runs_is_refused_in_english():
    answer = in_language("en").send(b"[]")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"] == ("The request body must be a JSON object")
    assert answer["Content-Language"] == "en"


@pytest.mark.django_db
def test_a_case_is_told_in_english_and_the_names_of_the_city_stay_its_own(city: City, caller_of):
    case = accepted(city)
    owner = caller_of(city.owner)
    chinese = owner.ask("case", id=str(case.pk))["data"]["case"]
    owner.client = Client(headers={"Accept-Language": "en"})
    shown = owner.ask("case", id=str(case.pk))["data"]["case"]
    assert shown["stateName"] == "In review"
    assert shown["itemName"] == chinese["itemName"]
    assert {paper["kindName"] for paper in shown["documents"]} == {
        "Receipt",
        "Notice of acceptance",
    }
    sentences = [event["sentence"] for event in shown["timeline"]]
    assert "Accepted the case" in sentences
    steps = [approval["stepName"] for approval in shown["approvals"]]
    assert f'Received "{steps[0]}" and began work on it' in sentences
    again = {"caseId": str(case.pk), "revision": shown["revision"], "idempotencyKey": "k"}
    [refused] = owner.ask("submitCase", **again)["data"]["submitCase"]["errors"]
    assert refused["message"] == (
        'The current state is "In review"; it is not possible to submit the application'
    )


@pytest.mark.django_db
def test_a_message_is_worded_when_it_is_read(city: City, caller_of):
    Message.objects.create(
        account_id=city.owner.account_id,
        event_id="01900000-0000-7000-8000-000000000001",
        topic="case.concluded",
        params={"number": "2026-7", "outcome": "approved"},
    )
    owner = caller_of(city.owner)
    [chinese] = owner.ask("messages")["data"]["messages"]["nodes"]
    owner.client = Client(headers={"Accept-Language": "en"})
    [english] = owner.ask("messages")["data"]["messages"]["nodes"]
    assert (chinese["title"], english["title"]) == ("已办结", "Concluded")
    assert english["body"] == "Your case 2026-7 has been concluded. Result: Granted."


def test_the_row_of_a_field_is_named_in_the_readers_language():
    problem = Problem("REQUIRED", "staff.0.name")
    with translation.override("en"):
        named = labelled(problem, {"staff.*.name": "姓名"})
        assert message_of(named) == 'Please fill in "姓名 (row 1)"'
    with translation.override("zh-hans"):
        named = labelled(problem, {"staff.*.name": "姓名"})
        assert message_of(named) == "请填写“姓名（第1行）”"
