"""Decides how a value of a certificate's face may be written for a form: the named rules (pure).

Each rule takes the value as it stands on the face and returns the value for the form, or None when
it cannot be read with certainty: then the field stays empty.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)(?:平方米|㎡|m2|元|万元)?")
_DATE = re.compile(r"([0-9]{4})(?:-|年|/)?([0-9]{1,2})(?:-|月|/)?([0-9]{1,2})日?")
_GENDERS = {"男": "1", "女": "2", "1": "1", "2": "2"}  # GB/T 2261.1


def number(value: object) -> object:
    """A number, or text of one number with its unit: "120.50平方米" is 120.5, "320" is 320."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    found = _NUMBER.fullmatch(_plain(value).replace(",", ""))
    if found is None:
        return None
    return float(found.group(1)) if "." in found.group(1) else int(found.group(1))


def iso_date(value: object) -> object:
    """A day as YYYY-MM-DD, from that form, 2026年1月2日, 2026/1/2 or 20260102."""
    found = _DATE.fullmatch(_plain(value))
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def gender_code(value: object) -> object:
    """男 is 1, 女 is 2 (GB/T 2261.1-2003)."""
    return _GENDERS.get(_plain(value))


def birth_date(value: object) -> object:
    """The day of birth inside an 18-character id number (GB 11643)."""
    text = _plain(value)
    return iso_date(text[6:14]) if re.fullmatch(r"[0-9]{17}[0-9Xx]", text) else None


def one_line(value: object) -> object:
    """Text without line breaks and doubled blanks."""
    return " ".join(value.split()) if isinstance(value, str) else None


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""


RULES: Mapping[str, Callable[[object], object]] = {
    "number": number,
    "date": iso_date,
    "gender_code": gender_code,
    "birth_date": birth_date,
    "one_line": one_line,
}
