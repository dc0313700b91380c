"""Receiving: a letter takes effect once, because its row is written in the transaction of the effect."""

import base64
import hashlib
import logging
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from bus import failpoints
from bus.backoff import pause
from bus.envelope import Letter
from bus.models import InboxLetter
from bus.parcel import Delivery
from bus.table import Handler

log = logging.getLogger(__name__)
KEPT_OF_RUBBISH = 64 * 1024  # bytes of an unreadable body that stay for whoever looks into it


class Tampered(Exception):
    """The id of a letter that came before, with another body (FLT-33)."""


def once(letter: Letter, consumer: str, handle: Handler) -> bool:
    """Calls `handle` unless this consumer has had the letter; True when it took effect now.

    Row and effect are one transaction: whatever `handle` raises undoes both. Raises `Tampered` when
    the id came before with another body.
    """
    with transaction.atomic():
        if not enter(
            letter.id, consumer, letter.digest, topic=letter.topic, subject=letter.subject
        ):
            return False
        handle(letter)
        failpoints.reach("consumer.effect")
    return True


def keep(letter: Letter, consumer: str, body: dict[str, Any], *, cause: str, attempts: int) -> bool:
    """Stores a letter to be tried from the database, at once (no attempt yet) or after a pause."""
    return enter(
        letter.id,
        consumer,
        letter.digest,
        topic=letter.topic,
        subject=letter.subject,
        state="waiting",
        body=body,
        cause=cause,
        attempts=attempts,
        due_at=Now() if attempts == 0 else Now() + pause(attempts),
    )


def put_aside(
    letter: Letter, consumer: str, body: dict[str, Any], *, state: str, cause: str
) -> bool:
    """Stores a letter as `parked` (this version cannot judge it, FLT-31) or `dead`; replayed by hand."""
    log.error("letter.%s %s %s: %s", state, letter.id, consumer, cause)
    return enter(
        letter.id,
        consumer,
        letter.digest,
        topic=letter.topic,
        subject=letter.subject,
        state=state,
        body=body,
        cause=cause,
    )


def bury(delivery: Delivery, cause: str) -> bool:
    """A row for what is no letter of ours: rubbish, a forgery, another body under a known id.

    Its id is made from the bytes, so the same rubbish twice is one row; the true letter with the
    claimed id stays free to come.
    """
    digest = hashlib.sha256(delivery.body).digest()
    raw = base64.b64encode(delivery.body[:KEPT_OF_RUBBISH]).decode()
    log.error("letter.dead %s %s", delivery.group, cause)
    return enter(
        uuid5(NAMESPACE_OID, digest.hex()),
        delivery.group,
        digest,
        state="dead",
        cause=cause[:500],
        body={"base64": raw, "bytes": len(delivery.body)},
    )


def enter(letter_id: UUID, consumer: str, digest: bytes, **fields: Any) -> bool:
    """Writes the row of a letter; False, and counted, when it is there; `Tampered` when it differs."""
    with transaction.atomic():
        if not notice(letter_id, consumer, digest):
            try:
                with transaction.atomic():
                    InboxLetter.objects.create(
                        letter_id=letter_id, consumer=consumer, body_digest=digest, **fields
                    )
            except IntegrityError:  # another consumer was first, and has committed
                if not notice(letter_id, consumer, digest):
                    raise
                return False
            return True
    return False


def notice(letter_id: UUID, consumer: str, digest: bytes) -> bool:
    """Counts a duplicate of a letter that has a row; False when it has none."""
    rows = InboxLetter.objects.filter(letter_id=letter_id, consumer=consumer)
    known = rows.values_list("body_digest", flat=True).first()
    if known is None:
        return False
    if bytes(known) != digest:
        raise Tampered(f"TAMPERED: {letter_id} came with another body")
    rows.update(duplicates=F("duplicates") + 1)
    return True
