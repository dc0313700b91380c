"""Which queues there are and what reaches them (pure): data for RabbitMQ and for the memory alike.

One topic exchange; one quorum queue per department and per handler group. A letter's key is its
topic, followed by the recipient's code if it has one. `x-delivery-limit` only catches crashes:
attempts are counted in the inbox.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bus.table import DESK, Table

EXCHANGE = "tongban.letters"
DEAD_EXCHANGE = "tongban.dead"
DEAD_QUEUE = "tongban.dead"
DELIVERY_LIMIT = 20

_QUORUM: dict[str, Any] = {"x-queue-type": "quorum"}
_LIVING: dict[str, Any] = {
    **_QUORUM,
    "x-delivery-limit": DELIVERY_LIMIT,
    "x-dead-letter-exchange": DEAD_EXCHANGE,
    "x-dead-letter-strategy": "at-least-once",
    "x-overflow": "reject-publish",
}


@dataclass(frozen=True)
class Queue:
    """A queue, the consumer group that reads it (empty: a system of its own), its binding keys."""

    name: str
    group: str
    exchange: str
    keys: tuple[str, ...]
    arguments: dict[str, Any] = field(default_factory=lambda: dict(_LIVING))


def key_of(topic: str, recipient: str) -> str:
    """The routing key of a letter."""
    return f"{topic}.{recipient}" if recipient else topic


def queues(table: Table, departments: Iterable[tuple[str, str]]) -> list[Queue]:
    """Every queue, from the table of letters and (code, channel) of each department."""
    found = [
        Queue(f"group.{group}", group, EXCHANGE, tuple(f"{t}.#" for t in table.topics(group)))
        for group in table.groups()
    ]
    for code, channel in departments:
        group, prefix = (DESK, "desk") if channel == "desk" else ("", "dept")
        found.append(Queue(f"{prefix}.{code}", group, EXCHANGE, (f"*.*.{code}",)))
    found.append(Queue(DEAD_QUEUE, DEAD_QUEUE, DEAD_EXCHANGE, ("#",), dict(_QUORUM)))
    return found


def reached(all_queues: Sequence[Queue], key: str) -> list[Queue]:
    """The queues that a letter with this key lands in, as the topic exchange decides."""
    return [
        queue
        for queue in all_queues
        if queue.exchange == EXCHANGE and any(_matches(bound, key) for bound in queue.keys)
    ]


def _matches(bound: str, key: str) -> bool:
    """Topic matching for the two shapes we use: `a.b.#` and `*.*.c.d`."""
    if bound.endswith(".#"):
        stem = bound[:-2]
        return key == stem or key.startswith(f"{stem}.")
    pattern, words = bound.split("."), key.split(".")
    return len(pattern) == len(words) and all(
        p in ("*", word) for p, word in zip(pattern, words, strict=True)
    )
