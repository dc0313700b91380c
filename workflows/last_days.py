"""On which day a limit ends by the city's calendar, for rooms below that may not ask it (settings.LAST_DAY)."""

from datetime import date

from workflows.clock import due_on
from workflows.queries import calendar_from


def last_day(start: date, days: int, kind: str) -> date | None:
    """The last day of a limit of days (working | calendar). Refusal: CALENDAR_NOT_PUBLISHED."""
    return due_on(start, days, kind, calendar_from(start))
