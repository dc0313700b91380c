"""What may be uploaded, judged by the bytes alone: a sound PDF, JPEG or PNG within limits, nothing active in it.

Names and headers are not asked. Runs as a program of its own (`python -m files.inspection FILE`), because
the bytes come from strangers: the parsers get little memory and time, and no key of ours (examination.py).
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageFile

from files.errors import FileRefused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MOST_PAGES = 300
MOST_PIXELS = 60_000_000  # a telephone's 50 megapixels and a scanned A3 at 600 dpi
MOST_SIDE = 20_000  # pixels
MOST_OBJECTS = 500_000  # of a PDF
MOST_NESTED = 50
MEMORY, SECONDS = 1_500_000_000, 20  # bytes of address space and seconds of CPU for one file

HEADS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF")
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TAIL = 65_557  # a zip's directory ends within so many last bytes
PAGE_MARKS = (b"<html", b"<!doctype", b"<script", b"<?php", b"<svg")
# Keys and values of a PDF's dictionaries that make it act, or carry another file.
ACTIVE_KEYS = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
)
ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"})
ACTIVE |= {
    "/GoToR",
    "/Thread",
}  # a reader fetches what they name, and shows a foreign server who it is
ACTIVE |= {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}


def inspect(content: bytes) -> str:
    """The media type of bytes that may be kept; raises FileRefused with the code that people are told.

    EMPTY_FILE, VIRUS_FOUND (EICAR's test file), ARCHIVE_REJECTED, FILE_TYPE_NOT_ALLOWED, FILE_REJECTED,
    FILE_UNREADABLE, FILE_ENCRYPTED, TOO_MANY_PAGES, IMAGE_TOO_LARGE (BAD-68 to BAD-76).
    """
    if not content:
        raise FileRefused("EMPTY_FILE")
    if content.startswith(EICAR):
        raise FileRefused("VIRUS_FOUND")
    if content.startswith(ZIPS + PACKED) or content[257:262] == b"ustar":
        raise FileRefused("ARCHIVE_REJECTED")
    kind = next((kind for head, kind in HEADS if content.startswith(head)), "")
    if not kind:
        raise FileRefused("FILE_TYPE_NOT_ALLOWED")
    _check_single(content)
    if kind == PDF:
        _check_pdf(content)
    else:
        _check_image(content, kind)
    return kind


def _check_single(content: bytes) -> None:
    """Not two files in one (polyglot): no page in its head, no archive at its end (BAD-71)."""
    head = content[:2048].lower()
    if any(mark in head for mark in PAGE_MARKS) or b"<script" in content.lower():
        raise FileRefused("FILE_REJECTED")
    if b"PK\x05\x06" in content[-TAIL:]:
        raise FileRefused("FILE_REJECTED")


def _check_pdf(content: bytes) -> None:
    """Whole as it stands, open to everybody, of few pages, and passive."""
    if content.rpartition(b"%%EOF")[2].strip():
        raise FileRefused("FILE_REJECTED" if b"%%EOF" in content else "FILE_UNREADABLE")
    try:
        with pikepdf.open(_stream(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise FileRefused("FILE_ENCRYPTED")
            _check_pages(pdf)
            _check_passive(pdf)
    except pikepdf.PasswordError as fault:
        raise FileRefused("FILE_ENCRYPTED") from fault
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        OverflowError,
    ) as fault:
        raise FileRefused("FILE_UNREADABLE") from fault


def _check_pages(pdf: pikepdf.Pdf) -> None:
    """The count that the file claims is looked at first: counting 100,000 pages takes a while."""
    if int(pdf.Root.Pages.get("/Count", 0)) > MOST_PAGES or len(pdf.pages) > MOST_PAGES:
        raise FileRefused("TOO_MANY_PAGES", most=MOST_PAGES)
    if not len(pdf.pages):
        raise FileRefused("FILE_UNREADABLE")


def _check_passive(pdf: pikepdf.Pdf) -> None:
    """No scripts, launch actions, embedded or outside files, media or dynamic forms, wherever they stand."""
    for number, whole in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            raise FileRefused("FILE_UNREADABLE")
        for found in _dictionaries(whole):
            kinds = {str(found[k]) for k in ("/S", "/Type", "/Subtype") if _is_name(found, k)}
            is_elsewhere = isinstance(found, pikepdf.Stream) and "/F" in found  # its bytes are
            if kinds & ACTIVE or ACTIVE_KEYS & set(found.keys()) or is_elsewhere:
                raise FileRefused("FILE_REJECTED")


def _is_name(found: Any, key: str) -> bool:
    return key in found and isinstance(found[key], pikepdf.Name)


def _dictionaries(whole: Any) -> Iterator[Any]:
    """The dictionaries inside one object; what it only points at is an object of its own."""
    waiting = [(whole, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MOST_NESTED:
            raise FileRefused("FILE_UNREADABLE")
        members: list[Any] = []
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            members = [one[key] for key in one.keys()]  # noqa: SIM118 - a stream iterates otherwise
        elif isinstance(one, pikepdf.Array):
            members = list(one)
        waiting += [
            (inner, depth + 1)
            for inner in members
            if isinstance(inner, pikepdf.Object) and not inner.is_indirect
        ]


def _check_image(content: bytes, kind: str) -> None:
    """Its size is judged before a pixel is read; then every pixel is read once (BAD-73)."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit comes first
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it is loaded, says otherwise
    try:
        with Image.open(_stream(content), formats=[kind.partition("/")[2]]) as image:
            width, height = image.size
            if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                raise FileRefused("IMAGE_TOO_LARGE", most=MOST_PIXELS // 1_000_000)
            image.load()
    except FileRefused:
        raise
    except (OSError, SyntaxError, ValueError, TypeError, OverflowError, MemoryError) as fault:
        raise FileRefused("FILE_UNREADABLE") from fault
    if kind == PNG and _end_of_png(content) != len(content):
        raise FileRefused("FILE_REJECTED")  # another file behind the picture


def _end_of_png(content: bytes) -> int:
    """Where its last chunk ends: each has a length, a name of four bytes, its data and four bytes of check."""
    place, name = len(b"\x89PNG\r\n\x1a\n"), b""
    while name != b"IEND" and place < len(content):
        name = content[place + 4 : place + 8]
        place += 12 + int.from_bytes(content[place : place + 4])
    return place


def _stream(content: bytes) -> Any:
    return io.BytesIO(content)


def _report(path: Path) -> dict[str, object]:
    try:
        return {"media_type": inspect(path.read_bytes())}
    except FileRefused as refused:
        return {"fault": refused.code, "params": dict(refused.params)}
    except MemoryError:
        return {"fault": "FILE_UNREADABLE", "params": {}}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.write(json.dumps(_report(Path(sys.argv[1]))))
