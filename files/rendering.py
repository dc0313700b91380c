"""Turns a page into a PDF/A-3b in a process of its own, within limits of size, time and memory."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from files import fonts
from files.errors import CharacterMissing, RenderLimit
from files.frames import frame
from files.limits import text_within
from files.press_control import PressControl

SECONDS = 30.0  # for one page; an ordinary certificate takes 0.1
ATTACHED_BYTES = 5_000_000


_control = PressControl()


@dataclass(frozen=True)
class Attachment:
    """Data inside the paper; `name` is an ASCII file name whose ending tells the type."""

    name: str
    media_type: str
    content: bytes


def render_pdf(
    html: str,
    *,
    title: str,
    attachments: Sequence[Attachment] = (),
    created: datetime,
    seconds: float = SECONDS,
) -> bytes:
    """The page as PDF/A-3b (ISO 19005-3) with the attachments inside.

    `html` is a whole page whose values were escaped by its template. The same arguments give the
    same bytes, so a repeated chore keeps the same file. `created` is aware. Raises RenderLimit,
    CharacterMissing or RenderFailed; an outside resource is never fetched, it is left out.
    """
    text = text_within(html)
    if missing := fonts.missing_characters(text, settings.FONT_DIR):
        raise CharacterMissing(missing)
    if sum(len(attachment.content) for attachment in attachments) > ATTACHED_BYTES:
        raise RenderLimit(f"more than {ATTACHED_BYTES} attached bytes")
    bodies = [html.encode(), *(attachment.content for attachment in attachments)]
    head = {
        "title": title,
        "created": created.isoformat(),
        "attachments": [(attachment.name, attachment.media_type) for attachment in attachments],
        "identifier": hashlib.sha256(b"\0".join([title.encode(), *bodies])).hexdigest()[:32],
    }
    return _control.print(settings.FONT_DIR, frame(head, *bodies), seconds)


def warm_up() -> None:
    """Starts the press of this process: a worker calls it before its first chore."""
    _control.start(settings.FONT_DIR)
