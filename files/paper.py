"""Gives sheets the look of Chinese government papers: plain values in, a whole HTML page out."""

import base64
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from files import ornament
from files.sheets import CertificateSheet, DocumentSheet, SheetTable

# Accent colours of the ornament, the headings and the paper.
ACCENTS = {
    "gold": ("#a9803a", "#7a1c12", "#fffdf7"),
    "red": ("#b4535a", "#8f1420", "#fffafa"),
    "blue": ("#5f86ad", "#173f6b", "#f9fcff"),
    "green": ("#5d9a83", "#12513b", "#f8fdfb"),
}
PAGES = {"landscape": (297, 210), "portrait": (210, 297)}
# Characters that fit beside another value on one line of the page.
NARROW = {"landscape": 19, "portrait": 9}


def certificate_html(sheet: CertificateSheet) -> str:
    """The page of a certificate: one A4 side for ordinary values, more when they need it."""
    line, ink, ground = ACCENTS[sheet.accent]
    width, height = PAGES[sheet.orientation]
    lines = _lines(sheet.rows, NARROW[sheet.orientation])
    context = {
        "sheet": sheet,
        "width": width,
        "height": height,
        "ink": ink,
        "line": line,
        "ground": ground,
        "lines": lines,
        "density": _density(lines, sheet),
        "spacing": _title_spacing(sheet.title),
        "validity": _validity(sheet),
        "issued_on": chinese_date(sheet.issued_on),
        "border": _drawn(ornament.border_svg(width, height, line)),
        "rosette": _drawn(ornament.rosette_svg(line)),
        "seal": _drawn(ornament.seal_svg(sheet.issuer, sheet.seal_caption)),
        "qr": _drawn(ornament.qr_svg(sheet.qr_text)),
        "photo": _photo(sheet.photo),
    }
    return render_to_string("paper/certificate.html", context)


def document_html(sheet: DocumentSheet) -> str:
    """The page of an official document, its seal over the date at the lower right."""
    context = {
        "sheet": sheet,
        "head_size": _head_size(sheet.authority),
        "tables": [_table(table) for table in sheet.tables],
        "signature": sheet.signature or sheet.authority,
        "issued_on": chinese_date(sheet.issued_on),
        "seal": _drawn(ornament.seal_svg(sheet.signature or sheet.authority, sheet.seal_caption)),
        "qr": _drawn(ornament.qr_svg(sheet.qr_text)) if sheet.qr_text else "",
    }
    return render_to_string("paper/document.html", context)


def chinese_date(day: date) -> str:
    """2026年3月1日, as GB/T 9704 writes the date of a document."""
    return f"{day.year}年{day.month}月{day.day}日"


def _drawn(svg: str) -> Any:
    return mark_safe(svg)  # noqa: S308 - our own drawing; its texts are escaped in files.ornament


def _photo(content: bytes) -> str:
    if not content:
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _lines(rows: Sequence[tuple[str, str]], narrow: int) -> list[list[dict[str, str]]]:
    """Two short values share a line; a long one has its own."""
    lines: list[list[dict[str, str]]] = []
    open_line = False
    for label, value in rows:
        cell = {"label": label, "value": value, "spacing": _label_spacing(label)}
        short = _cells(value) <= narrow and len(label) <= 7
        if short and open_line:
            lines[-1].append(cell)
            open_line = False
        else:
            lines.append([cell])
            open_line = short
    return lines


def _cells(text: str) -> float:
    """The width of a text in Chinese characters."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)


def _label_spacing(label: str) -> str:
    """Spreads a label of two or three characters over four (名　　称)."""
    if 2 <= len(label) <= 3:
        return f"{(4 - len(label)) / (len(label) - 1):.3f}em"
    return "0"


def _title_spacing(title: str) -> str:
    return f"{max(0.08, min(0.7, (13 - len(title)) / 13)):.2f}em"


def _density(lines: Sequence[Sequence[dict[str, str]]], sheet: CertificateSheet) -> str:
    across = 46 if sheet.orientation == "landscape" else 30
    needed = sum(
        max(1, -(-int(_cells(cell["value"])) // across)) for line in lines for cell in line[:1]
    )
    needed += -(-int(_cells(sheet.statement)) // across)
    if sheet.orientation == "portrait":
        needed = needed // 2
    return "roomy" if needed <= 6 else "ordinary" if needed <= 9 else "dense"


def _validity(sheet: CertificateSheet) -> str:
    if sheet.valid_until is None:
        return ""
    start = chinese_date(sheet.valid_from or sheet.issued_on)
    return f"{start}至{chinese_date(sheet.valid_until)}"


def _head_size(authority: str) -> str:
    return f"{min(34.0, 440 / max(len(authority), 1)):.1f}pt"


def _table(table: SheetTable) -> dict[str, Any]:
    widths = table.widths or (100 // len(table.columns),) * len(table.columns)
    return {
        "caption": table.caption,
        "columns": [
            {"name": name, "width": width}
            for name, width in zip(table.columns, widths, strict=True)
        ],
        "rows": table.rows,
    }
