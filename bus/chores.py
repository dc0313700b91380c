"""Chores (杂务): work outside the transaction that asked for it; the row is its only record.

A chore is done at least once: its function must bear being called again for the same subject.
"""

import logging
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string

from bus import failpoints
from bus.backoff import pause
from bus.faults import watched
from bus.models import Chore
from bus.receiving import describe
from bus.table import Table
from files.errors import StorageAway

log = logging.getLogger(__name__)
ATTEMPTS = 5
STORAGE_SECONDS = 30.0  # until the next try while files cannot be kept


class NotYet(Exception):
    """What a chore needs is away: it is tried again after `seconds`, and no attempt is counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again after {seconds:g} s")
        self.seconds = seconds


def ask(kind: str, subject: str) -> UUID:
    """Asks for a chore in the present transaction, or for the same one again; returns its id.

    `kind` as in `config/letters.py`, `subject` what the function gets, such as a certificate's id.
    One that is done or dead is opened again; one that is being done will be done once more. After
    commit `settings.CHORE_HINT`, a dotted path to a function of the id, says where to look; losing
    the hint loses nothing.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A chore is asked for inside a transaction.")
    rows = Chore.objects.filter(kind=kind, subject=subject)
    new = Chore(kind=kind, subject=subject)
    Chore.objects.bulk_create([new], ignore_conflicts=True)  # waits for who asks at this moment
    chore_id = rows.values_list("id", flat=True).get()
    if chore_id != new.id:
        _open_again(rows)
    transaction.on_commit(partial(_hint, chore_id), robust=True)
    return chore_id


def work(chore_id: UUID, table: Table) -> bool:
    """Does one chore if it is open, due and not held by another; True when it was done.

    The claim and its count are committed first, so a chore that kills its worker also dies in the
    end. A failure waits, doubling; after the last attempt the row is dead, with the cause.
    """
    with watched():
        chore = _claim(chore_id)
        if chore is None:
            return False
        failpoints.reach("chore.claimed")
        try:
            table.chores[chore.kind](chore.subject)
        except NotYet as wait:
            _wait(chore, wait.seconds)
            return False
        except StorageAway:
            _wait(chore, STORAGE_SECONDS)
            return False
        except Exception as fault:
            log.exception(
                "chore.failed %s %s attempt %s", chore.kind, chore.subject, chore.attempts
            )
            _put_back(chore, describe(fault))
            return False
        failpoints.reach("chore.worked")
        _mine(chore).update(
            state=Case(When(asked=chore.asked, then=Value("done")), default=Value("open")),
            attempts=Case(When(asked=chore.asked, then=F("attempts")), default=Value(0)),
            locked_until=None,
            cause="",
        )
    return True


def sweep(table: Table, limit: int = 100) -> int:
    """Does the chores that are due, oldest first; returns how many were done."""
    begin_day(table, timezone.localdate())
    return sum(work(chore_id, table) for chore_id in due(limit))


def begin_day(table: Table, day: date) -> None:
    """Asks for the day's chores unless that was done; two sweepers at once ask once (FLT-66)."""
    with watched():
        rows = Chore.objects.filter(kind__in=table.daily, subject=day.isoformat())
        missing = set(table.daily) - set(rows.values_list("kind", flat=True))
        Chore.objects.bulk_create(
            [Chore(kind=kind, subject=day.isoformat()) for kind in sorted(missing)],
            ignore_conflicts=True,
        )


def due(limit: int = 100) -> list[UUID]:
    """Ids of open chores that are due and held by nobody: what a sweeper hints at again."""
    with watched():
        rows = Chore.objects.filter(_free(), state="open", due_at__lte=Now())
        return list(rows.order_by("due_at", "id").values_list("id", flat=True)[:limit])


def _claim(chore_id: UUID) -> Chore | None:
    lease = timedelta(seconds=settings.CHORE_LOCK_SECONDS)
    with transaction.atomic():
        rows = Chore.objects.select_for_update(skip_locked=True).filter(_free(), id=chore_id)
        chore = rows.filter(state="open", due_at__lte=Now()).first()
        if chore is None:
            return None
        if chore.attempts >= ATTEMPTS:
            _put_back(chore, chore.cause or "no attempt came back")
            return None
        chore.attempts += 1
        Chore.objects.filter(id=chore.id).update(
            attempts=chore.attempts, locked_until=Now() + lease
        )
    return chore


def _put_back(chore: Chore, cause: str) -> None:
    if chore.attempts >= ATTEMPTS:
        log.error("chore.dead %s %s: %s", chore.kind, chore.subject, cause)
        _mine(chore).update(state="dead", locked_until=None, cause=cause)
    else:
        _mine(chore).update(due_at=Now() + pause(chore.attempts), locked_until=None, cause=cause)


def _wait(chore: Chore, seconds: float) -> None:
    _mine(chore).update(
        due_at=Now() + timedelta(seconds=seconds),
        attempts=chore.attempts - 1,
        locked_until=None,
        cause="what it needs is away",
    )


def _open_again(rows: QuerySet[Chore]) -> int:
    """One more asking; the attempts of a chore that is still open go on counting."""
    return rows.update(
        asked=F("asked") + 1,
        attempts=Case(When(state="open", then=F("attempts")), default=Value(0)),
        due_at=Case(When(state="open", then=F("due_at")), default=Now()),
        state="open",
    )


def _mine(chore: Chore) -> QuerySet[Chore]:
    """The row, as long as nobody has claimed it after this attempt."""
    return Chore.objects.filter(id=chore.id, attempts=chore.attempts, state="open")


def _free() -> Q:
    return Q(locked_until=None) | Q(locked_until__lt=Now())


def _hint(chore_id: UUID) -> None:
    import_string(settings.CHORE_HINT)(chore_id)
