"""The legal clock (时限): which day a limit ends, in working days or calendar days (pure).

Sources: Administrative Licensing Law 82 (days are working days without legal holidays); the start day does not
count; a calendar-day limit that ends on a holiday ends on the next working day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from people.errors import Refusal

ONE_DAY = timedelta(days=1)


class CalendarYearMissing(Refusal):
    """The holidays of a year are not stored; guessing weekends would give a wrong legal date."""

    def __init__(self, year: int) -> None:
        super().__init__("CALENDAR_NOT_PUBLISHED", year=year)
        self.year = year


@dataclass(frozen=True)
class WorkingCalendar:
    """The maintained years and the days that differ from their weekday (True = working, 调休上班)."""

    years: frozenset[int]
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether offices work that day; raises CalendarYearMissing."""
        if day.year not in self.years:
            raise CalendarYearMissing(day.year)
        return self.exceptions.get(day, day.weekday() < 5)

    def next_working(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day


@dataclass(frozen=True)
class Stop:
    """Days that do not count, both ends included; an open stop has no end."""

    first: date
    last: date | None


def _stopped(day: date, stops: Iterable[Stop]) -> bool:
    return any(stop.first <= day and (stop.last is None or day <= stop.last) for stop in stops)


def due_on(
    start: date,
    days: int,
    kind: str,
    calendar: WorkingCalendar,
    stops: Sequence[Stop] = (),
) -> date | None:
    """The last day of a limit of `days` (working | calendar) that starts on `start`; None while a stop is open.

    Zero days means at once: the start day itself.
    """
    if any(stop.last is None for stop in stops):
        return None
    day, left = start, days
    while left > 0:
        day += ONE_DAY
        counts = kind == "calendar" or calendar.is_working(day)
        if counts and not _stopped(day, stops):
            left -= 1
    return calendar.next_working(day) if days else day


def days_left(today: date, due: date, kind: str, calendar: WorkingCalendar) -> int:
    """Days that remain after today, of the limit's kind; negative when it is overdue."""
    if kind == "calendar":
        return (due - today).days
    first, last, sign = (today, due, 1) if today <= due else (due, today, -1)
    count = 0
    while first < last:
        first += ONE_DAY
        count += calendar.is_working(first)
    return sign * count


def light(left: int | None, total: int, soon: int) -> str:
    """预警: `red` when overdue, `yellow` near the end, else `green`; empty when the days are not known.

    Near is a third of `total` or less, or `soon` days or less, of which a short limit counts at most the half:
    a task of two days is not yellow from its first hour. `left` and `total` are days of one kind.
    """
    if left is None:
        return ""
    if left < 0:
        return "red"
    near = left * 3 <= total or left <= min(soon, total // 2)
    return "yellow" if near else "green"
