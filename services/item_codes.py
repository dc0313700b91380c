"""Which codes of service items are well formed, and what their parts say (pure).

Sources: ZWFW C0109.1-2018 as published lists follow it; GB 32100-2015 for the body inside. The lengths of
GB/T 39046-2020, table 4, are shorter than what is in use: 12, 31 and 33 characters hold here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from people.errors import Refusal
from people.identifiers import credit_code
from services.codes import ItemType, Level, item_type_of, level_of
from services.errors import INVALID_ITEM_CODE

CATALOGUE, TASK, HANDLING = 12, 31, 33
LOCAL = 50  # characters at the most of a code that follows a rule of its own
NATION = "00"
DEMONSTRATION = "99"  # the invented city's own catalogue
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47)}
    | {*range(50, 55), *range(61, 66), 71, 81, 82}
)


@dataclass(frozen=True)
class CatalogueCode:
    """A catalogue code (基本编码): whose catalogue (2), item type (2), main item (5), sub-item (3)."""

    text: str
    area: str  # 00 the nation's, otherwise the first two digits of a province
    item_type: ItemType
    main: str
    sub: str

    @property
    def is_national(self) -> bool:
        """Whether the nation's catalogue has it."""
        return self.area == NATION

    @property
    def has_sub_item(self) -> bool:
        """Whether it is a sub-item (子项) of its main item."""
        return self.sub != "000"


@dataclass(frozen=True)
class TaskCode:
    """A task code (实施编码): the body that handles it (18), its level (1), the catalogue code (12)."""

    text: str
    credit_code: str
    level: Level
    catalogue: CatalogueCode


@dataclass(frozen=True)
class HandlingCode:
    """A handling code (业务办理项编码): a task code and its number from 01 (2)."""

    text: str
    task: TaskCode
    number: int


def catalogue_code(text: str, *, field: str = "") -> CatalogueCode:
    """The parts of a catalogue code of 12 digits.

    Refusal: INVALID_ITEM_CODE with `part` length, area, item_type or main, and the `expected` length.
    """
    if not re.fullmatch(r"[0-9]{12}", text):
        raise _refused(field, "length" if len(text) != CATALOGUE else "characters", CATALOGUE)
    area, kind, main, sub = text[:2], text[2:4], text[4:9], text[9:]
    if area not in {NATION, DEMONSTRATION} and int(area) not in _PROVINCES:
        raise _refused(field, "area", CATALOGUE)
    item_type = item_type_of(kind)
    if item_type is None:
        raise _refused(field, "item_type", CATALOGUE)
    if main == "00000":
        raise _refused(field, "main", CATALOGUE)
    return CatalogueCode(text, area, item_type, main, sub)


def task_code(text: str, *, field: str = "") -> TaskCode:
    """The parts of a task code of 31 characters.

    Refusal: INVALID_ITEM_CODE with `part` length, credit_code, level or one of a catalogue code.
    """
    if len(text) != TASK:
        raise _refused(field, "length", TASK)
    try:
        body = credit_code(text[:18])
    except Refusal:
        raise _refused(field, "credit_code", TASK) from None
    level = level_of(text[18])
    if body != text[:18] or level is None:
        raise _refused(field, "level" if level is None else "credit_code", TASK)
    return TaskCode(text, body, level, catalogue_code(text[19:], field=field))


def handling_code(text: str, *, field: str = "") -> HandlingCode:
    """The parts of a handling code of 33 characters.

    Refusal: INVALID_ITEM_CODE with `part` length, number or one of a task code.
    """
    if len(text) != HANDLING:
        raise _refused(field, "length", HANDLING)
    task = task_code(text[:TASK], field=field)
    if not re.fullmatch(r"[0-9]{2}", text[TASK:]) or text[TASK:] == "00":
        raise _refused(field, "number", HANDLING)
    return HandlingCode(text, task, int(text[TASK:]))


def catalogue_part(text: str) -> str:
    """The twelve digits of an item's code that are meant as a catalogue code; empty when none are.

    An item is coded by them, or by them and the two digits of one of several ways to handle it (业务办理项).
    Theme codes of bundles have letters.
    """
    return text[:CATALOGUE] if re.fullmatch(r"[0-9]{12}([0-9]{2})?", text) else ""


def fault_of(read: Callable[[str], object], text: str) -> str:
    """The part of a code that is wrong, or empty when a reader of this module takes it."""
    try:
        read(text)
    except Refusal as refusal:
        return str(refusal.problems[0].params["part"])
    return ""


def _refused(field: str, part: str, length: int) -> Refusal:
    return Refusal(INVALID_ITEM_CODE, field=field, part=part, length=length)
