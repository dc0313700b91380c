"""Bytes are kept before their row, once, and given back unchanged or not at all."""

import hashlib
import resource
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files import queries
from files.errors import FileAltered
from files.models import Blob
from files.storage import keep, safe_name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_dir(tmp_path: Path, settings) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


def place_of(blob: Blob, files_dir: Path) -> Path:
    return files_dir / blob.path


def test_keeping_the_same_file_twice_gives_one_row_and_one_file(files_dir):
    first = keep(b"%PDF-1.7", media_type="application/pdf", name="决定书.pdf")
    again = keep(b"%PDF-1.7", media_type="application/pdf", name="决定书.pdf")
    assert first == again
    assert Blob.objects.count() == 1
    assert [p for p in files_dir.rglob("*") if p.is_file()] == [place_of(first, files_dir)]
    assert queries.read(first) == b"%PDF-1.7"
    assert (first.size, first.media_type, first.name) == (8, "application/pdf", "决定书.pdf")


def test_the_same_content_under_another_name_is_another_row_over_the_same_bytes(files_dir):
    mine = keep(b"plan", media_type="text/plain", name="我的平面图.txt")
    yours = keep(b"plan", media_type="text/plain", name="你的平面图.txt")
    assert mine.id != yours.id
    assert mine.path == yours.path


def test_ids_lie_in_the_order_in_which_files_were_kept():
    ids = [keep(bytes([n]), media_type="text/plain", name="a").id for n in range(5)]
    assert ids == sorted(ids)
    assert {identifier.version for identifier in ids} == {7}


def test_flt58_a_file_whose_row_was_never_written_is_taken_up_by_the_next_attempt(files_dir):
    digest = hashlib.sha256(b"after a crash").hexdigest()
    orphan = files_dir / digest[:2] / digest[2:4] / digest
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"after a crash")
    assert place_of(keep(b"after a crash", media_type="text/plain", name="a"), files_dir) == orphan
    assert [p for p in files_dir.rglob("*") if p.is_file()] == [orphan]


def test_flt61_a_full_disk_leaves_no_row_and_the_next_attempt_succeeds(files_dir):
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            keep(b"x" * 5000, media_type="text/plain", name="a.txt")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert not Blob.objects.exists()
    assert not [p for p in files_dir.rglob("*") if p.is_file()]
    assert queries.read(keep(b"x" * 5000, media_type="text/plain", name="a.txt")) == b"x" * 5000


def test_flt62_one_flipped_bit_is_told_and_found_by_the_scan(files_dir):
    blob = keep(b"certificate", media_type="text/plain", name="a.txt")
    sound = keep(b"another", media_type="text/plain", name="b.txt")
    place = place_of(blob, files_dir)
    place.write_bytes(b"certificatd")
    with pytest.raises(FileAltered):
        queries.read(blob)
    assert list(queries.altered([blob, sound])) == [blob]


def test_a_file_that_is_gone_or_cut_short_is_told_as_altered(files_dir):
    blob = keep(b"certificate", media_type="text/plain", name="a.txt")
    place_of(blob, files_dir).write_bytes(b"cert")
    with pytest.raises(FileAltered):
        queries.read(blob)
    place_of(blob, files_dir).unlink()
    with pytest.raises(FileAltered):
        queries.read(blob)


def test_keeping_an_altered_file_again_heals_it(files_dir):
    blob = keep(b"certificate", media_type="text/plain", name="a.txt")
    place_of(blob, files_dir).write_bytes(b"certificatd")
    keep(b"certificate", media_type="text/plain", name="a.txt")
    assert queries.read(blob) == b"certificate"


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("营业执照.pdf", "营业执照.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\li\\图.png", "图.png"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("...", "file"),
        ("", "file"),
        ("图" * 300 + ".pdf", "图" * 116 + ".pdf"),
        ('"; rm -rf ".pdf', "__ rm -rf _.pdf"),
    ],
)
def test_download_names_are_harmless(given_name, kept_name):
    assert safe_name(given_name) == kept_name


@given(st.text())
def test_every_download_name_is_short_and_printable(name):
    safe = safe_name(name)
    assert 1 <= len(safe) <= 120
    assert not set(safe) & set('/\\"\r\n\0')
    assert all(unicodedata.category(character)[0] != "C" for character in safe)
    assert safe == safe_name(safe)
