"""A small house for the tests of the bus: two desks, a table, and effects that can be counted."""

import json
import random
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bus import envelope, outbox, signing
from bus.envelope import Letter
from bus.memory import MemoryBus
from bus.models import Chore, InboxLetter, OutboxLetter
from bus.parcel import Delivery, Parcel
from bus.receiving import Receiver
from bus.relay import Relay
from bus.table import DESK, Route, Table
from bus.topology import Queue, queues
from keys import jose, keystore
from keys.time_ordered import time_ordered_id

FIRE = "fire.990102000000"
ECOLOGY = "ecology.990102000000"


def leave_a_mark(letter: Letter) -> None:
    """An effect that would be seen twice, because each time it is another row."""
    Chore.objects.create(kind="mark", subject=f"{letter.subject}/{time_ordered_id()}")


class Storm:
    """Delivers everything two or three times, in any order."""

    def __init__(self, inner: MemoryBus, seed: int) -> None:
        self.inner, self.chance = inner, random.Random(seed)

    def is_ready(self) -> bool:
        return True

    def publish(self, parcels: Sequence[Parcel]) -> list[str]:
        many = [*parcels, *parcels, *self.chance.choices(parcels, k=len(parcels))]
        self.chance.shuffle(many)
        self.inner.publish(many)
        return [""] * len(parcels)


class House:
    """A small house with two desks: what its commands post, and what came of it."""

    desk = DESK
    fire, ecology = FIRE, ECOLOGY

    def __init__(self) -> None:
        self.departments = [(FIRE, "desk"), (ECOLOGY, "desk")]
        keystore.ensure_authority()
        keystore.ensure_owner(FIRE, "消防救援局")
        keystore.ensure_owner(ECOLOGY, "生态环境局")
        self.refused: list[str] = []
        self.table = Table(
            {
                "case.submitted": (Route("case", leave_a_mark),),
                "approval.requested": (Route(DESK, leave_a_mark),),
                "case.decided": (Route("case", leave_a_mark), Route("telling", leave_a_mark)),
                "approval.answered": (Route("case", leave_a_mark, from_departments=True),),
            },
            refused=lambda cause, delivery: self.refused.append(cause),
        )

    def post(self, topic: str = "case.submitted", subject: str = "1", recipient: str = "") -> UUID:
        with transaction.atomic():
            return outbox.post(topic, subject=subject, data={"n": 1}, recipient=recipient)

    def queues(self, table: Table | None = None) -> list[Queue]:
        return queues(table or self.table, self.departments)

    def memory(self, table: Table | None = None) -> MemoryBus:
        table = table or self.table
        bus = MemoryBus(lambda: self.queues(table))
        bus.consume([*table.groups(), DESK], Receiver(table).receive)
        return bus

    def relay(self, table: Table | None = None) -> Relay:
        return Relay(self.memory(table))

    def storm(self, seed: int) -> Relay:
        return Relay(Storm(self.memory(), seed))

    def delivery(self, group: str = "case", **changes: object) -> Delivery:
        """A signed letter as a queue hands it out; `changes` go into the envelope."""
        whole = envelope.make(
            letter_id=time_ordered_id(),
            topic="case.submitted",
            subject="1",
            data={"n": 1},
            at=timezone.now(),
        )
        whole |= changes
        body = json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()
        owner, audience = str(whole["source"]), str(whole["recipient"]) or signing.HALL
        return Delivery(group, body, jose.sign_letter(owner, audience, str(whole["id"]), body))

    def receive(self, *deliveries: Delivery, table: Table | None = None) -> None:
        Receiver(table or self.table).receive(deliveries)

    def marks(self) -> list[str]:
        """The case numbers of the effects so far, sorted."""
        rows = Chore.objects.filter(kind="mark").values_list("subject", flat=True)
        return sorted(subject.split("/")[0] for subject in rows)

    def unsent(self) -> list[OutboxLetter]:
        return list(OutboxLetter.objects.filter(sent_at=None).order_by("id"))

    def inbox(self) -> list[tuple[str, str]]:
        """(state, cause) of every received letter, in order."""
        rows = InboxLetter.objects.order_by("letter_id", "consumer")
        return list(rows.values_list("state", "cause"))

    def due_now(self) -> None:
        """Time passes: whatever waits may be tried."""
        past = timezone.now() - timezone.timedelta(hours=2)
        InboxLetter.objects.filter(state="waiting").update(due_at=past)
        OutboxLetter.objects.filter(sent_at=None).update(due_at=past)
        Chore.objects.filter(state="open").update(due_at=past)
