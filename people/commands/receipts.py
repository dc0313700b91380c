"""How a command takes effect once, whatever its sender repeats (幂等): the receipt comes first.

The receipt is inserted before the command acts and in the same transaction. A repetition that
arrives meanwhile waits for that transaction on the unique key of the receipt, then finds either
its outcome or, after a rollback, a free key.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from people.commands.auditing import audit_refusal
from people.commands.retrying import with_retries
from people.errors import Refusal
from people.models import CommandReceipt
from people.viewer import Viewer

_KEY = re.compile(r"[A-Za-z0-9._:\-]{1,80}")


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
        return with_retries(attempt)
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


def _canonical(value: object) -> str:
    return json.dumps(
        value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _digest(command: str, acting_for: str, body: Mapping[str, object]) -> bytes:
    return hashlib.sha256(_canonical([command, acting_for, dict(body)]).encode()).digest()
