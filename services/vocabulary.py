"""What the words of a form's JSON Schema mean beyond the standard: formats, days in order, two fields compared (pure).

A format holds only for a value in the one spelling in which it is stored, by the very rules that clean it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from people.errors import Refusal
from people.identifiers import bank_account, credit_code, id_number, phone
from people.texts import clean_text
from services.fields import FARTHEST
from services.logic import CompareFields
from services.patterns import is_found

_Errors = Iterator[ValidationError]
_ORDERS: Mapping[str, Callable[[str, str], bool]] = {
    "formatMinimum": ge,
    "formatMaximum": le,
    "formatExclusiveMinimum": gt,
    "formatExclusiveMaximum": lt,
}


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


# Each gives the one spelling of a text, or refuses it.
_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "date": _day,
    "cn-line": lambda text: clean_text(text, most=len(text)),
    "cn-lines": lambda text: clean_text(text, most=len(text), one_line=False),
    "cn-phone": phone,
    "cn-id-number": id_number,
    "cn-credit-code": credit_code,
    "cn-bank-account": bank_account,
}


def _checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, spelled in _SPELLINGS.items():

        def is_spelled(value: object, spelled: Callable[[str], str] = spelled) -> bool:
            return not isinstance(value, str) or spelled(value) == value

        checker.checks(name, raises=(Refusal, ValueError))(is_spelled)
    return checker


def _pattern(_validator: Any, pattern: str, instance: object, _schema: Any) -> _Errors:
    """In linear time, whoever wrote the expression."""
    if isinstance(instance, str) and not is_found(pattern, instance):
        yield ValidationError("pattern")


def _multiple_of(_validator: Any, step: float, instance: object, _schema: Any) -> _Errors:
    """By decimals: 0.07 is a multiple of 0.01. Numbers too far to have decimals are out of range elsewhere."""
    near = isinstance(instance, float) and abs(instance) <= FARTHEST
    if near and Decimal(str(instance)) % Decimal(str(step)):
        yield ValidationError("multipleOf")


def _ordered(name: str) -> Callable[..., _Errors]:
    def keyword(_validator: Any, bound: str, instance: object, _schema: Any) -> _Errors:
        if isinstance(instance, str) and not _ORDERS[name](instance, bound):
            yield ValidationError(name)

    return keyword


def _compared(_validator: Any, pair: dict[str, str], instance: object, _schema: Any) -> _Errors:
    """`x-compare`: two fields of the whole against each other."""
    if isinstance(instance, Mapping) and not CompareFields(**pair).holds(instance):
        yield ValidationError("x-compare")


FormValidator = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
    Draft202012Validator,
    {
        "pattern": _pattern,
        "multipleOf": _multiple_of,
        "x-compare": _compared,
        **{name: _ordered(name) for name in _ORDERS},
    },
    format_checker=_checker(),
)
