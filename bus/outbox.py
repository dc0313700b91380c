"""Posting: a letter is a row beside the rows of the command that wrote it, or it does not exist."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from bus import envelope, wakeup
from bus.models import OutboxLetter
from keys.time_ordered import time_ordered_id


def post(topic: str, *, subject: str, data: Mapping[str, Any], recipient: str = "") -> UUID:
    """Writes a letter to the outbox; it leaves after commit and returns its id.

    `topic` as in `config/letters.py`, `subject` the case number, `data` JSON without personal values
    beyond what the recipient's `reads` declares, `recipient` a department's code or empty. Must be
    called inside the command's transaction (`TransactionManagementError` otherwise); raises
    `BadLetter` for a body over 256 kB or data that is not JSON.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A letter is posted inside a transaction.")
    letter_id = time_ordered_id()
    whole = envelope.make(
        letter_id=letter_id,
        topic=topic,
        subject=subject,
        data=data,
        recipient=recipient,
        at=timezone.now(),
    )
    OutboxLetter.objects.create(
        id=letter_id, topic=topic, subject=subject, recipient=recipient, envelope=whole
    )
    wakeup.letters_posted()
    return letter_id
