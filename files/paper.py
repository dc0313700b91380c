"""Gives sheets the look of Chinese government papers: plain values in, a whole HTML page out."""

import base64

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from files import ornament
from files.composition import (
    BODY_WIDTH,
    DOCUMENT_TITLE_POINTS,
    body_of,
    chinese_date,
    face_of,
    fitting_points,
    title_lines,
    widths_of,
)
from files.sheets import BlankSheet, CertificateSheet, DocumentSheet

# Colours of the ornament, of headings and of the paper itself.
ACCENTS = {
    "gold": ("#a9803a", "#7a1c12", "#fffdf7"),
    "red": ("#b4535a", "#8f1420", "#fffafa"),
    "blue": ("#5f86ad", "#173f6b", "#f9fcff"),
    "green": ("#5d9a83", "#12513b", "#f8fdfb"),
}
PAGES = {"landscape": (297, 210), "portrait": (210, 297)}  # A4, millimetres
SIDE = 27  # margin left and right of a certificate, millimetres


def certificate_html(sheet: CertificateSheet) -> str:
    """The page of a certificate: one A4 side for ordinary values, more when they need it."""
    line, ink, ground = ACCENTS[sheet.accent]
    width, height = PAGES[sheet.orientation]
    inner = width - 2 * SIDE
    sign = 104 if sheet.orientation == "landscape" else 84
    return render_to_string(
        "paper/certificate.html",
        {
            "sheet": sheet,
            "face": face_of(sheet, inner),
            "width": width,
            "height": height,
            "inner_width": inner,
            "sign_width": sign,
            "sign_points": fitting_points(f"{sheet.issuer_label}：{sheet.issuer}", sign, 13),
            "stamp_right": sign / 2 - 21,
            "notes_width": inner - sign - 29,
            "ground_top": (height - 116) / 2 - 23,
            "watermark_top": height / 2 - 38,
            "line": line,
            "ink": ink,
            "ground": ground,
            "issued_on": chinese_date(sheet.issued_on),
            "border": _drawn(ornament.border_svg(width, height, line, ground)),
            "rosette": _drawn(ornament.rosette_svg(line)),
            "seal": _drawn(ornament.seal_svg(sheet.issuer, sheet.seal_caption)),
            "qr": ornament.qr_image(sheet.qr_text),
            "photo": _photo(sheet.photo),
        },
    )


def document_html(sheet: DocumentSheet) -> str:
    """The page of an official document, its seal over the date at the lower right."""
    signature = sheet.signature or sheet.authority
    return render_to_string(
        "paper/document.html",
        {
            "sheet": sheet,
            "body": body_of(sheet),
            "tables": [(table, widths_of(table)) for table in sheet.tables],
            "title_lines": [
                (line, fitting_points(line, BODY_WIDTH, DOCUMENT_TITLE_POINTS))
                for line in title_lines(sheet.title)
            ],
            "signature": signature,
            "sign_points": fitting_points(signature, 92, 14),
            "issued_on": chinese_date(sheet.issued_on),
            "seal": _drawn(ornament.seal_svg(signature, sheet.seal_caption)),
            "qr": ornament.qr_image(sheet.qr_text) if sheet.qr_text else "",
        },
    )


def blank_html(sheet: BlankSheet) -> str:
    """The page of a blank form, with room to write."""
    return render_to_string("paper/blank.html", {"sheet": sheet})


def _drawn(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - our own drawing; its texts are escaped in files.ornament


def _photo(content: bytes) -> str:
    if not content:
        return ""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
