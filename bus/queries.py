"""Figures of the bus for /readyz and for whoever watches it."""

from datetime import datetime

from django.db.models import Count
from django.db.models.functions import Now

from bus.models import Chore, InboxLetter, OutboxLetter


def oldest_unsent_age() -> float | None:
    """Seconds since the oldest unsent letter was posted, by the database's clock; None without one."""
    row = (
        OutboxLetter.objects.filter(sent_at=None)
        .order_by("created_at")
        .annotate(present=Now())
        .values_list("created_at", "present")
        .first()
    )
    if row is None:
        return None
    posted, present = row
    return max(0.0, _seconds(posted, present))


def is_busy() -> bool:
    """Whether a letter is still to be sent or a chore is due."""
    unsent = OutboxLetter.objects.filter(sent_at=None)
    return unsent.exists() or Chore.objects.filter(state="open", due_at__lte=Now()).exists()


def letters_in_trouble() -> dict[str, int]:
    """How many letters wait for another try, are dead, or are parked."""
    counted = (
        InboxLetter.objects.filter(state__in=["waiting", "dead", "parked"])
        .values_list("state")
        .annotate(number=Count("letter_id"))
    )
    return {"waiting": 0, "dead": 0, "parked": 0} | dict(counted)


def chores_in_trouble() -> dict[str, int]:
    """How many chores are open and how many are dead."""
    counted = Chore.objects.exclude(state="done").values_list("state").annotate(number=Count("id"))
    return {"open": 0, "dead": 0} | dict(counted)


def _seconds(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds()
