"""Keeps the working calendar (工作日历): published years from chinesecalendar, others from the city's own list."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import chinese_calendar

from people.errors import Refusal
from workflows.models import CalendarYear, Holiday


def load_published_years(years: Iterable[int]) -> None:
    """Stores the published arrangement of years; one that is not published is CALENDAR_NOT_PUBLISHED."""
    for year in years:
        day, rows = date(year, 1, 1), []
        try:
            while day.year == year:
                working = bool(chinese_calendar.is_workday(day))
                if working != (day.weekday() < 5):
                    rows.append(Holiday(day=day, is_working=working))
                day += timedelta(days=1)
        except NotImplementedError:
            raise Refusal("CALENDAR_NOT_PUBLISHED", year=year) from None
        _store(year, rows, "chinesecalendar")


def load_own_year(year: int, days: Mapping[date, tuple[bool, str]], source: str) -> None:
    """Stores a year that an administrator entered: {day: (is working, name)}."""
    rows = [Holiday(day=day, is_working=w, name=name) for day, (w, name) in days.items()]
    _store(year, rows, source)


def _store(year: int, rows: list[Holiday], source: str) -> None:
    Holiday.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["day"],
        update_fields=["is_working", "name"],
    )
    CalendarYear.objects.update_or_create(year=year, defaults={"source": source})
