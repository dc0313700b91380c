"""Waking whoever sends letters: only to be quick, because everybody who is woken also polls."""

import threading
from uuid import UUID

from django.db import connection, transaction

CHANNEL = "tongban_letters"
posted = threading.Event()  # for a relay in the same process (embedded)


def letters_posted() -> None:
    """Wakes the relays when the present transaction commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(posted.set)


def chore_asked(chore_id: UUID) -> None:
    """Wakes the worker in the same process (`settings.CHORE_HINT` of the embedded mode)."""
    posted.set()


def wait(seconds: float) -> None:
    """Sleeps until a letter was posted, at most `seconds`; outside a transaction only."""
    if connection.vendor != "postgresql":
        posted.wait(seconds)
        posted.clear()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    with connection.wrap_database_errors:
        for _ in connection.connection.notifies(timeout=seconds, stop_after=1):
            return
