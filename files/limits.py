"""How large a page may be: refused before it is laid out, not after a minute (BAD-83; pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from typing_extensions import override

from files.errors import RenderLimit

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
HIDDEN = frozenset({"style", "script", "title"})


@dataclass(frozen=True)
class PageLimits:
    """Ceilings of one page; a certificate of ten rows needs 15 kB, 200 elements and 12 levels."""

    characters: int = 1_000_000
    elements: int = 12_000
    rows: int = 1_000
    depth: int = 60


class PageMeasure(HTMLParser):
    """Counts elements, rows and nesting, and gathers the text that will be seen."""

    def __init__(self, limits: PageLimits) -> None:
        super().__init__(convert_charrefs=True)
        self.limits = limits
        self.elements = self.rows = 0
        self.open: list[str] = []
        self.seen: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Counts one element; an element that is never closed counts as open to the end."""
        self.elements += 1
        self.rows += tag == "tr"
        if tag not in VOID:
            self.open.append(tag)
        self._judge()

    @override
    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """`<path/>` closes itself inside SVG; `<div/>` does not, so HTML elements stay open."""
        self.handle_starttag(tag, attrs)
        if "svg" in self.open and self.open and self.open[-1] == tag:
            self.open.pop()

    @override
    def handle_endtag(self, tag: str) -> None:
        """Closes the innermost open element of that name; a stray end tag closes nothing."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    @override
    def handle_data(self, data: str) -> None:
        """Text on the paper."""
        if not self.open or self.open[-1] not in HIDDEN:
            self.seen.append(data)

    def _judge(self) -> None:
        if self.elements > self.limits.elements:
            raise RenderLimit(f"more than {self.limits.elements} elements")
        if self.rows > self.limits.rows:
            raise RenderLimit(f"more than {self.limits.rows} rows")
        if len(self.open) > self.limits.depth:
            raise RenderLimit(f"nested deeper than {self.limits.depth}")


def text_within(html: str, limits: PageLimits = PageLimits()) -> str:
    """The text of a page that keeps within the limits; raises RenderLimit. Linear time."""
    if len(html) > limits.characters:
        raise RenderLimit(f"longer than {limits.characters} characters")
    measure = PageMeasure(limits)
    measure.feed(html)
    measure.close()
    return "".join(measure.seen)
