"""What a bus carries (pure): the bytes of a letter, its signature beside it, and how it came."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Parcel:
    """A letter on its way out: canonical `body`, detached `signature`, routing `key`."""

    letter_id: UUID
    topic: str
    key: str
    body: bytes
    signature: str


@dataclass(frozen=True)
class Delivery:
    """A letter as it came in, from anybody: nothing of it is trusted yet.

    `group` is the consumer group of its queue; `is_repeated` that it was handed out before without
    an answer; `died_in` the queue that gave it up, when it comes from the dead-letter queue.
    """

    group: str
    body: bytes
    signature: str = ""
    is_repeated: bool = False
    died_in: str = ""


Receive = Callable[[Sequence[Delivery]], None]
"""Settles every delivery in the database before it returns; raises `DatabaseAway` to be asked again."""


class Carrier(Protocol):
    """The way out, over RabbitMQ or in memory."""

    def is_ready(self) -> bool:
        """Whether letters can leave now; may wait some seconds for it."""
        ...

    def publish(self, parcels: Sequence[Parcel]) -> list[str]:
        """One answer per parcel: empty when confirmed and routed, otherwise the cause."""
        ...
