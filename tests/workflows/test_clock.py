"""Rules of the legal clock: vectors of real years, and properties over made-up ones."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.clock import CalendarYearMissing, Stop, WorkingCalendar, days_left, due_on, light

# Published arrangement around the National Day of 2026: 1-7 October off, 10 October (Saturday) working.
OCTOBER = WorkingCalendar(
    frozenset({2026, 2027}),
    {date(2026, 10, d): False for d in (1, 2, 5, 6, 7)} | {date(2026, 10, 10): True},
)


@pytest.mark.parametrize(
    ("start", "days", "kind", "due"),
    [
        (date(2026, 9, 28), 5, "working", date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 9, 30), 1, "working", date(2026, 10, 8)),
        (date(2026, 9, 28), 5, "calendar", date(2026, 10, 8)),  # ends on a holiday: moved
        (date(2026, 11, 23), 10, "working", date(2026, 12, 7)),
        (date(2026, 11, 22), 0, "working", date(2026, 11, 22)),  # at once
        (date(2028 - 1, 12, 30), 1, "working", date(2027, 12, 31)),
    ],
)
def test_inv_24_a_limit_ends_on_the_legal_day(start, days, kind, due):
    assert due_on(start, days, kind, OCTOBER) == due


def test_inv_24_a_missing_year_is_an_error_and_never_a_weekend_guess():
    with pytest.raises(CalendarYearMissing) as missing:
        due_on(date(2027, 12, 30), 5, "working", OCTOBER)
    assert missing.value.year == 2028


def test_a_stop_moves_the_end_by_its_working_days_and_an_open_stop_leaves_it_open():
    start = date(2026, 11, 23)
    stop = Stop(date(2026, 11, 25), date(2026, 11, 29))  # Wednesday to Sunday: three working days
    assert due_on(start, 10, "working", OCTOBER, [stop]) == date(2026, 12, 10)
    assert due_on(start, 10, "working", OCTOBER, [Stop(date(2026, 11, 25), None)]) is None


@given(st.integers(0, 400), st.integers(1, 45))
def test_as_many_days_are_left_as_the_limit_has_on_its_first_day(offset, days):
    start = date(2026, 3, 1) + timedelta(days=offset)
    calendar = WorkingCalendar(frozenset({2026, 2027}), OCTOBER.exceptions)
    due = due_on(start, days, "working", calendar)
    assert due is not None
    assert days_left(start, due, "working", calendar) == days
    assert days_left(due, start, "working", calendar) <= 0


@given(st.integers(0, 300), st.integers(1, 30), st.integers(0, 10), st.integers(0, 10))
def test_a_stop_never_makes_a_limit_end_earlier(offset, days, after, length):
    start = date(2026, 1, 5) + timedelta(days=offset)
    calendar = WorkingCalendar(frozenset({2026, 2027}), OCTOBER.exceptions)
    first = start + timedelta(days=after)
    stopped = due_on(
        start, days, "working", calendar, [Stop(first, first + timedelta(days=length))]
    )
    plain = due_on(start, days, "working", calendar)
    assert stopped is not None
    assert plain is not None
    assert stopped >= plain


@pytest.mark.parametrize(
    ("left", "total", "colour"),
    [
        (-1, 10, "red"),
        (0, 10, "yellow"),
        (3, 10, "yellow"),  # a third
        (4, 10, "green"),
        (2, 5, "yellow"),  # two days
        (2, 3, "green"),
        (2, 2, "green"),  # a short task is not late from its first hour
        (1, 2, "yellow"),
        (0, 0, "yellow"),
        (None, 10, ""),
    ],
)
def test_a_clock_is_yellow_near_its_end_and_red_behind_it(left, total, colour):
    assert light(left, total, soon=2) == colour
