"""Sending what was posted: claim, publish, and mark as sent only what was confirmed and routed."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from bus import envelope, failpoints, signing, wakeup
from bus.backoff import pause
from bus.faults import DatabaseAway, watched
from bus.models import OutboxLetter
from bus.parcel import Carrier, Parcel
from bus.topology import key_of

log = logging.getLogger(__name__)
BATCH = 500
BATCH_BYTES = 8 * 1024 * 1024
LEASE = timedelta(seconds=60)  # after this another relay takes over what a dead one had claimed
POLL_SECONDS = 1.0


class Relay:
    """Takes letters from the outbox to a carrier; any number of relays may run."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier

    def run(self, stop: threading.Event) -> None:
        """Sends until `stop` is set: woken by the database, polling behind it, patient in outages."""
        outages = 0
        while not stop.is_set():
            try:
                with watched():
                    if self.turn() == 0:
                        wakeup.wait(POLL_SECONDS)
                outages = 0
            except DatabaseAway as fault:
                outages += 1
                log.warning("relay.waits %s", fault)
                stop.wait(pause(outages, first=0.5, longest=15).total_seconds())

    def turn(self) -> int:
        """Sends one batch; returns how many letters were claimed."""
        if not self.carrier.is_ready():
            return 0
        with watched():
            rows = _claim(BATCH)
            failpoints.reach("relay.claimed")
            for some in _slices(rows):
                causes = self.carrier.publish([_parcel(row) for row in some])
                failpoints.reach("relay.confirmed")
                _settle(some, causes)
        return len(rows)


def _claim(limit: int) -> list[OutboxLetter]:
    """Oldest first; the claim moves `due_at` forward, so the rows of a dead relay come back."""
    with transaction.atomic():
        rows = list(
            OutboxLetter.objects.select_for_update(skip_locked=True)
            .filter(sent_at=None, due_at__lte=Now())
            .order_by("due_at", "id")[:limit]
        )
        OutboxLetter.objects.filter(id__in=[row.id for row in rows]).update(
            due_at=Now() + LEASE, attempts=F("attempts") + 1
        )
    return rows


def _parcel(row: OutboxLetter) -> Parcel:
    body = envelope.to_bytes(row.envelope)
    return Parcel(
        letter_id=row.id,
        topic=row.topic,
        key=key_of(row.topic, row.recipient),
        body=body,
        signature=signing.sign(str(row.id), row.recipient, body),
    )


def _settle(rows: list[OutboxLetter], causes: list[str]) -> None:
    """Sent is what was confirmed; the rest is due again soon, with its cause."""
    sent = [row.id for row, cause in zip(rows, causes, strict=True) if not cause]
    OutboxLetter.objects.filter(id__in=sent).update(sent_at=Now(), cause="")
    for cause, number in Counter(filter(None, causes)).items():
        log.error("letters.unsent %s: %s", number, cause)
    for row, cause in zip(rows, causes, strict=True):
        if cause:
            wait = pause(row.attempts + 1, first=1, longest=30)
            OutboxLetter.objects.filter(id=row.id, sent_at=None).update(
                due_at=Now() + wait, cause=cause[:200]
            )


def _slices(rows: list[OutboxLetter]) -> Iterator[list[OutboxLetter]]:
    """Batches that fit into memory: a hundred letters of the largest size are 25 MB."""
    some: list[OutboxLetter] = []
    size = 0
    for row in rows:
        size += len(envelope.to_bytes(row.envelope))
        some.append(row)
        if size >= BATCH_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some
