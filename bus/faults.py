"""Which database errors mean that the database is away, and not that the work is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection

# Connection trouble, resources used up, shutting down: the same work succeeds later (FLT-39, 41, 43).
_AWAY = ("08", "53", "57P")
# Somebody else holds the row: for the bus's own statements that is no fault either (FLT-46, 47).
_CONTENDED = {"40001", "40P01", "55P03", "57014"}
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR")


class DatabaseAway(Exception):
    """The database cannot answer now; nothing is known to have been written."""


@contextmanager
def watched() -> Iterator[None]:
    """Turns what a later try may overcome into `DatabaseAway`, and drops the connection."""
    try:
        yield
    except (OperationalError, InterfaceError) as fault:
        if not is_outage(fault) and _state(fault) not in _CONTENDED:
            raise
        if not connection.in_atomic_block:
            connection.close()
        raise DatabaseAway(type(fault).__name__) from fault


def is_outage(fault: Exception) -> bool:
    """Whether an error says that the database is away or SQLite busy, by its code."""
    if not isinstance(fault, OperationalError | InterfaceError):
        return False
    sqlite = getattr(fault.__cause__, "sqlite_errorname", None)
    if sqlite is not None:
        return str(sqlite).startswith(_BUSY)
    state = _state(fault)
    return state is None or state.startswith(_AWAY)


def _state(fault: Exception) -> str | None:
    state = getattr(fault.__cause__, "sqlstate", None)
    return state if isinstance(state, str) else None
