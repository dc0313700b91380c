"""Draws what surrounds the words of a paper, as SVG: seal, border, rosette and QR (pure)."""

import base64
import cmath
import io
import math
from functools import lru_cache
from html import escape

import segno

STAR_TURNS = 5
SEAL_RED = "#d1101c"


def seal_svg(name: str, caption: str = "") -> str:
    """A round official seal (印章), 42 mm wide: circle, star, the name on the arc, a caption below.

    Every character stands on its own, turned, because text on a path is not laid out for Chinese.
    """
    reach = min(262.0, 20.0 * len(name) + 40)  # degrees that the name takes
    step = reach / max(len(name) - 1, 1)
    size = min(9.2, 2 * math.pi * 31 * step / 360 * 1.06)
    letters = []
    for place, character in enumerate(name):
        angle = -reach / 2 + place * step if len(name) > 1 else 0.0
        letters.append(
            f'<text transform="rotate({angle:.2f}) translate(0 -27.6) scale(.86 1.2)"'
            f' font-size="{size:.2f}" text-anchor="middle">{escape(character)}</text>'
        )
    if caption:
        small = min(4.8, 34 / len(caption))
        letters.append(
            f'<text y="23.2" font-size="{small:.2f}" text-anchor="middle">{escape(caption)}</text>'
        )
    return (
        '<svg class="seal" xmlns="http://www.w3.org/2000/svg" viewBox="-42 -42 84 84">'
        f'<g fill="{SEAL_RED}" font-family="Tongban Serif, Tongban Serif Rare" font-weight="700">'
        f'<circle r="39.6" fill="none" stroke="{SEAL_RED}" stroke-width="2.2"/>'
        f'<path d="{_star(12.6)}"/>{"".join(letters)}</g></svg>'
    )


def qr_image(text: str) -> str:
    """The QR code of a text (ISO/IEC 18004, level M) as a data URL, eight dots a module.

    An image of one bit a dot: as sharp as an outline on paper and a quarter of its cost to draw.
    """
    written = io.BytesIO()
    segno.make(text, error="m", micro=False).save(written, kind="png", scale=8, border=0)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"


@lru_cache(maxsize=16)
def border_svg(width: int, height: int, colour: str, ground: str) -> str:
    """A guilloche frame (团花边框) for a page of so many millimetres."""
    edge, band = 8.0, 7.0
    waves = []
    for x, y, length, turn in (
        (edge, edge + band / 2, width - 2 * edge, 0),
        (edge, height - edge - band / 2, width - 2 * edge, 0),
        (edge + band / 2, edge, height - 2 * edge, 90),
        (width - edge - band / 2, edge, height - 2 * edge, 90),
    ):
        path = "".join(_wave(length, amplitude) for amplitude in (6.4, -6.4, 3.2, -3.2))
        waves.append(f'<path transform="translate({x} {y}) rotate({turn})" d="{path}"/>')
    rules = "".join(
        f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" height="{height - 2 * inset}"'
        f' stroke-width="{stroke}"/>'
        for inset, stroke in ((edge - 0.6, 0.5), (edge + band + 0.6, 0.5), (edge + band + 1.8, 0.2))
    )
    corners = "".join(
        f'<g transform="translate({x} {y})"><circle r="5.5" fill="{ground}"/>'
        f'<path d="{_flower(2.7, 12)}"/></g>'
        for x in (edge + band / 2, width - edge - band / 2)
        for y in (edge + band / 2, height - edge - band / 2)
    )
    return (
        f'<svg class="border" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<g fill="none" stroke="{colour}"><g stroke-width=".18">{"".join(waves)}</g>{rules}'
        f'<g stroke-width=".16">{corners}</g></g></svg>'
    )


@lru_cache(maxsize=8)
def rosette_svg(colour: str) -> str:
    """The pale rosette in the middle of a certificate (底纹)."""
    return (
        '<svg class="rosette" xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100">'
        f'<g fill="none" stroke="{colour}" stroke-width=".22">'
        f'<path d="{_flower(24.5, 36)}{_flower(11, 20)}"/></g></svg>'
    )


def _star(radius: float) -> str:
    points = []
    for corner in range(STAR_TURNS * 2):
        reach = radius if corner % 2 == 0 else radius * 0.381966  # the golden pentagram
        angle = math.pi * corner / STAR_TURNS
        points.append(f"{reach * math.sin(angle):.3f} {-reach * math.cos(angle):.3f}")
    return f"M{'L'.join(points)}z"


def _wave(length: float, amplitude: float) -> str:
    halves = round(length / 7.4)
    step = length / halves
    first = f"M0 0q{step / 2:.3f} {amplitude:.2f} {step:.3f} 0"
    return first + f"t{step:.3f} 0" * (halves - 1)


def _flower(radius: float, petals: int) -> str:
    """Circles that all pass through the middle, turned against each other."""
    bow = 0.5523  # a quarter of the unit circle as a cubic curve, from west to north
    quarter = (complex(-1, bow), complex(-bow, 1), 1j)
    circle = [radius * (1 + point * (-1j) ** turn) for turn in range(4) for point in quarter]
    path = []
    for petal in range(petals):
        turn = cmath.exp(2j * math.pi * petal / petals)
        points = (point * turn for point in circle)
        path.append("M0 0C" + " ".join(f"{point.real:.2f} {point.imag:.2f}" for point in points))
    return "".join(path)
