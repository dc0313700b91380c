"""The named rules: how a face's value may be written for a form."""

import pytest

from ecert.rules import RULES


@pytest.mark.parametrize(
    ("rule", "value", "written"),
    [
        ("number", "120.50平方米", 120.5),
        ("number", "３２０", 320),
        ("number", 88, 88),
        ("number", "1,200㎡", 1200),
        ("number", "约120", None),
        ("number", True, None),
        ("number", "12平方公里", None),
        ("date", "2026年1月2日", "2026-01-02"),
        ("date", "20260102", "2026-01-02"),
        ("date", "2026-02-30", None),
        ("date", None, None),
        ("gender_code", "女", "2"),
        ("gender_code", "未知", None),
        ("birth_date", "11010519491231002X", "1949-12-31"),
        ("birth_date", "1101051949", None),
        ("one_line", "云澜路\n 1 号", "云澜路 1 号"),
        ("one_line", 3, None),
    ],
)
def test_a_rule_writes_a_value_or_leaves_the_field_empty(
    rule: str, value: object, written: object
) -> None:
    assert RULES[rule](value) == written
