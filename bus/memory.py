"""The way without a broker (embedded): a letter is confirmed when its consumers have settled it.

Nothing is held in memory between two calls, so a process that dies here loses no letter: its row
is still unsent.
"""

from collections.abc import Callable, Sequence

from bus.parcel import Delivery, Parcel, Receive
from bus.topology import Queue, reached

UNROUTABLE = "UNROUTABLE"


class MemoryBus:
    """Same two methods as `RabbitBus`; `queues` tells the queues of the moment."""

    def __init__(self, queues: Callable[[], Sequence[Queue]]) -> None:
        self._queues = queues
        self._receivers: dict[str, Receive] = {}

    def consume(self, groups: Sequence[str], receive: Receive) -> None:
        """Lets `receive` settle what lands in the queues of these groups; returns at once."""
        self._receivers.update(dict.fromkeys(groups, receive))

    def is_ready(self) -> bool:
        """Always."""
        return True

    def publish(self, parcels: Sequence[Parcel]) -> list[str]:
        """Delivers each parcel to every queue it reaches: empty answer when all have settled it."""
        queues = self._queues()
        return [self._deliver(parcel, queues) for parcel in parcels]

    def _deliver(self, parcel: Parcel, queues: Sequence[Queue]) -> str:
        found = reached(queues, parcel.key)
        if not found or any(queue.group not in self._receivers for queue in found):
            return UNROUTABLE
        for queue in found:
            delivery = Delivery(group=queue.group, body=parcel.body, signature=parcel.signature)
            self._receivers[queue.group]([delivery])
        return ""
