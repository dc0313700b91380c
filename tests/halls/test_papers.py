"""Blank forms and samples are handed out to anybody, and nothing else is; a whole form is laid out once."""

import shutil
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from files.sheets import BlankLine
from services.blank_forms import blank_form
from services.blank_sheet import blank_sheet
from services.definition import peek_definition
from services.linting import lint
from services.queries import current_version, definition_of, lint_facts
from tests import walking
from tests.freight import ITEM, carrier

SAMPLE = "安全生产管理制度（样表）.pdf"


@pytest.fixture
def stranger(city) -> Client:
    return Client()


@pytest.fixture
def folder(settings, tmp_path):
    """A folder of papers of our own."""
    settings.PAPER_DIR = tmp_path / "papers"
    settings.PAPER_DIR.mkdir()
    return settings.PAPER_DIR


@pytest.mark.django_db
def test_a_stranger_takes_the_sample_from_the_items_page_and_the_applicant_from_the_form(
    stranger, sits
):
    at = reverse("halls:paper", args=[SAMPLE])
    assert f'href="{at}"' in stranger.get(f"/items/{ITEM}").content.decode()
    case = walking.draft(carrier(), ITEM, {})
    form = sits("maqianli", "enterprise").get(f"/cases/{case.pk}/form").content.decode()
    assert f'href="{at}"' in form
    given = stranger.get(at)
    assert given.content.startswith(b"%PDF-")
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Security-Policy"] == "sandbox"
    assert given["Content-Disposition"].startswith("attachment; filename*=utf-8''")


@pytest.mark.django_db
def test_atk_no_name_leads_out_of_the_folder_or_to_what_is_not_what_its_ending_says(
    stranger, folder
):
    secret = folder.parent / "secret.pdf"
    shutil.copy(Path("fixtures/papers") / SAMPLE, secret)
    shutil.copy(secret, folder / "good.pdf")
    (folder / "link.pdf").symlink_to(secret)
    (folder / "page.pdf").write_text("<html><script>alert(1)</script>")
    (folder / "run.sh").write_text("echo")
    shutil.copy(secret, folder / "false.png")
    names = ("../secret.pdf", "..%2fsecret.pdf", "link.pdf", "page.pdf", "run.sh", "false.png", ".")
    answers = {name: stranger.get(f"/papers/{name}").status_code for name in names}
    assert answers == dict.fromkeys(names, 404)
    assert stranger.get("/papers/good.pdf").status_code == 200


@pytest.mark.django_db
def test_a_paper_that_is_named_and_not_there_is_found_by_linting_and_is_no_link(stranger, folder):
    definition = definition_of(current_version(ITEM))
    found = [one for one in lint(definition, lint_facts()) if one.code == "PAPER_MISSING"]
    assert [(one.place, one.params["file"]) for one in found] == [
        ("materials.safety_rules.sample", SAMPLE)
    ]
    page = stranger.get(f"/items/{ITEM}").content.decode()
    assert SAMPLE in page
    assert "/papers/" not in page


@pytest.mark.django_db
def test_the_blank_form_of_an_item_is_laid_out_once_and_only_read_from_then_on(stranger):
    at = reverse("halls:blank", args=[ITEM])
    assert f'href="{at}"' in stranger.get(f"/items/{ITEM}").content.decode()
    given = stranger.get(at)
    assert given.content.startswith(b"%PDF-")
    version = current_version(ITEM)
    [kept] = [
        n for n in default_storage.listdir("blank-forms/1")[1] if n.startswith(version.digest)
    ]
    with default_storage.open(f"blank-forms/1/{kept}", "wb") as file:
        file.write(b"%PDF-kept")
    assert blank_form(version) == stranger.get(at).content == b"%PDF-kept"
    assert stranger.get("/items/000000000000/blank.pdf").status_code == 404


def test_a_blank_form_has_boxes_for_choices_rows_for_groups_and_says_what_is_asked_sometimes():
    own = {"id": "own", "label": "自有", "type": "boolean"}
    fields = [
        {"id": "kind", "label": "类别", "type": "choice", "required": True, "options": {"a": "甲", "b": "乙"}},
        {"id": "area", "label": "面积", "type": "number", "unit": "平方米", "when": 'answers.a.kind == "a"'},
        {"id": "staff", "label": "人员", "type": "rows", "columns": [own]},
    ]  # fmt: skip
    definition, _ = peek_definition({"form": [{"id": "a", "label": "情况", "fields": fields}]})
    [part] = blank_sheet(definition).parts
    assert part.lines == (
        BlankLine("类别 *", options=("甲", "乙")),
        BlankLine("面积", note="视情形填写", unit="平方米"),
        BlankLine("人员", columns=("自有（是／否）",), empty_rows=3),
    )
