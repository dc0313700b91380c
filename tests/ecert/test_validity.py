"""Whether a certificate holds on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecert.validity import FINAL, NEXT, STATUSES, last_valid_day, may_become, status_on

FROM, UNTIL = date(2026, 3, 1), date(2027, 2, 28)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("recorded", "on", "status"),
    [
        ("valid", FROM, "valid"),
        ("valid", UNTIL, "valid"),
        ("valid", UNTIL + timedelta(1), "expired"),
        ("valid", FROM - timedelta(1), "not_yet"),
        ("suspended", FROM, "suspended"),
        ("suspended", UNTIL + timedelta(1), "expired"),
        ("issuing", FROM, "issuing"),
        ("revoked", UNTIL + timedelta(1), "revoked"),
        ("cancelled", FROM - timedelta(1), "cancelled"),
        ("superseded", FROM, "superseded"),
    ],
)
def test_bad_79_each_status_is_its_own(recorded: str, on: date, status: str) -> None:
    assert status_on(recorded, FROM, UNTIL, on) == status


def test_without_an_end_it_never_expires() -> None:
    assert status_on("valid", FROM, None, date(9999, 12, 31)) == "valid"


@given(st.sampled_from(sorted(FINAL)), DAYS, DAYS)
def test_inv_12_what_is_over_is_never_valid_again(recorded: str, start: date, on: date) -> None:
    assert status_on(recorded, start, None, on) == recorded
    assert not any(may_become(recorded, status) for status in STATUSES)


@given(st.sampled_from(sorted(NEXT)), DAYS, DAYS, DAYS)
def test_the_status_is_always_one_of_the_known(
    recorded: str, start: date, end: date, on: date
) -> None:
    assert status_on(recorded, start, end, on) in STATUSES


@pytest.mark.parametrize(
    ("issued", "months", "last"),
    [
        (date(2026, 10, 1), 60, date(2031, 9, 30)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
    ],
)
def test_the_last_valid_day_follows_article_202(issued: date, months: int, last: date) -> None:
    assert last_valid_day(issued, months) == last


def test_no_number_of_months_means_no_end() -> None:
    assert last_valid_day(FROM, None) is None
