"""Importing a folder of guides: drafts and a ledger, whole files or nothing, and a second run does only what is new."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from people.errors import Refusal
from people.models import AuditRecord
from people.viewer import Viewer
from services.commands import import_guides
from services.guides.importing import read_guide
from services.models import GuideFile, ItemVersion, ServiceItem, VersionAct
from tests.services.made_guides import bundle, item, with_material, written

pytestmark = pytest.mark.django_db
ITEM, BUNDLE = "00019900100001", "99TCN9001"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a.json").write_bytes(written(item()))
    (tmp_path / "bundle.json").write_bytes(written(bundle()))
    (tmp_path / "error.json").write_text("<html>502</html>")
    (tmp_path / "twin.json").write_bytes(written(bundle()))
    return tmp_path


def run(folder, *words):
    """The report of a run."""
    call_command("import_guides", folder, "--report", folder / "report.txt", *words)
    return json.loads((folder / "report.txt").read_text())


def totals(report, *names):
    return tuple(report["totals"][name] for name in names)


def test_a_folder_becomes_drafts_with_a_ledger_and_a_report_that_adds_up(folder):
    report = run(folder)
    assert totals(report, "files", "imported", "refused", "skipped") == (4, 2, 1, 1)
    assert totals(report, "items", "bundles", "materials") == (1, 1, 3)
    assert report["rules"]["ERROR_PAGE"] == report["rules"]["DUPLICATE_FILE"] == 1
    versions = {v.item.code: v for v in ItemVersion.objects.select_related("item")}
    assert set(versions) == {ITEM, BUNDLE}
    assert {v.state for v in versions.values()} == {"draft"}
    assert versions[ITEM].definition["imported"]["guide"] == item()
    assert ServiceItem.objects.get(code=ITEM).name == "船舶临时停靠许可"
    ledger = {row.name: (row.state, row.reason) for row in GuideFile.objects.all()}
    assert ledger == {
        "guides/a.json": ("imported", ""),
        "bundle.json": ("imported", ""),
        "error.json": ("refused", "ERROR_PAGE"),
        "twin.json": ("skipped", "DUPLICATE_FILE"),
    }
    assert VersionAct.objects.count() == 2
    assert AuditRecord.objects.get(action="import_guides").details == {"files": 4, "drafts": 2}


def test_a_dry_run_changes_nothing_and_tells_the_same(folder):
    report = run(folder, "--dry-run")
    assert totals(report, "files", "imported", "refused", "skipped") == (4, 2, 1, 1)
    assert not ServiceItem.objects.exists()
    assert not GuideFile.objects.exists()
    assert run(folder)["rules"] == report["rules"]


def test_a_second_run_does_what_is_new_and_a_changed_file_is_a_new_version(folder):
    run(folder)
    again = run(folder)
    assert totals(again, "imported", "refused", "skipped") == (0, 1, 3)
    assert totals(run(folder, "--resume"), "refused", "skipped") == (0, 4)
    (folder / "guides" / "a.json").write_bytes(written(with_material(isMust="非必要")))
    (folder / "error.json").write_bytes(written(item(rightsCode="000199001002")))
    changed = run(folder, "--resume")
    assert totals(changed, "imported", "refused", "skipped") == (2, 0, 2)
    numbers = ItemVersion.objects.filter(item__code=ITEM).values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]
    assert GuideFile.objects.get(name="error.json").state == "imported"


def test_another_writing_of_the_same_guide_is_no_new_version(folder):
    run(folder)
    (folder / "guides" / "a.json").write_text(json.dumps(item()))
    report = run(folder)
    assert {"file": "guides/a.json", "reason": "UNCHANGED"}.items() <= report["files"][3].items()
    assert ItemVersion.objects.filter(item__code=ITEM).count() == 1


def test_two_files_of_one_item_are_two_drafts_and_told(folder):
    (folder / "guides" / "b.json").write_bytes(written(item(doScope="全省")))
    report = run(folder)
    assert report["rules"]["DUPLICATE_ITEM"] == 1
    assert ItemVersion.objects.filter(item__code=ITEM).count() == 2


def test_what_the_database_does_not_take_stands_alone_and_the_others_are_whole(folder):
    """An index that allows one first version stands for whatever a database may refuse."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX one_of_each ON services_itemversion (number)")
    report = run(folder)
    assert totals(report, "imported", "refused") == (1, 2)
    assert report["rules"]["NOT_STORED"] == 1
    assert set(ServiceItem.objects.values_list("code", flat=True)) == {BUNDLE}
    assert not GuideFile.objects.filter(name="guides/a.json").exists()


@pytest.mark.parametrize("viewer", [Viewer.anonymous(), Viewer(kind="person")])
def test_only_a_process_of_ours_or_an_editor_imports(viewer):
    with pytest.raises(Refusal) as refused:
        import_guides(viewer=viewer, key="k", guides=[read_guide("a.json", written(item()))])
    assert refused.value.code == "FORBIDDEN"
    assert not ServiceItem.objects.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        call_command("import_guides", tmp_path / "nowhere")


def test_a_report_that_cannot_be_written_is_said_before_anything_is_imported(folder):
    for report in (folder, folder / "nowhere" / "report.txt"):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("import_guides", folder, "--report", report)
    assert not ItemVersion.objects.exists()
