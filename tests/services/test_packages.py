"""Whole items travel as one file: the same items are the same bytes, and a file that anybody touched is refused."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from people.errors import Refusal
from people.viewer import Viewer
from services.commands import draft_item, import_items, publish_item
from services.definition import canonical
from services.errors import PackageInvalid
from services.models import ItemVersion, ServiceItem
from services.package import PackedItem, read_package, write_package
from services.standing import packed_items, planned
from tests.services.conftest import LAKE, SYSTEM

OLD = Path(__file__).with_name("package_format_1.json")
PIER = {"code": "000199001000", "name": "码头许可", "type": "01", "lead": "transport"}
BOAT = {"code": "99TCN9001", "name": "渔船一件事", "bundle": True, "words": ["渔船"]}
PATCH = {
    "reason": "本区人手足",
    "ops": [{"op": "set", "at": "summary", "value": "明湖区当日受理。"}],
}
ITEMS = (PackedItem("000199001000", PIER), PackedItem("99TCN9001", BOAT, {LAKE: PATCH}))
WHOLE = write_package(ITEMS)


def repacked(change, *, method=zipfile.ZIP_STORED, extra=()):
    """The package with its members changed: a member of None is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(out, "w", method) as new:
        for entry in old.infolist():
            text = change(entry.filename, old.read(entry))
            if text is not None:
                new.writestr(entry.filename, text)
        for name, text in extra:
            new.writestr(name, text)
    return out.getvalue()


def same(_name, text):
    return text


def manifest(**changes):
    def change(name, text):
        return canonical(json.loads(text) | changes).encode() if name == "manifest.json" else text

    return repacked(change)


def refusal(content):
    """The codes by which a file is refused."""
    with pytest.raises(PackageInvalid) as refused:
        read_package(content)
    return {problem.code for problem in refused.value.problems}


def test_the_same_items_are_the_same_bytes_in_any_order():
    assert read_package(WHOLE) == ITEMS
    assert write_package(reversed(ITEMS)) == WHOLE


def bad(definition):
    """A package that is written as ours, of a definition that no draft can hold."""
    return write_package([PackedItem("000199001000", definition)])


BOMB = repacked(same, method=zipfile.ZIP_DEFLATED, extra=[("items/000199003000.json", "0" * 10**7)])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PACKAGE_UNREADABLE"),
        (b"PK\x03\x04", "PACKAGE_UNREADABLE"),
        (b"{}", "PACKAGE_UNREADABLE"),
        (b"[" * 100_000, "PACKAGE_UNREADABLE"),
        (WHOLE[:-30], "PACKAGE_UNREADABLE"),
        (BOMB, "PACKAGE_MEMBER"),
        (repacked(same, extra=[("../../etc/passwd", "x")]), "PACKAGE_MEMBER"),
        (repacked(same, extra=[("items/../x.json", "x")]), "PACKAGE_MEMBER"),
        (repacked(same, extra=[("items/000199003000.json", "{}")]), "PACKAGE_ALTERED"),
        (
            repacked(lambda name, text: text.replace("码头".encode(), "渡口".encode())),
            "PACKAGE_ALTERED",
        ),
        (repacked(lambda name, text: None if "99T" in name else text), "PACKAGE_ALTERED"),
        (repacked(lambda name, text: None if "manifest" in name else text), "PACKAGE_UNREADABLE"),
        (repacked(same), "PACKAGE_ALTERED"),  # the same items, not the same bytes
        (WHOLE + b"\x00", "PACKAGE_ALTERED"),
        (manifest(format=3), "PACKAGE_NEWER"),
        (manifest(kind="other"), "PACKAGE_UNREADABLE"),
        (b'{"format": 3, "kind": "tongban-items"}', "PACKAGE_NEWER"),
        (bad({"code": "000199001001"}), "PACKAGE_ITEM"),
        (bad({"name": "无编码"}), "PACKAGE_ITEM"),
        (
            write_package([PackedItem("99TCN9001", BOAT, {LAKE: {"reason": "x", "ops": []}})]),
            "PACKAGE_ITEM",
        ),
        (OLD.read_bytes().replace("码头".encode(), "渡口".encode(), 1), "PACKAGE_ALTERED"),
    ],
    ids=range(21),
)
def test_a_package_that_is_not_as_we_write_it_is_refused(content, code):
    assert refusal(content) == {code}


def test_a_member_that_stands_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = repacked(same, extra=[("items/99TCN9001.json", "{}")])
    assert refusal(twice) == {"PACKAGE_TWICE"}


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_package_with_any_byte_changed_is_refused(at, change):
    altered = WHOLE[:at] + bytes([WHOLE[at] ^ change]) + WHOLE[at + 1 :]
    assert refusal(altered)


def test_a_package_of_format_1_becomes_one_of_the_present_format():
    (item,) = read_package(OLD.read_bytes())
    assert item.definition["words"] == ["码头灯"]
    assert read_package(write_package([item])) == (item,)


@pytest.mark.django_db
def test_an_import_drafts_what_differs_and_an_export_of_it_is_the_same_file(tmp_path, capsys):
    file, again = tmp_path / "a.zip", tmp_path / "b.zip"
    items = (ITEMS[0], PackedItem("99TCN9001", BOAT))
    file.write_bytes(write_package(items))
    call_command("import_items", file, "--dry-run")
    assert not ServiceItem.objects.exists()
    call_command("import_items", file)
    assert set(ItemVersion.objects.values_list("item__code", "state")) == {
        ("000199001000", "draft"),
        ("99TCN9001", "draft"),
    }
    call_command("export_items", "--out", again)
    assert again.read_bytes() == file.read_bytes()
    draft_item(viewer=SYSTEM, key="k", definition=PIER | {"name": "码头使用许可"})
    capsys.readouterr()
    call_command("import_items", file)
    told = capsys.readouterr().out
    assert "有变化 1，相同 1" in told
    assert "由“码头使用许可”改为“码头许可”" in told
    assert ItemVersion.objects.filter(item__code="000199001000").count() == 3


@pytest.mark.usefixtures("districts", "certificate_types")
def test_a_region_comes_when_its_standard_is_published_here(restaurant_data):
    code = restaurant_data["code"]
    package = write_package([PackedItem(code, restaurant_data, {LAKE: PATCH, "110000": PATCH})])
    items = read_package(package)
    assert planned(items)[0].regions == {LAKE: "waits", "110000": "elsewhere"}
    publish_item(viewer=SYSTEM, key="k1", definition=restaurant_data)
    plan = import_items(viewer=SYSTEM, key="k2", items=items)[0]
    assert (plan.state, plan.regions[LAKE]) == ("unchanged", "new")
    region = ItemVersion.objects.get(division=LAKE)
    assert (region.state, region.base.state) == ("draft", "published")
    assert region.definition["summary"] == "明湖区当日受理。"
    assert packed_items([code]) == [PackedItem(code, restaurant_data, {LAKE: PATCH})]
    assert planned(items)[0].regions[LAKE] == "unchanged"


@pytest.mark.django_db
def test_only_a_process_of_ours_or_an_editor_imports_a_package():
    with pytest.raises(Refusal) as refused:
        import_items(viewer=Viewer.anonymous(), key="k", items=ITEMS[:1])
    assert refused.value.code == "FORBIDDEN"
    assert not ServiceItem.objects.exists()


@pytest.mark.django_db
def test_what_cannot_be_read_or_found_is_said_and_leaves_no_file(tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(WHOLE[:100])
    with pytest.raises(CommandError, match="PACKAGE_UNREADABLE"):
        call_command("import_items", broken)
    with pytest.raises(CommandError, match="000199001000"):
        call_command("export_items", "000199001000", "--out", tmp_path / "c.zip")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_items", "--out", tmp_path / "nowhere" / "d.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.zip"]
