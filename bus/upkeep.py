"""What an operator does by hand or once a night: letters tried anew, sent anew, and emptied."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from bus import wakeup
from bus.models import InboxLetter, OutboxLetter
from keys.time_ordered import first_id_of


def replay(letter_id: UUID, consumer: str = "") -> int:
    """Tries a dead or parked letter from the beginning; returns how many rows that were.

    What was never a letter (rubbish, forgeries) stays dead. All consumers unless one is named.
    """
    rows = InboxLetter.objects.filter(
        letter_id=letter_id, state__in=["dead", "parked"], body__specversion="1.0"
    )
    if consumer:
        rows = rows.filter(consumer=consumer)
    return rows.update(state="waiting", attempts=0, due_at=Now(), cause="")


def resend(since: datetime) -> int:
    """Sends again every letter posted since then, after a broker lost its data (FLT-16).

    Our consumers notice what they had; a department's own system must too. Emptied letters stay.
    """
    with transaction.atomic():
        wakeup.letters_posted()
        return _posted(first_id_of(since), None).update(sent_at=None, due_at=Now(), cause="")


def empty(before: datetime) -> int:
    """Takes the facts out of letters that were sent and posted before then; the rows stay."""
    return _posted(None, first_id_of(before)).filter(sent_at__isnull=False).update(envelope={})


def _posted(first: UUID | None, last: UUID | None) -> QuerySet[OutboxLetter]:
    """Letters that still have a body, from one id to before another: only those partitions."""
    rows = OutboxLetter.objects.exclude(envelope={})
    if first is not None:
        rows = rows.filter(id__gte=first)
    return rows if last is None else rows.filter(id__lt=last)
