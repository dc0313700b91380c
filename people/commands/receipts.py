"""How a command takes effect once, whatever its sender repeats (幂等): the receipt comes first.

The receipt is inserted before the command acts and in the same transaction. A repetition that
arrives meanwhile waits for that transaction on the unique key of the receipt, then finds either
its outcome or, after a rollback, a free key.
"""

import hashlib
import json
import random
import re
import time
from collections.abc import Callable, Mapping

from django.core.serializers.json import DjangoJSONEncoder
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from people.commands.auditing import audit_refusal
from people.errors import Refusal
from people.models import CommandReceipt
from people.viewer import Viewer

ATTEMPTS = 3
PATIENCE_SECONDS = 6.0
_KEY = re.compile(r"[A-Za-z0-9._:\-]{1,80}")
_CROSSED = {"40P01", "40001"}  # deadlock, serialization failure
_WAITED = {"55P03", "57014"}  # lock_timeout, statement_timeout
_SQLITE_BUSY = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED


class _Repeated(Exception):
    """The key of this command is already taken."""


def once(
    viewer: Viewer,
    *,
    key: str,
    command: str,
    body: Mapping[str, object],
    act: Callable[[], dict[str, object]],
) -> dict[str, object]:
    """Runs `act` in one transaction, at most once for this viewer's `key`; returns its outcome.

    `body` is what the client asked, in JSON's types (also dates, decimals, UUIDs); a repetition
    with the same body gets the stored outcome. `act` returns ids and codes, not personal values,
    and may run again after a rollback, so it does nothing but read and write the database.
    Inside a transaction of the caller's, nothing is retried: that transaction's owner decides.

    Refusals: IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_CONFLICT (same key,
    other body), BUSY (another holds the rows), SERVICE_UNAVAILABLE (no database), and those of
    `act`, each after a rollback; an audited one is then noted on its own.
    """
    _judge_key(key)
    digest = _digest(command, viewer.acting_for, body)

    def attempt() -> dict[str, object]:
        try:
            return _first_time(viewer, key, command, digest, act)
        except _Repeated:
            return _again(viewer, key, digest)

    try:
        return _with_retries(attempt)
    except Refusal as refusal:
        if refusal.audited:
            audit_refusal(viewer, command=command, body=body, refusal=refusal)
        raise


def _judge_key(key: str) -> None:
    if not key:
        raise Refusal("IDEMPOTENCY_KEY_REQUIRED", field="key")
    if not _KEY.fullmatch(key):
        raise Refusal("IDEMPOTENCY_KEY_INVALID", field="key")


def _first_time(
    viewer: Viewer,
    key: str,
    command: str,
    digest: bytes,
    act: Callable[[], dict[str, object]],
) -> dict[str, object]:
    with transaction.atomic():
        try:
            receipt = CommandReceipt.objects.create(
                actor=viewer.actor, key=key, command=command, body_digest=digest
            )
        except IntegrityError as taken:
            raise _Repeated from taken
        outcome: dict[str, object] = json.loads(_canonical(act()))
        receipt.outcome = outcome
        receipt.save(update_fields=["outcome"])
        return outcome


def _again(viewer: Viewer, key: str, digest: bytes) -> dict[str, object]:
    receipt = CommandReceipt.objects.get(actor=viewer.actor, key=key)
    if bytes(receipt.body_digest) != digest:
        raise Refusal("IDEMPOTENCY_CONFLICT", field="key")
    outcome: dict[str, object] = receipt.outcome
    return outcome


def _with_retries(attempt: Callable[[], dict[str, object]]) -> dict[str, object]:
    """A cut connection is safe to try again because the receipt tells whether it had committed."""
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
    return "SERVICE_UNAVAILABLE" if not state or state[:2] in {"08", "53", "57"} else ""


def _sqlstate(fault: Exception) -> str:
    return getattr(fault.__cause__, "sqlstate", "") or ""


def _canonical(value: object) -> str:
    return json.dumps(
        value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _digest(command: str, acting_for: str, body: Mapping[str, object]) -> bytes:
    return hashlib.sha256(_canonical([command, acting_for, dict(body)]).encode()).digest()
