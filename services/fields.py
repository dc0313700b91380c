"""What a field of a form is, and which values it takes (pure)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from ecert.prefill import Source
from people.errors import Refusal
from people.identifiers import bank_account, credit_code, id_number, phone
from people.texts import clean_text
from services.errors import (
    INVALID_CHOICE,
    INVALID_DATE,
    INVALID_FORMAT,
    INVALID_NUMBER,
    INVALID_VALUE,
    OUT_OF_RANGE,
)
from services.logic import Condition
from services.origins import Origin
from services.patterns import fits

FIELD_TYPES = (
    "text",
    "long_text",
    "integer",
    "number",
    "boolean",
    "date",
    "choice",
    "choices",
    "phone",
    "id_number",
    "credit_code",
    "bank_account",
    "division",
    "rows",
)
CHOSEN = frozenset({"boolean", "choice", "choices", "division"})  # people choose, not write
FARTHEST = 2**53  # beyond it JSON numbers lose digits
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class Option:
    """One choice: the stored code and the words people read."""

    code: str
    label: str


@dataclass(frozen=True)
class Field:
    """One field (表单项). `path` is `section.id`; for a column of rows, the column's id alone.

    It is asked only while `when` holds, its section's condition included; a column's conditions are over
    its own row (`row.kind`). `pattern` is an expression (patterns.py) that the whole text must match.
    """

    path: str
    label: str
    type: str
    required: bool = False
    required_when: Condition | None = None
    when: Condition | None = None
    options: tuple[Option, ...] = ()
    max_length: int = 200  # characters
    pattern: str = ""
    pattern_help: str = ""  # the form it asks for, for people
    minimum: float | None = None  # of numbers, in `unit`
    maximum: float | None = None
    decimals: int = 2  # of numbers
    earliest: str = ""  # of dates, ISO 8601
    latest: str = ""
    unit: str = ""
    help: str = ""
    sources: tuple[Source, ...] = ()  # certificates
    origins: tuple[Origin, ...] = ()  # all other sources, the preferred one first
    columns: tuple["Field", ...] = ()  # of rows
    least_rows: int = 0
    most_rows: int = 50

    @property
    def choices(self) -> frozenset[str]:
        """The codes of its options."""
        return frozenset(option.code for option in self.options)

    @property
    def awaited(self) -> str:
        """The type code of the result that an earlier step fills it from; then nobody is asked for it."""
        return next((source.type for source in self.sources if source.is_result), "")

    @property
    def place(self) -> str:
        """Where it stands in its definition."""
        section, _, name = self.path.rpartition(".")
        return f"form.{section}.fields.{name}"

    @property
    def is_always_needed(self) -> bool:
        """Whether nobody may leave it empty, whatever the other answers are."""
        return self.required and self.when is None

    @property
    def depends_on(self) -> frozenset[str]:
        """The paths whose answers decide whether it is asked or needed."""
        found: frozenset[str] = frozenset()
        return found.union(*(c.paths for c in (self.when, self.required_when) if c is not None))

    def called(self, answers: Mapping[str, object]) -> bool:
        """Whether it is asked at all, given the other answers."""
        return self.when is None or self.when.holds(answers)

    def needed(self, answers: Mapping[str, object]) -> bool:
        """Whether it must be answered, given the other answers."""
        asked = self.required or bool(self.required_when and self.required_when.holds(answers))
        return asked and self.called(answers)


def clean_value(field: Field, value: object) -> object:
    """The value as it is stored, or None for nothing (None, an empty text, no choice).

    Shapes: text types str; integer int; number int or float; boolean bool; date `YYYY-MM-DD`; choice the
    code; choices a list of codes in the order of the options. A number or boolean may come as text, as
    forms send it, but only in its plain form. Raises Refusal; rows are cleaned by form.py.
    """
    if value is None or value == "":
        return None
    return _CLEANERS[field.type](field, value)


def _text(field: Field, value: object) -> object:
    text = _string(value)
    cleaned = clean_text(text, most=field.max_length, one_line=field.type != "long_text")
    if cleaned and field.pattern and not fits(field.pattern, cleaned):
        raise Refusal(INVALID_FORMAT, help=field.pattern_help)
    return cleaned or None


def _string(value: object, code: str = INVALID_VALUE) -> str:
    if not isinstance(value, str):
        raise Refusal(code)
    return value


def _number(field: Field, value: object) -> object:
    """BAD-46, BAD-47: full-width digits, exponents, spaces and numbers over 2^53 are refused."""
    places = 0 if field.type == "integer" else field.decimals
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value) if "." in value else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refusal(INVALID_NUMBER)
    if not abs(value) <= FARTHEST:  # nor NaN
        raise Refusal(INVALID_NUMBER)
    if round(value, places) != value:
        raise Refusal(INVALID_NUMBER, decimals=places)
    if field.minimum is not None and value < field.minimum:
        raise Refusal(OUT_OF_RANGE, minimum=field.minimum, maximum=field.maximum)
    if field.maximum is not None and value > field.maximum:
        raise Refusal(OUT_OF_RANGE, minimum=field.minimum, maximum=field.maximum)
    return int(value) if value == int(value) else value


def _boolean(field: Field, value: object) -> object:
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    if not isinstance(value, bool):
        raise Refusal(INVALID_VALUE)
    return value


def _date(field: Field, value: object) -> object:
    text = _string(value, INVALID_DATE)
    try:
        same = date.fromisoformat(text).isoformat() == text
    except ValueError:
        same = False
    if not same:
        raise Refusal(INVALID_DATE)
    if (field.earliest and text < field.earliest) or (field.latest and text > field.latest):
        raise Refusal(OUT_OF_RANGE, minimum=field.earliest, maximum=field.latest)
    return text


def _choice(field: Field, value: object) -> object:
    if not isinstance(value, str) or value not in field.choices:
        raise Refusal(INVALID_CHOICE)
    return value


def _choices(field: Field, value: object) -> object:
    chosen = value if isinstance(value, list) else [value]
    if not all(isinstance(code, str) and code in field.choices for code in chosen):
        raise Refusal(INVALID_CHOICE)
    return [option.code for option in field.options if option.code in chosen] or None


def _division(field: Field, value: object) -> object:
    """Twelve digits; whether the division exists is known to the people room alone."""
    if not re.fullmatch("[0-9]{12}", _string(value, INVALID_CHOICE)):
        raise Refusal(INVALID_CHOICE)
    return value


_CLEANERS: Mapping[str, Callable[[Field, object], object]] = {
    "text": _text,
    "long_text": _text,
    "integer": _number,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "phone": lambda field, value: phone(_string(value)),
    "id_number": lambda field, value: id_number(_string(value)),
    "credit_code": lambda field, value: credit_code(_string(value)),
    "bank_account": lambda field, value: bank_account(_string(value)),
    "division": _division,
}


def as_rows(value: object) -> list[Mapping[str, object]]:
    """A value as a list of rows; Refusal INVALID_VALUE when it is anything else."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise Refusal(INVALID_VALUE)
    return cast(list[Mapping[str, object]], value)
