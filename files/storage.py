"""Keeps bytes: first the file, durable and in place, then the row; never a row without its file."""

import contextlib
import hashlib
import os
import tempfile
import unicodedata
from pathlib import Path

from django.conf import settings

from files.models import Blob

NAME_LENGTH = 120
UNSAFE = frozenset('<>:"/\\|?*%;')


def safe_name(name: str) -> str:
    """A download name without folders, control and direction marks; "file" when nothing is left."""
    leaf = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        "_" if character in UNSAFE else character
        for character in leaf
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot or not ending.isascii() or len(ending) > 10:
        stem, dot, ending = kept.strip(" ."), "", ""
    return (stem[: NAME_LENGTH - len(ending) - 1].strip(" .") or "file") + dot + ending


def keep(content: bytes, *, media_type: str, name: str) -> Blob:
    """Keeps the content and returns its row; the same content, type and name give the same row.

    The file is on the disk before the row is written: a crash between the two leaves an unnamed
    file that the next attempt finds in place (FLT-58, FLT-61). OSError when the disk refuses.
    """
    digest = hashlib.sha256(content).hexdigest()
    blob = Blob(digest=digest, size=len(content), media_type=media_type, name=safe_name(name))
    place = Path(settings.FILES_DIR) / blob.path
    if not _holds(place, digest):
        _write(place, content)
    return Blob.objects.get_or_create(
        digest=digest,
        media_type=media_type,
        name=blob.name,
        defaults={"size": blob.size},
    )[0]


def _holds(place: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest() == digest
    except FileNotFoundError:
        return False


def _write(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    descriptor, temporary = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
    for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
