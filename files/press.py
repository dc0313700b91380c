"""The process that lays out pages, without secrets, network or files (`python -m files.press`).

It answers frames on standard input with frames on standard output and keeps WeasyPrint and the
faces warm between pages.
"""

import logging
import resource
import sys
from datetime import UTC, datetime
from typing import Any, NoReturn

from weasyprint import HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from files.frames import frame, read_frame

MEMORY_BYTES = 768 * 1024 * 1024  # of address space; a certificate needs 310 MB of it, 115 resident
VARIANT = "pdf/a-3b"  # ISO 19005-3: the data may travel inside
DATA_URL_CHARACTERS = 300_000
DATA_URL_STARTS = ("data:image/png;base64,", "data:image/jpeg;base64,")


class Refuse(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches nothing but a small PNG or JPEG that is written in the page itself (ATK-68)."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: object = None) -> Any:
        """The image of a data URL; anything else raises ValueError and is left out of the page."""
        if len(url) > DATA_URL_CHARACTERS or not url.startswith(DATA_URL_STARTS):
            raise ValueError("refused")
        return super().fetch(url)


def draw(head: dict[str, Any], bodies: list[bytes], fonts: Any) -> bytes:
    """A PDF/A-3b with the bodies after the first attached; the same frame gives the same bytes."""
    created = datetime.fromisoformat(head["created"])
    document = HTML(string=bodies[0].decode(), url_fetcher=Refuse(), base_url=None).render(
        font_config=fonts, pdf_variant=VARIANT
    )
    document.metadata.title = head["title"]
    document.metadata.created = document.metadata.modified = created.isoformat(timespec="seconds")
    document.metadata.attachments = [
        Attachment(
            string=body,
            name=name,
            description=description,
            created=created.astimezone(UTC),
            modified=created.astimezone(UTC),
            relationship="Data",
        )
        for (name, description), body in zip(head["attachments"], bodies[1:], strict=True)
    ]
    written: bytes = document.write_pdf(
        pdf_variant=VARIANT, pdf_identifier=bytes.fromhex(head["identifier"])
    )
    return written


def answer(request: tuple[dict[str, Any], list[bytes]], fonts: Any) -> bytes:
    """The frame with the PDF, or with what went wrong."""
    try:
        return frame({"done": True}, draw(*request, fonts))
    except (RecursionError, MemoryError) as fault:
        return frame({"done": False, "limit": True, "fault": type(fault).__name__})
    except Exception as fault:  # the parent decides; the process stays warm
        return frame(
            {"done": False, "limit": False, "fault": f"{type(fault).__name__}: {fault}"[:500]}
        )


def main() -> NoReturn:
    """Serves until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    fonts = FontConfiguration()
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    while (request := read_frame(stdin)) is not None:
        stdout.write(answer(request, fonts))
        stdout.flush()
    sys.exit(0)


if __name__ == "__main__":
    main()
