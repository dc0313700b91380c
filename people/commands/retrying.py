"""Which database faults are worth another try, and what people hear when they are not."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

from people.errors import Refusal

ATTEMPTS = 3
PATIENCE_SECONDS = 6.0
_CROSSED = {"40P01", "40001"}  # deadlock, serialization failure
_WAITED = {"55P03", "57014"}  # lock_timeout, statement_timeout
_CUT = {"08", "53", "57"}  # connection, resources, shut down by an operator
_SQLITE_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED

Answer = TypeVar("Answer")


def with_retries(attempt: Callable[[], Answer]) -> Answer:
    """Runs a transaction again, at most 3 times, when the database asks for it (FLT-46, 47).

    Inside a transaction of the caller's nothing is tried again: its owner decides. `attempt` must
    be safe to repeat even when an earlier try has committed unseen (FLT-23), as a command with a
    receipt is. Refusals: BUSY when rows stay locked, SERVICE_UNAVAILABLE when the database is away.
    """
    nested = connection.in_atomic_block
    patient_until = time.monotonic() + PATIENCE_SECONDS
    for tries in range(1, ATTEMPTS + 1):
        try:
            return attempt()
        except (OperationalError, InterfaceError) as fault:
            answer = _answer_to(fault)
            if nested or not answer:
                raise
            last = tries == ATTEMPTS or time.monotonic() > patient_until
            if last or _sqlstate(fault) in _WAITED:
                raise Refusal(answer) from fault
            if answer == "SERVICE_UNAVAILABLE":
                connection.close()
        time.sleep(random.uniform(0.01, 0.05) * 2**tries)  # noqa: S311 - jitter, not a secret
    raise AssertionError("the last try returns or raises")


def _answer_to(fault: Exception) -> str:
    """What people hear if trying again does not help; empty for a fault of ours."""
    if connection.vendor == "sqlite":
        code = getattr(fault.__cause__, "sqlite_errorcode", 0)
        return "BUSY" if code & 0xFF in _SQLITE_BUSY else ""
    state = _sqlstate(fault)
    if state in _CROSSED | _WAITED:
        return "BUSY"
    return "SERVICE_UNAVAILABLE" if not state or state[:2] in _CUT else ""


def _sqlstate(fault: Exception) -> str:
    return getattr(fault.__cause__, "sqlstate", "") or ""
