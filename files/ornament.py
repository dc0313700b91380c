"""Draws what surrounds the words of a paper, as SVG: seal, border, rosette and QR (pure)."""

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
    size = min(8.4, 2 * math.pi * 31 * step / 360 * 1.06)
    letters = []
    for place, character in enumerate(name):
        angle = -reach / 2 + place * step if len(name) > 1 else 0.0
        letters.append(
            f'<text transform="rotate({angle:.2f}) translate(0 -27.3) scale(.86 1.2)"'
            f' font-size="{size:.2f}" text-anchor="middle">{escape(character)}</text>'
        )
    if caption:
        small = min(5.6, 38 / len(caption))
        letters.append(
            f'<text y="20.5" font-size="{small:.2f}" text-anchor="middle">{escape(caption)}</text>'
        )
    return (
        '<svg class="seal" xmlns="http://www.w3.org/2000/svg" viewBox="-42 -42 84 84">'
        f'<g fill="{SEAL_RED}" font-family="Tongban Serif, Tongban Serif Rare" font-weight="700">'
        f'<circle r="39.6" fill="none" stroke="{SEAL_RED}" stroke-width="2.2"/>'
        f'<path d="{_star(12.6)}"/>{"".join(letters)}</g></svg>'
    )


def qr_svg(text: str) -> str:
    """The QR code of a text (ISO/IEC 18004, level M) as one filled path without a quiet zone."""
    code = segno.make(text, error="m", micro=False)
    side = len(code.matrix)
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < side:
            length = 0
            while x + length < side and row[x + length]:
                length += 1
            if length:  # a hair taller than a module: no light seam between rows
                runs.append(f"M{x} {y}h{length}v1.03h-{length}z")
            x += max(length, 1)
    return (
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#000" d="{"".join(runs)}"/></svg>'
    )


@lru_cache(maxsize=16)
def border_svg(width: int, height: int, colour: str) -> str:
    """A guilloche frame (团花边框) for a page of so many millimetres."""
    edge, band = 8.0, 7.0
    waves = []
    for x, y, length, turn in (
        (edge, edge + band / 2, width - 2 * edge, 0),
        (edge, height - edge - band / 2, width - 2 * edge, 0),
        (edge + band / 2, edge, height - 2 * edge, 90),
        (width - edge - band / 2, edge, height - 2 * edge, 90),
    ):
        path = "".join(_wave(length, amplitude) for amplitude in (3.3, -3.3, 2.0, -2.0, 0.8, -0.8))
        waves.append(f'<path transform="translate({x} {y}) rotate({turn})" d="{path}"/>')
    rules = "".join(
        f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" height="{height - 2 * inset}"'
        f' stroke-width="{stroke}"/>'
        for inset, stroke in ((edge - 0.6, 0.5), (edge + band + 0.6, 0.5), (edge + band + 1.8, 0.2))
    )
    corners = "".join(
        f'<g transform="translate({x} {y})"><circle r="5.6" fill="#fff" stroke="none"/>'
        f'<path d="{_rosette(5.2, 2.1, 12)}" stroke-width=".16"/>'
        f'<path d="{_rosette(3.0, 1.2, 8)}" stroke-width=".16"/></g>'
        for x in (edge + band / 2, width - edge - band / 2)
        for y in (edge + band / 2, height - edge - band / 2)
    )
    return (
        f'<svg class="border" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<g fill="none" stroke="{colour}"><g stroke-width=".16">{"".join(waves)}</g>'
        f"{rules}{corners}</g></svg>"
    )


@lru_cache(maxsize=8)
def rosette_svg(colour: str) -> str:
    """The pale rosette in the middle of a certificate (底纹)."""
    paths = "".join(
        f'<path d="{_rosette(outer, outer * 0.34, petals)}"/>'
        for outer, petals in ((49, 24), (40, 18), (30, 16), (19, 12))
    )
    return (
        '<svg class="rosette" xmlns="http://www.w3.org/2000/svg" viewBox="-50 -50 100 100">'
        f'<g fill="none" stroke="{colour}" stroke-width=".22">{paths}</g></svg>'
    )


def _star(radius: float) -> str:
    points = []
    for corner in range(STAR_TURNS * 2):
        reach = radius if corner % 2 == 0 else radius * 0.381966  # the golden pentagram
        angle = math.pi * corner / STAR_TURNS
        points.append(f"{reach * math.sin(angle):.3f} {-reach * math.cos(angle):.3f}")
    return f"M{'L'.join(points)}z"


def _wave(length: float, amplitude: float) -> str:
    halves = round(length / 5.5)
    step = length / halves
    first = f"M0 0q{step / 2:.3f} {amplitude * 1.0:.2f} {step:.3f} 0"
    return first + f"t{step:.3f} 0" * (halves - 1)


def _rosette(outer: float, swing: float, petals: int) -> str:
    """Two crossing flower lines between two radii."""
    paths = []
    for phase in (0.0, math.pi):
        count = petals * 8
        points = []
        for place in range(count + 1):
            angle = 2 * math.pi * place / count
            reach = outer - swing / 2 + swing / 2 * math.cos(petals * angle + phase)
            points.append(f"{reach * math.cos(angle):.2f} {reach * math.sin(angle):.2f}")
        paths.append(f"M{'L'.join(points)}z")
    return "".join(paths)
