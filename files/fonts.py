"""Cuts the faces of our papers out of Noto CJK, once, as TrueType (`python -m files.fonts`)."""

import fcntl
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
VERSION = 4  # raise it whenever what is cut changes
SOURCE_FOLDERS = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/local/share/fonts"),
)
# Characters of living people's names that GB 2312 lacks; kept in every weight.
NAME_CHARACTERS = (
    "喆堃玥珺昇淼犇垚翀旻昉昶晔晞暐曦琇琤瑀瑄璟祎禕禛筠翊芃"
    "菡蔲赟煊焜熠燊炘烜玘玚珏珩翾镕韫頔颋骉彧邨崟嶒俣偲冮㛃䶮"
)
TOLERANCE = 1.0  # largest distance, in 1/1000 em, between the cubic and the quadratic outline
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Face:
    """One file to cut: `rare` faces hold what the common ones leave out, in the regular weight."""

    file: str
    source: str
    source_family: str
    family: str
    weight: int
    rare: bool = False


# Papers are set in one family: a face that nothing uses would only cost seconds on a first start.
_REGULAR, _BOLD = "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"
FACES = (
    Face("serif-rare.ttf", _REGULAR, "Noto Serif CJK SC", "Tongban Serif Rare", 400, rare=True),
    Face("serif-regular.ttf", _REGULAR, "Noto Serif CJK SC", "Tongban Serif", 400),
    Face("serif-bold.ttf", _BOLD, "Noto Serif CJK SC", "Tongban Serif", 700),
)


class FontsMissing(Exception):
    """The Debian package fonts-noto-cjk is not installed."""


def default_folder() -> Path:
    """Where the faces are kept: TONGBAN_FONT_DIR or var/fonts of the project."""
    return (ROOT / os.environ.get("TONGBAN_FONT_DIR", "var/fonts")).resolve()


def common_characters() -> set[int]:
    """GB 2312-1980 whole, Latin, punctuation and the characters of people's names."""
    codes = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x2010, 0x2070))
    codes |= set(range(0x2460, 0x2500)) | set(range(0x3000, 0x3020)) | set(range(0xFF01, 0xFF5F))
    codes |= {ord(c) for c in NAME_CHARACTERS + "€№℃™←↑→↓√×÷≤≥≠±□■△▲○●◇◆☆★✓㎡㎏㎜㎝㎞￥"}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            codes |= {ord(c) for c in bytes((high, low)).decode("gb2312", "ignore")}
    return codes


def is_ideograph(code: int) -> bool:
    """True for Han characters of every plane (GB 18030-2022), radicals and ideographic signs."""
    return (
        0x2E80 <= code <= 0x303F
        or 0x31C0 <= code <= 0x31EF
        or 0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def wanted(face: Face, available: Iterable[int]) -> list[int]:
    """The code points of a face, in order."""
    common = common_characters()
    if face.rare:
        return sorted(code for code in available if is_ideograph(code) and code not in common)
    return sorted(common.intersection(available))


def ensure_fonts(folder: Path) -> Path:
    """Cuts the faces below `folder` unless they are there; returns fontconfig's file for them.

    Each version of the cut has a folder of its own, so that an update disturbs no running process.
    Safe to call from many processes: the first one cuts, the others wait. Raises FontsMissing.
    """
    folder = folder / f"v{VERSION}"
    configuration = folder / "fonts.conf"
    if _is_current(folder):
        return configuration
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_current(folder):
            command = [sys.executable, "-m", "files.fonts", "--inside-lock", str(folder)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
            if done.returncode:
                raise FontsMissing(done.stderr.strip().splitlines()[-1])
    return configuration


@lru_cache(maxsize=4)
def coverage(folder: Path) -> frozenset[int]:
    """Every code point that a paper can show."""
    stamp = json.loads((ensure_fonts(folder).parent / "fonts.json").read_text())
    return frozenset(code for first, last in stamp["coverage"] for code in range(first, last + 1))


def missing_characters(text: str, folder: Path) -> str:
    """The characters of `text` that would be boxes on paper, each once."""
    known = coverage(folder)
    return "".join(sorted({c for c in text if ord(c) not in known and c not in "\n\r\t"}))


def cut_all(folder: Path) -> Mapping[str, int]:
    """Cuts every face with all cores; returns glyph counts by file. About 20 s on two cores."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [_find(face.source) for face in FACES]
    covered: set[int] = set()
    counts = {}
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        for face, codes in zip(
            FACES, pool.map(_cut, FACES, sources, [folder] * len(FACES)), strict=True
        ):
            counts[face.file] = len(codes)
            covered.update(codes)
    (folder / "fonts.conf").write_text(FONTCONFIG.format(folder=folder))
    stamp = {"version": VERSION, "glyphs": counts, "coverage": _ranges(sorted(covered))}
    temporary = folder / "fonts.json.new"
    temporary.write_text(json.dumps(stamp))
    temporary.replace(folder / "fonts.json")
    return counts


def _is_current(folder: Path) -> bool:
    try:
        stamp = json.loads((folder / "fonts.json").read_text())
    except (OSError, ValueError):
        return False
    return stamp.get("version") == VERSION and all((folder / f.file).exists() for f in FACES)


def _find(name: str) -> Path:
    for folder in SOURCE_FOLDERS:
        if (folder / name).exists():
            return folder / name
    raise FontsMissing(f"{name} not found: install the Debian package fonts-noto-cjk")


def _ranges(codes: list[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def _open(path: Path, family: str) -> TTFont:
    for number in range(16):
        font = TTFont(path, fontNumber=number, lazy=True)
        if font["name"].getDebugName(1) == family:
            return font
    raise FontsMissing(f"{path} holds no {family}")


def _cut(face: Face, source: Path, folder: Path) -> list[int]:
    font = _open(source, face.source_family)
    cmap = font.getBestCmap()
    codes = wanted(face, cmap)
    names = [".notdef", *sorted({cmap[code] for code in codes} - {".notdef"}, key=font.getGlyphID)]
    drawn = font.getGlyphSet()
    glyphs = {}
    for name in names:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        glyphs[name] = pen.glyph()
    new = _assemble(face, font, names, glyphs, {code: cmap[code] for code in codes})
    temporary = folder / f"{face.file}.new"
    new.save(temporary)
    temporary.replace(folder / face.file)
    return codes


def _assemble(
    face: Face, font: TTFont, names: list[str], glyphs: Mapping[str, Any], cmap: Mapping[int, str]
) -> Any:
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(cmap))
    builder.setupGlyf(dict(glyphs))
    widths = font["hmtx"]
    left = {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({name: (widths[name][0], left[name]) for name in names})
    header, os2 = font["hhea"], font["OS/2"]
    builder.setupHorizontalHeader(ascent=header.ascent, descent=header.descent)
    style = "Bold" if face.weight == 700 else "Regular"
    builder.setupNameTable(
        {
            "copyright": font["name"].getDebugName(0),
            "familyName": face.family,
            "styleName": style,
            "uniqueFontIdentifier": f"{face.family} {style} {VERSION}",
            "fullName": f"{face.family} {style}",
            "version": f"Version {VERSION}.0",
            "psName": f"{face.family} {style}".replace(" ", ""),
            "licenseDescription": font["name"].getDebugName(13),
            "licenseInfoURL": font["name"].getDebugName(14),
        }
    )
    builder.setupOS2(
        version=4,
        usWeightClass=face.weight,
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        fsSelection=0x20 if face.weight == 700 else 0x40,
    )
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].macStyle = int(face.weight == 700)
    return builder.font


def main(arguments: list[str]) -> int:
    """`python -m files.fonts [folder]`: prints one line; 1 when the source faces are missing."""
    inside_lock = "--inside-lock" in arguments
    folders = [Path(argument) for argument in arguments if not argument.startswith("--")]
    folder = folders[0].resolve() if folders else default_folder()
    try:
        if inside_lock:
            cut_all(folder)
        else:
            ensure_fonts(folder)
    except FontsMissing as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    sys.stdout.write(f"fonts: {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
