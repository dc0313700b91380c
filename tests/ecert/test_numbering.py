"""Numbers of certificates: written from the rule of the type, never twice in a series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecert.numbering import NumberRuleInvalid, check_digit, number_in, series_of

FOOD = "JY2{division6}{sequence:6}{check}"
FIRE = "{word}消安检字〔{year}〕第{sequence:4}号"


def series(rule: str) -> str:
    return series_of(rule, division="990102000000", word="云明", year=2026)


def test_a_number_says_word_year_and_place() -> None:
    assert number_in(series(FIRE), 7) == "云明消安检字〔2026〕第0007号"
    assert number_in(series(FIRE), 12345) == "云明消安检字〔2026〕第12345号"


def test_a_number_of_digits_ends_with_its_check_digit() -> None:
    number = number_in(series(FOOD), 1)
    assert number[:-1] == "JY2990102000001"
    assert number[-1] == check_digit("2990102000001")


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert check_digit("0794") == "5"  # the example of ISO/IEC 7064 MOD 11,10


@given(st.integers(1, 10**7), st.integers(1, 10**7))
def test_inv_10_two_places_of_a_series_never_give_one_number(first: int, second: int) -> None:
    numbers = {number_in(series(FOOD), place) for place in (first, second)}
    assert len(numbers) == len({first, second})


@pytest.mark.parametrize(
    "rule",
    ["", "第1号", "{sequence}{sequence}", "{sequence:4}{colour}", "{sequence", "{check}{sequence}"],
)
def test_a_rule_that_cannot_number_is_refused(rule: str) -> None:
    with pytest.raises(NumberRuleInvalid):
        series(rule)
