"""Which days and prices a Chinese text states (pure)."""

import re
from dataclasses import dataclass

from services.guides.lexicon import CALENDAR, WORKING

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_NUMBER = r"(\d{1,4}|[零〇一二两三四五六七八九十百]{1,6})"
_DAYS = re.compile(_NUMBER + r"\s*个?\s*(工作日|自然日|日历日|日|天)(?![期程常号])")
_EXTENDED = re.compile(r"延(?:长|期)(?:期限|时限)?\s*$")
_PRICE = re.compile(r"\d+(?:\.\d+)?\s*(?:万)?元")
_DATE = re.compile(
    r"\d{1,4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
)


@dataclass(frozen=True)
class Days:
    """Days that a text states; `unit` working, calendar or empty for a bare 日, `extends` 延长."""

    number: int
    unit: str
    extends: bool


def days_in(text: str) -> list[Days]:
    """Every number of days, in the order of the text; dates are not durations."""
    plain = _DATE.sub("，", text)
    return [
        Days(
            number=whole(found[1]),
            unit=unit_of(found[2]),
            extends=bool(_EXTENDED.search(plain[max(0, found.start() - 8) : found.start()])),
        )
        for found in _DAYS.finditer(plain)
        if whole(found[1])
    ]


def unit_of(word: str) -> str:
    """working, calendar, or empty for what may be either."""
    if word in WORKING:
        return "working"
    return "calendar" if word in CALENDAR else ""


def prices_in(text: str) -> list[str]:
    """Every amount of yuan, as written."""
    return _PRICE.findall(text)


def whole(text: str) -> int:
    """A number in Arabic or in Chinese digits up to 999: 二十 is 20, 十五 is 15, 一百二十 is 120."""
    if text.isdigit():
        return int(text)
    total, pending = 0, 0
    for character in text:
        if character == "百":
            total, pending = total + (pending or 1) * 100, 0
        elif character == "十":
            total, pending = total + (pending or 1) * 10, 0
        else:
            pending = _DIGITS.get(character, 0)
    return total + pending
