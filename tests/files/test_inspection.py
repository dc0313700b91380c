"""What strangers send is judged by its bytes: only sound, passive, small enough PDF, JPEG and PNG pass."""

import io
import struct
import zipfile
import zlib

import pikepdf
import pytest

from files.commands import named
from files.errors import FileRefused
from files.examination import examine
from files.inspection import EICAR, MOST_PAGES, inspect
from tests.supplies import JPEG, PDF, PNG, image, pdf


def changed(change, **how) -> bytes:
    """A PDF with something done to it."""
    made = pikepdf.open(io.BytesIO(pdf("x")))
    change(made)
    out = io.BytesIO()
    made.save(out, **how)
    return out.getvalue()


def action(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def attach(made: pikepdf.Pdf) -> None:
    made.attachments["a.exe"] = b"MZ"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/passwd", b"0" * 10_000_000)
    return out.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be a wall."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts)


def outside(made: pikepdf.Pdf) -> None:
    made.Root.Words = made.make_stream(b"x", F=pikepdf.String("//evil/a"))


LAUNCH = {"F": pikepdf.String("cmd.exe")}
ENCRYPTED = {"encryption": pikepdf.Encryption(owner="o", user="u")}
LOCKED = {"encryption": pikepdf.Encryption(owner="o", user="")}
SVG = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
BAD = {
    "bad_68 nothing": (b"", "EMPTY_FILE"),
    "bad_71 a script": (
        changed(
            lambda p: p.Root.__setattr__("OpenAction", action("/JavaScript", JS="app.alert(1)"))
        ),
        "FILE_REJECTED",
    ),
    "bad_71 a launch action deep inside a page": (
        changed(
            lambda p: p.pages[0].obj.__setattr__(
                "Annots",
                pikepdf.Array(
                    [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action("/Launch", **LAUNCH))]
                ),
            )
        ),
        "FILE_REJECTED",
    ),
    "bad_71 an embedded file": (changed(attach), "FILE_REJECTED"),
    "bad_71 a file of a foreign server": (
        changed(lambda p: p.Root.__setattr__("OpenAction", action("/GoToR", **LAUNCH))),
        "FILE_REJECTED",
    ),
    "bad_71 bytes of a foreign server": (changed(outside), "FILE_REJECTED"),
    "bad_71 hidden in an object stream": (
        changed(attach, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "FILE_REJECTED",
    ),
    "bad_71 a page before a PDF": (b"<html><script>1</script>" + pdf(), "FILE_TYPE_NOT_ALLOWED"),
    "bad_71 a page inside a PDF": (pdf()[:9] + b"%<html><body>\n" + pdf()[9:], "FILE_REJECTED"),
    "bad_71 a zip behind a PDF": (pdf() + zipped(), "FILE_REJECTED"),
    "bad_71 a zip behind a picture": (image("JPEG") + zipped(), "FILE_REJECTED"),
    "bad_71 anything behind a PNG": (image() + b"more", "FILE_REJECTED"),
    "bad_71 anything behind a PNG that ends like one": (
        image() + b"more" + image()[-12:],
        "FILE_REJECTED",
    ),
    "bad_72 cut short": (pdf("x" * 2000)[:-900], "FILE_UNREADABLE"),
    "bad_72 broken inside": (pdf().replace(b"startxref", b"startabcd"), "FILE_UNREADABLE"),
    "bad_72 a password": (changed(lambda p: None, **ENCRYPTED), "FILE_ENCRYPTED"),
    "bad_72 restrictions": (changed(lambda p: None, **LOCKED), "FILE_ENCRYPTED"),
    "bad_72 too many pages": (pdf(pages=MOST_PAGES + 1), "TOO_MANY_PAGES"),
    "bad_72 half a picture": (image("JPEG", (300, 300))[:-200], "FILE_UNREADABLE"),
    "bad_73 a wall": (flood(50_000, 50_000), "IMAGE_TOO_LARGE"),
    "bad_73 a long strip": (flood(30_000, 1), "IMAGE_TOO_LARGE"),
    "bad_73 svg": (SVG, "FILE_TYPE_NOT_ALLOWED"),
    "bad_74 zip": (zipped(), "ARCHIVE_REJECTED"),
    "bad_74 gzip": (b"\x1f\x8b\x08" + b"0" * 50, "ARCHIVE_REJECTED"),
    "bad_74 tar": (b"\0" * 257 + b"ustar\0" + b"\0" * 300, "ARCHIVE_REJECTED"),
    "bad_76 eicar": (EICAR, "VIRUS_FOUND"),
    "a program": (b"MZ" + b"\0" * 200, "FILE_TYPE_NOT_ALLOWED"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_68_bad_71_bad_72_bad_73_bad_74_bad_76_is_refused_for_what_it_is(name):
    content, code = BAD[name]
    with pytest.raises(FileRefused) as refused:
        inspect(content)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "media_type"), [(pdf(pages=3), PDF), (image("JPEG"), JPEG), (image(), PNG)]
)
def test_sound_files_pass_whatever_they_are_called(content, media_type):
    assert inspect(content) == media_type
    assert named("扫描.exe", media_type).startswith("扫描.")
    assert named("扫描.exe", media_type).rpartition(".")[2] in {"pdf", "jpg", "png"}


def test_the_program_of_its_own_says_the_same_and_a_dead_one_means_unreadable(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(image("JPEG"))
    assert examine(path) == JPEG
    path.write_bytes(pdf(pages=MOST_PAGES + 1))
    with pytest.raises(FileRefused) as refused:
        examine(path)
    assert (refused.value.code, refused.value.params) == ("TOO_MANY_PAGES", {"most": MOST_PAGES})
    path.unlink()  # the program fails
    with pytest.raises(FileRefused) as refused:
        examine(path)
    assert refused.value.code == "FILE_UNREADABLE"
