"""Prints pages and looks at the papers with other people's eyes: poppler and qpdf."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from files import fonts
from files.rendering import Attachment, render_pdf

MADE_AT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


@dataclass(frozen=True)
class Word:
    """A run of text without spaces, with its box in points from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def overlaps(self, other: "Word") -> bool:
        """True when the letters touch; a box is the face's, a quarter taller than its letters."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        spare = 0.16 * (self.bottom - self.top + other.bottom - other.top)
        return across > 1 and down > spare


@dataclass(frozen=True)
class Printed:
    """A paper on the disk."""

    path: Path

    def run(self, *command: str) -> str:
        """The output of a command about this paper; a failing command fails the test."""
        done = subprocess.run([*command], capture_output=True, text=True, check=True)
        return done.stdout

    @property
    def pages(self) -> int:
        found = re.search(r"Pages:\s+(\d+)", self.run("pdfinfo", str(self.path)))
        assert found
        return int(found[1])

    @property
    def text(self) -> str:
        """All text without spaces and line ends."""
        return re.sub(r"\s", "", self.run("pdftotext", "-layout", str(self.path), "-"))

    def words(self) -> list[Word]:
        """The words of the first page."""
        found = WORD.findall(self.run("pdftotext", "-l", "1", "-bbox", str(self.path), "-"))
        return [Word(*(float(number) for number in word[:4]), word[4]) for word in found]

    def image(self, dots: int = 80) -> Image.Image:
        """The first page in grey."""
        target = self.path.with_suffix("")
        self.run(
            "pdftoppm",
            "-r",
            str(dots),
            "-png",
            "-f",
            "1",
            "-singlefile",
            str(self.path),
            str(target),
        )
        return Image.open(target.with_suffix(".png")).convert("L")


Print = Callable[..., Printed]


@pytest.fixture(scope="session")
def font_folder() -> Path:
    """The faces, cut when this machine has none yet."""
    return fonts.ensure_fonts(settings.FONT_DIR).parent


@pytest.fixture
def print_page(tmp_path: Path, font_folder: Path) -> Print:
    """Prints a page and hands back the paper."""

    def print_one(
        html: str, *, title: str = "样张", attachments: tuple[Attachment, ...] = ()
    ) -> Printed:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(render_pdf(html, title=title, attachments=attachments, created=MADE_AT))
        return Printed(path)

    return print_one


def page(body: str, style: str = "") -> str:
    """A whole page in our faces."""
    return (
        '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>x</title><style>'
        f'body {{ font-family: "Tongban Serif", "Tongban Serif Rare" }} {style}</style></head>'
        f"<body>{body}</body></html>"
    )
