"""Which characters a text from people may hold, and its normal form (pure; BAD-16 to BAD-24)."""

import re
from unicodedata import category, normalize

from people.errors import Refusal

_DOTS = str.maketrans(dict.fromkeys("\u2022\u2027\u30fb\uff65", "\u00b7"))
# Control, surrogate, format (bidi and zero-width), private use, line and paragraph separators.
_REFUSED = frozenset({"Cc", "Cs", "Cf", "Co", "Zl", "Zp"})
_NAME_MARKS = frozenset("\u00b7 -.'\u2019")


def clean_text(text: str, *, most: int, one_line: bool = True, field: str = "") -> str:
    """The text in NFC, without outer spaces, of at most `most` characters.

    Line breaks and tabs are kept only with `one_line=False`, breaks as `\\n`. The bullet that some
    keyboards give for the middle dot of names (买买提·吾守尔) becomes U+00B7.
    Refusals: TOO_LONG with `most`; INVALID_CHARACTERS with `position` (0-based, of the first).
    """
    if len(text) > most * 4:
        raise Refusal("TOO_LONG", field=field, most=most)
    if not one_line:
        text = re.sub("\r\n?", "\n", text)
    allowed = "" if one_line else "\n\t"
    for position, character in enumerate(text):
        if character not in allowed and not _acceptable(character):
            raise Refusal("INVALID_CHARACTERS", field=field, position=position)
    cleaned = normalize("NFC", text).translate(_DOTS).strip()
    if len(cleaned) > most:
        raise Refusal("TOO_LONG", field=field, most=most)
    return cleaned


def person_name(text: str, *, field: str = "") -> str:
    """A natural person's name (姓名): 1 to 100 letters, marks, middle dots, spaces and hyphens.

    Refusals: those of `clean_text`; INVALID_NAME when nothing is left.
    """
    name = clean_text(text, most=100, field=field)
    if not name:
        raise Refusal("INVALID_NAME", field=field)
    for position, character in enumerate(name):
        if character not in _NAME_MARKS and category(character)[0] not in "LMC":
            raise Refusal("INVALID_CHARACTERS", field=field, position=position)
    return name


def _acceptable(character: str) -> bool:
    """Rare characters of planes 2 and 3 count, also those younger than this Python's Unicode."""
    kind = category(character)
    if kind != "Cn":
        return kind not in _REFUSED
    point = ord(character)
    return 0x20000 <= point < 0x40000 and point & 0xFFFE != 0xFFFE
