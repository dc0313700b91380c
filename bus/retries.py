"""Trying kept letters again, from the database: attempts are counted before they are made."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from bus import envelope, failpoints
from bus.backoff import pause
from bus.faults import is_outage, watched
from bus.models import InboxLetter
from bus.receiving import describe
from bus.table import Table

log = logging.getLogger(__name__)
ATTEMPTS = 8  # about twenty minutes
LEASE = timedelta(seconds=120)  # how long an attempt that never came back blocks the next


def retry(table: Table, limit: int = 50) -> int:
    """Tries the waiting letters that are due, each alone; returns how many were tried or given up."""
    with watched():
        claimed = _claim(limit)
        for row in claimed:
            _attempt(row, table)
    return len(claimed)


def _claim(limit: int) -> list[InboxLetter]:
    """Commits the attempt first: a letter that kills the process is counted all the same."""
    with transaction.atomic():
        rows = list(
            InboxLetter.objects.select_for_update(skip_locked=True)
            .filter(state="waiting", due_at__lte=Now())
            .order_by("due_at", "letter_id")[:limit]
        )
        for row in rows:
            row.attempts += 1
            _rows(row).update(attempts=F("attempts") + 1, due_at=Now() + LEASE)
    return rows


def _attempt(row: InboxLetter, table: Table) -> None:
    """One attempt in one transaction; the row's lock and count keep a late sleeper out."""
    if row.attempts > ATTEMPTS:
        _give_up(row, row.cause or "no attempt came back")
        return
    try:
        with transaction.atomic():
            if _mine(row).select_for_update().first() is None:
                return
            letter = envelope.parse(envelope.to_bytes(row.body or {}))
            route = table.route(letter.topic, row.consumer)
            if route is None or letter.version not in route.versions:
                _rows(row).update(state="parked", cause="PARKED: no route", due_at=None)
                return
            route.handler(letter)
            failpoints.reach("consumer.effect")
            _rows(row).update(state="done", body=None, due_at=None, cause="")
    except Exception as fault:
        if is_outage(fault):
            raise
        log.exception("letter.failed %s %s attempt %s", row.letter_id, row.consumer, row.attempts)
        if row.attempts >= ATTEMPTS:
            _give_up(row, describe(fault))
        else:
            _mine(row).update(cause=describe(fault), due_at=Now() + pause(row.attempts))


def _give_up(row: InboxLetter, cause: str) -> None:
    log.error("letter.dead %s %s after %s: %s", row.letter_id, row.consumer, row.attempts, cause)
    _mine(row).update(state="dead", cause=cause, due_at=None)


def _mine(row: InboxLetter) -> QuerySet[InboxLetter]:
    """The row, as long as nobody has claimed it after this attempt."""
    return _rows(row).filter(state="waiting", attempts=row.attempts)


def _rows(row: InboxLetter) -> QuerySet[InboxLetter]:
    return InboxLetter.objects.filter(letter_id=row.letter_id, consumer=row.consumer)
