"""Decides what a certificate identifier (证照标识, GB/T 36904) is and if it is whole (pure)."""

import re
import unicodedata
from dataclasses import dataclass

from ecert.errors import IDENTIFIER_INVALID
from people.errors import Refusal

ROOT = "1.2.156.3005.2"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Type: the defining body's credit code (18) and three digits. Issuer: a credit code, or in a few
# places the six digits of a division. Serial: seen from 7 to 32 characters.
_SHAPE = re.compile(
    rf"{re.escape(ROOT)}\.([0-9A-Z]{{18}}[0-9]{{3}})\.([0-9A-Z]{{18}}|[0-9]{{6}})"
    r"\.([0-9A-Z]{1,40})\.([0-9]{3})\.([0-9A-Z])"
)


@dataclass(frozen=True)
class Identifier:
    """The parts of an identifier; `version` counts from 1, `check` is the character as given."""

    type_code: str
    issuer_code: str
    serial: str
    version: int
    check: str

    @property
    def is_sound(self) -> bool:
        """The check character is the one that the parts require."""
        return self.check == check_character(self._body)

    @property
    def _body(self) -> str:
        return f"{self.type_code}{self.issuer_code}{self.serial}{self.version:03d}"

    @property
    def text(self) -> str:
        """The identifier as it is written."""
        parts = (self.type_code, self.issuer_code, self.serial, f"{self.version:03d}", self.check)
        return ".".join((ROOT, *parts))


def check_character(text: str) -> str:
    """The check character of digits and capitals: ISO/IEC 7064 MOD 37,36 (GB/T 17710-2008)."""
    remainder = 36
    for character in text:
        remainder = (remainder + ALPHABET.index(character)) % 36 or 36
        remainder = remainder * 2 % 37
    return ALPHABET[(37 - remainder) % 36]


def make(type_code: str, issuer_code: str, serial: str, version: int = 1) -> str:
    """The identifier of one version of a certificate; Refusal IDENTIFIER_INVALID on bad parts."""
    body = f"{type_code}{issuer_code}{serial}{version:03d}"
    if not body.isascii() or not body.isalnum() or body != body.upper():
        raise Refusal(IDENTIFIER_INVALID)
    whole = Identifier(type_code, issuer_code, serial, version, check_character(body))
    return parse(whole.text).text


def parse(text: str) -> Identifier:
    """Reads an identifier as people type it (full width, small letters, blanks around).

    Raises Refusal IDENTIFIER_INVALID when the shape is wrong. A wrong check character does not
    raise: an identifier from elsewhere that fails it goes to a person, so ask `is_sound`.
    """
    found = _SHAPE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if found is None:
        raise Refusal(IDENTIFIER_INVALID)
    type_code, issuer_code, serial, version, check = found.groups()
    if int(version) == 0:
        raise Refusal(IDENTIFIER_INVALID)
    return Identifier(type_code, issuer_code, serial, int(version), check)


def check(text: str) -> bool:
    """True for an identifier of the right shape with the right check character."""
    try:
        return parse(text).is_sound
    except Refusal:
        return False
