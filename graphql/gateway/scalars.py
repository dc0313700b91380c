"""Decides how moments, answers and form values look at the door (BAD-44, 46)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import graphene
from django.utils import timezone

from people.errors import Refusal

MOST_ANSWERS = 300
_SAFE = 2**53  # integers from here on lose digits on their way through JSON


class Moment(graphene.Scalar):
    """时刻，写作 2026-01-31T09:30:00+08:00，按北京时间，总带时区。"""

    @staticmethod
    def serialize(value: object) -> str:
        """ISO 8601 to the second, in Beijing's time."""
        assert isinstance(value, datetime)
        return timezone.localtime(value).isoformat(timespec="seconds")


class Day(graphene.Scalar):
    """日期，写作 2026-01-31。"""

    @staticmethod
    def serialize(value: object) -> str:
        """ISO 8601."""
        assert isinstance(value, date)
        return value.isoformat()

    @staticmethod
    def parse_value(value: object) -> date:
        """A day as people write it. Refusal: INVALID_DATE."""
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError as odd:
            raise Refusal("INVALID_DATE") from odd

    @staticmethod
    def parse_literal(node: Any, _variables: object = None) -> date:
        """The same in a text of one's own."""
        return Day.parse_value(getattr(node, "value", ""))


class Answers(graphene.Scalar):
    """填写的内容：JSON 对象，键是字段路径（如 premises.area），值是文本、数字、是非、列表或空值。"""

    @staticmethod
    def serialize(value: object) -> object:
        """As it is stored."""
        return value

    @staticmethod
    def parse_value(value: object) -> Mapping[str, object]:
        """An object of at most MOST_ANSWERS paths; the form decides about each value."""
        if not isinstance(value, dict) or len(value) > MOST_ANSWERS:
            raise ValueError("not an object of answers")
        _refuse_large_numbers(value, "")
        return value

    @staticmethod
    def parse_literal(_node: object, _variables: object = None) -> Any:
        """Answers travel in variables only."""
        raise ValueError("answers must be a variable")


class FormValue(graphene.Scalar):
    """一个字段的值：文本、数字、是非、列表、对象或空值。"""

    @staticmethod
    def serialize(value: object) -> object:
        """As it is stored."""
        return value


def _refuse_large_numbers(value: object, path: str) -> None:
    """INVALID_NUMBER for integers that JSON readers round (BAD-46)."""
    if isinstance(value, int) and abs(value) >= _SAFE:
        raise Refusal("INVALID_NUMBER", field=path)
    if isinstance(value, dict):
        for key, entry in value.items():
            _refuse_large_numbers(entry, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for entry in value:
            _refuse_large_numbers(entry, path)
