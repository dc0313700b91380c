"""Files that the installation hands out to everybody, such as blank forms and samples (空白表、样表).

They lie in one folder, settings.PAPER_DIR, beside the definitions that name them; nothing is written there.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from files.errors import FileRefused
from files.examination import examine
from files.storage import safe_name

ENDINGS = {"application/pdf": (".pdf",), "image/png": (".png",), "image/jpeg": (".jpg", ".jpeg")}
MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Leaflet:
    """A file as it is handed out; `name` is safe to offer."""

    name: str
    media_type: str
    content: bytes


def paper_names() -> frozenset[str]:
    """The names of the files in the folder that may be handed out, by name and ending alone."""
    try:
        with os.scandir(settings.PAPER_DIR) as found:
            return frozenset(one.name for one in found if _may_be(one))
    except FileNotFoundError:
        return frozenset()


def leaflet(name: str) -> Leaflet | None:
    """The file of that name; None when there is none, or when its bytes are not what its ending says.

    A name is only looked up among those that lie in the folder, so that it never leads out of it.
    """
    if name not in paper_names():
        return None
    path = Path(settings.PAPER_DIR) / name
    told = path.stat()
    media_type = _judged(str(path), told.st_mtime_ns, told.st_size)
    if not name.lower().endswith(ENDINGS.get(media_type, ())):
        return None
    return Leaflet(name, media_type, path.read_bytes())


def _may_be(one: "os.DirEntry[str]") -> bool:
    endings = tuple(ending for known in ENDINGS.values() for ending in known)
    if not one.is_file(follow_symlinks=False) or safe_name(one.name) != one.name:
        return False
    return one.name.lower().endswith(endings) and one.stat().st_size <= MOST_BYTES


@lru_cache(maxsize=256)
def _judged(path: str, _changed: int, _size: int) -> str:
    """The media type by the bytes, once for each state of a file; empty when it may not be kept."""
    try:
        return examine(Path(path))
    except FileRefused:
        return ""
