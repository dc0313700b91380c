"""The blank form (空白表) of a version as a PDF: laid out once, kept, and only read from then on."""

import threading
from datetime import UTC, datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.errors import CharacterMissing, RenderFailed, RenderLimit
from files.paper import blank_html
from files.rendering import render_pdf
from people.errors import NotFound
from services.blank_sheet import blank_sheet
from services.models import ItemVersion
from services.queries import definition_of

LAYOUT = 1  # raise it when the page changes its look: all are made anew
SECONDS = 10.0
_one_at_a_time = threading.Lock()
_impossible: set[str] = set()  # versions whose form cannot be laid out; tried once a process


def blank_form(version: ItemVersion) -> bytes:
    """The PDF of a published version; NotFound when it cannot be laid out, StorageAway while files are away.

    A version never changes, so however often it is asked for it costs one rendering; and a process makes
    one at a time, so that strangers who ask for many wait instead of taking all of it.
    """
    path = f"blank-forms/{LAYOUT}/{version.digest}.pdf"
    kept = _kept(path)
    if kept is not None:
        return kept
    with _one_at_a_time:
        kept = _kept(path)
        return kept if kept is not None else _made(version, path)


def _kept(path: str) -> bytes | None:
    try:
        with default_storage.open(path) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def _made(version: ItemVersion, path: str) -> bytes:
    if version.digest in _impossible:
        raise NotFound
    sheet = blank_sheet(definition_of(version))
    created = version.published_at or datetime(2020, 1, 1, tzinfo=UTC)
    try:
        content = render_pdf(blank_html(sheet), title=sheet.title, created=created, seconds=SECONDS)
    except (RenderLimit, CharacterMissing, RenderFailed):
        _impossible.add(version.digest)
        raise NotFound from None
    default_storage.save(path, ContentFile(content))
    return content
