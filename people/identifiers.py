"""Which numbers, names and texts are well formed, and how they are masked (pure).

Sources: GB 11643-1999 (citizen number), GB 32100-2015 (credit code), the numbering plan of mainland
telephones. Every function returns the normalised value or raises a `Refusal`.
"""

import re
from datetime import date, datetime
from unicodedata import normalize
from zoneinfo import ZoneInfo

from people.errors import Refusal
from people.texts import clean_text, person_name

__all__ = [
    "bank_account",
    "birth_date_of",
    "clean_text",
    "credit_check_character",
    "credit_code",
    "gender_of",
    "id_number",
    "mask_account",
    "mask_id_number",
    "mask_name",
    "mask_phone",
    "person_name",
    "phone",
]

_CHINA = ZoneInfo("Asia/Shanghai")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
# First two digits of an area code: provinces, Hong Kong, Macao and Taiwan (residence permits).
_RANGES = [(11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83)]
_PROVINCES = frozenset(code for first, last in _RANGES for code in range(first, last + 1))
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(r"[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-9][0-9]{6,7})")
_PHONE_FORMS = ("13800138000", "+86 138 0013 8000", "0571-88889999")


def id_number(text: str, *, field: str = "", today: date | None = None) -> str:
    """A citizen identity number (公民身份号码, GB 11643): 18 characters, `x` stored as `X`.

    The area code is checked by province only, because dissolved counties stay on old cards; a
    permanent resident's number begins with 9 and names no area. `today` is the day in China.
    Refusals: ID_NUMBER_OUTDATED (15 digits); INVALID_ID_NUMBER with `reason` length, characters,
    area, birth_date or check.
    """
    number = normalize("NFKC", text[:64]).strip().upper()
    if re.fullmatch("[0-9]{15}", number):
        raise Refusal("ID_NUMBER_OUTDATED", field=field)
    wrong = _wrong_id_number(number, today or datetime.now(_CHINA).date())
    if wrong:
        raise Refusal("INVALID_ID_NUMBER", field=field, reason=wrong)
    return number


def _wrong_id_number(number: str, today: date) -> str:
    if len(number) != 18:
        return "length"
    if not re.fullmatch("[0-9]{17}[0-9X]", number):
        return "characters"
    if not number.startswith("9") and int(number[:2]) not in _PROVINCES:
        return "area"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birth_date"
    if born > today:
        return "birth_date"
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return "" if number[17] == _CHECK_CHARACTERS[total % 11] else "check"


def birth_date_of(number: str) -> date:
    """The birth date inside a number that `id_number` has accepted."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def gender_of(number: str) -> str:
    """The gender code (GB/T 2261.1) of an accepted number: "1" male (男), "2" female (女)."""
    return "1" if int(number[16]) % 2 else "2"


def credit_code(text: str, *, field: str = "") -> str:
    """A unified social credit code (统一社会信用代码, GB 32100): 18 characters, MOD 31.

    Refusal: INVALID_CREDIT_CODE with `reason` length, characters or check.
    """
    code = normalize("NFKC", text[:64]).strip().upper()
    if len(code) != 18:
        raise Refusal("INVALID_CREDIT_CODE", field=field, reason="length")
    if not _CREDIT_FORM.fullmatch(code):
        raise Refusal("INVALID_CREDIT_CODE", field=field, reason="characters")
    if code[17] != credit_check_character(code[:17]):
        raise Refusal("INVALID_CREDIT_CODE", field=field, reason="check")
    return code


def credit_check_character(first17: str) -> str:
    """The eighteenth character that belongs to the first 17 of a credit code."""
    total = sum(
        _CREDIT_ALPHABET.index(character) * pow(3, place, 31)
        for place, character in enumerate(first17)
    )
    return _CREDIT_ALPHABET[-total % 31]


def phone(text: str, *, field: str = "") -> str:
    """A mainland telephone number: a mobile as 11 digits, a landline as area code, hyphen, number.

    Spaces, hyphens, brackets and a leading +86, 0086 or 86 are dropped.
    Refusal: INVALID_PHONE with `accepted`, examples of the accepted forms.
    """
    digits = re.sub(r"[\s()\-]", "", normalize("NFKC", text[:40]))
    digits, from_abroad = re.subn(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))", "", digits)
    if _MOBILE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch("0" + digits if from_abroad else digits)
    if landline is None:
        raise Refusal("INVALID_PHONE", field=field, accepted=_PHONE_FORMS)
    return "-".join(landline.groups())


def bank_account(text: str, *, field: str = "") -> str:
    """A bank card's or passbook's number (银行卡号、存折账号) as digits; blanks and hyphens are dropped.

    A card has 16 to 19 digits, begins with 62 (UnionPay) and ends in its check digit (ISO/IEC 7812, the
    Luhn sum); a passbook has 10 to 28 digits without a rule of its own. Refusal: INVALID_ACCOUNT with
    `reason` characters, length or check.
    """
    digits = re.sub(r"[\s\-]", "", normalize("NFKC", text[:64]))
    if not re.fullmatch("[0-9]*", digits):
        raise Refusal("INVALID_ACCOUNT", field=field, reason="characters")
    if not 10 <= len(digits) <= 28 or len(set(digits)) == 1:
        raise Refusal("INVALID_ACCOUNT", field=field, reason="length")
    is_card = digits.startswith("62") and 16 <= len(digits) <= 19
    if is_card and _luhn_sum(digits) % 10:
        raise Refusal("INVALID_ACCOUNT", field=field, reason="check")
    return digits


def _luhn_sum(digits: str) -> int:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(digits[::-1]))
    return sum(value - 9 if value > 9 else value for value in doubled)


def mask_account(number: str) -> str:
    """`6222021234567890128` as `6222***********0128`."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


def mask_id_number(number: str) -> str:
    """`110101190001010014` as `110***********0014`: the birth date is never shown."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_phone(number: str) -> str:
    """`13800138000` as `138****8000`."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_name(name: str) -> str:
    """`欧阳明月` as `欧***`: the first character and one star for each other."""
    return name[:1] + "*" * (len(name) - 1)
