"""Decides how the words of a sheet are set: sizes, spacing and which values share a line (pure)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from files.sheets import CertificateSheet, DocumentSheet, SheetTable

MILLIMETRES_PER_POINT = 0.3528
TITLE_POINTS = 38.0
HEAD_POINTS = 34.0
DOCUMENT_TITLE_POINTS = 22.0
TITLE_LINE = 11.0  # millimetres
# Sizes of the text from the loosest setting to the closest that is still dignified.
FACE_POINTS = (16.0, 15.0, 14.0, 13.0, 12.2, 11.5)
BODY_POINTS = (14.5, 14.0, 13.5, 13.0, 12.5, 12.0)
FACE_HEIGHT = {"landscape": 90, "portrait": 176}  # millimetres between number and foot
FACE_INDENT = 24  # of values that stand one below the other, millimetres
PHOTO_WIDTH = 36  # with its margin, millimetres
BODY_WIDTH = 156  # of a document, millimetres
BODY_HEIGHT = 127  # beside head, seal and contact, millimetres


@dataclass(frozen=True)
class Cell:
    """A label with its value; `spacing` spreads a short label over four characters."""

    label: str
    value: str
    spacing: str


@dataclass(frozen=True)
class Face:
    """The set rows of a certificate; millimetres unless said otherwise."""

    lines: tuple[tuple[Cell, ...], ...]  # of one or two cells
    points: float
    leading: float
    padding: float  # above and below a row
    width: float
    indent: float
    label_width: float  # em
    title_points: float
    title_spacing: float  # em


@dataclass(frozen=True)
class Body:
    """How a document's text and tables are set; millimetres unless said otherwise."""

    points: float
    leading: float
    small_points: float  # of tables
    small_leading: float
    padding: float  # above and below a table's row
    fact_width: float  # em
    head_points: float


def chinese_date(day: date) -> str:
    """2026年3月1日, as GB/T 9704 writes the date of a document."""
    return f"{day.year}年{day.month}月{day.day}日"


def width_of(text: str) -> float:
    """The width of a text in Chinese characters (em)."""
    return sum(1.0 if ord(character) > 0x2000 else 0.56 for character in text)


def face_of(sheet: CertificateSheet, inner_width: float) -> Face:
    """The loosest setting in which the rows fit one side; the closest when none does.

    One value a line while that fits at the largest sizes; then two short ones share a line.
    """
    choices = [(points, True) for points in FACE_POINTS[:2]]
    choices += [(points, False) for points in FACE_POINTS]
    for points, single in choices:
        face = _face(sheet, inner_width, points, single)
        if _face_height(sheet, face) <= FACE_HEIGHT[sheet.orientation]:
            break
    return face


def body_of(sheet: DocumentSheet) -> Body:
    """The loosest setting in which a document keeps to one side; a middle one when none does."""
    bodies = [_body(sheet, points) for points in BODY_POINTS]
    return next((body for body in bodies if _body_height(sheet, body) <= BODY_HEIGHT), bodies[3])


def fitting_points(text: str, width: float, points: float) -> float:
    """The given size, or the smaller one at which the text fits the width in millimetres."""
    return round(min(points, width / max(width_of(text), 1.0) / MILLIMETRES_PER_POINT), 1)


def title_lines(title: str) -> tuple[str, ...]:
    """A document's title; what stands in brackets at its end has a line of its own when one line is too short."""
    place = title.find("（")
    if place < 1 or width_of(title) * DOCUMENT_TITLE_POINTS * MILLIMETRES_PER_POINT <= BODY_WIDTH:
        return (title,)
    return title[:place], title[place:]


def widths_of(table: SheetTable) -> tuple[int, ...]:
    """Percentages, one a column."""
    return table.widths or (100 // len(table.columns),) * len(table.columns)


def _face(sheet: CertificateSheet, inner_width: float, points: float, single: bool) -> Face:
    rows = [*sheet.rows, *_validity(sheet)]
    labels = max((width_of(label) for label, _ in rows), default=4.0)
    label_width = max(5.4, min(9.5, labels + 1.0))
    width = inner_width - (PHOTO_WIDTH if sheet.photo else 0)
    indent = FACE_INDENT if single and not sheet.photo else 0
    shared = 0.0 if single else width / (points * MILLIMETRES_PER_POINT) / 2 - label_width - 1.2
    title_points, title_spacing = _title(sheet.title, inner_width)
    return Face(
        lines=_lines(rows, shared),
        points=points,
        leading=round(points * 1.5 * MILLIMETRES_PER_POINT, 2),
        padding=round((points - 9) * 0.3, 2),
        width=width - indent,
        indent=indent,
        label_width=label_width,
        title_points=title_points,
        title_spacing=title_spacing,
    )


def _face_height(sheet: CertificateSheet, face: Face) -> float:
    across = face.width / (face.points * MILLIMETRES_PER_POINT)  # em
    height = _wrapped(sheet.statement, across) * face.leading + 3 if sheet.statement else 0.0
    for line in face.lines:
        room = across / len(line) - face.label_width - 1.2
        height += 2 * face.padding + face.leading * _highest((cell.value, room) for cell in line)
    return height


def _body(sheet: DocumentSheet, points: float) -> Body:
    small = points - 2.2
    labels = max((width_of(label) for label, _ in sheet.rows), default=4.0)
    return Body(
        points=points,
        leading=round(points * (1.1 + 0.045 * points) * MILLIMETRES_PER_POINT, 2),
        small_points=small,
        small_leading=round(small * 1.45 * MILLIMETRES_PER_POINT, 2),
        padding=round((points - 10) * 0.25, 2),
        fact_width=min(12.0, labels + 1.8),
        head_points=round(min(HEAD_POINTS, 390 / max(len(sheet.authority), 1)), 1),
    )


def _body_height(sheet: DocumentSheet, body: Body) -> float:
    across = BODY_WIDTH / (body.points * MILLIMETRES_PER_POINT) - 0.5
    small = BODY_WIDTH / (body.small_points * MILLIMETRES_PER_POINT)
    texts = (*sheet.paragraphs, *sheet.closing, *sheet.remedies)
    height = sum(body.leading * _wrapped(f"　　{text}", across) for text in texts)
    room = small - body.fact_width - 1.5
    lines = [_wrapped(value, room) for _, value in sheet.rows]
    height += sum(2 * body.padding + body.small_leading * count for count in lines)
    height += 6 if sheet.rows else 0
    height += TITLE_LINE * (len(title_lines(sheet.title)) - 1)
    for table in sheet.tables:
        height += 4 + (body.leading + 1 if table.caption else 0)
        rooms = [small * width / 100 - 1.2 for width in widths_of(table)]
        for row in (table.columns, *table.rows):
            cells = zip(row, rooms, strict=True)
            height += 2 * body.padding + 0.25 + body.small_leading * _highest(cells)
    return height


def _validity(sheet: CertificateSheet) -> Sequence[tuple[str, str]]:
    if sheet.valid_until is None:
        return ()
    start = chinese_date(sheet.valid_from or sheet.issued_on)
    return (("有效期限", f"{start}至{chinese_date(sheet.valid_until)}"),)


def _lines(rows: Sequence[tuple[str, str]], shared: float) -> tuple[tuple[Cell, ...], ...]:
    """Two values that fit `shared` em stand on one line; a longer one has its own."""
    lines: list[list[Cell]] = []
    waiting = False
    for label, value in rows:
        cell = Cell(label, value, _spread(label))
        short = width_of(value) <= shared
        if short and waiting:
            lines[-1].append(cell)
        else:
            lines.append([cell])
        waiting = short and not waiting
    return tuple(tuple(line) for line in lines)


def _highest(cells: Iterable[tuple[str, float]]) -> int:
    return max(_wrapped(text, room) for text, room in cells)


def _wrapped(text: str, room: float) -> int:
    return max(1, math.ceil(width_of(text) / room))


def _spread(label: str) -> str:
    if 2 <= len(label) <= 3:
        return f"{(4 - len(label)) / (len(label) - 1):.3f}em"
    return "0"


def _title(title: str, inner_width: float) -> tuple[float, float]:
    spacing = max(0.04, min(0.7, (13 - len(title)) / 13))
    fitting = inner_width / (max(len(title), 1) * (1 + spacing)) / MILLIMETRES_PER_POINT
    return round(min(TITLE_POINTS, fitting), 1), round(spacing, 2)
