"""Taking letters from RabbitMQ: acknowledged after their effect is committed, never before."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bus import failpoints
from bus.backoff import pause
from bus.faults import DatabaseAway
from bus.parcel import Delivery, Receive
from bus.rabbit import Line, restore
from bus.topology import Queue

log = logging.getLogger(__name__)
PREFETCH = 100
BATCH = 50
LOOK_SECONDS = 10  # how often the queues are looked at again


class RabbitConsumer:
    """Takes letters from the queues of some groups, batch by batch, until `stop` is set.

    `queues` tells the queues of the moment and `idle` is called between batches, about once a
    second at the least, on the thread of `consume`; both may raise `DatabaseAway`.
    """

    def __init__(
        self,
        url: str,
        queues: Callable[[], Sequence[Queue]],
        *,
        idle: Callable[[], object],
        stop: threading.Event,
    ) -> None:
        self._url, self._queues, self._idle, self._stop = url, queues, idle, stop
        self._arrived: queue.SimpleQueue[tuple[Any, int, Delivery]] = queue.SimpleQueue()
        self._wanted: list[Queue] = []
        self._channel: Any = None
        self._doubtful = threading.Event()  # a queue may be missing

    def consume(self, groups: Sequence[str], receive: Receive) -> None:
        """Settles what arrives; a batch is acknowledged after `receive` has returned, never before."""
        self._patiently(partial(self._look_for_queues, groups, None))
        line = Line(self._url, self._up, self._down)
        line.start()
        looked = time.monotonic()
        while not self._stop.is_set():
            if self._doubtful.is_set():
                self._doubtful.clear()
                restore(self._url, self._wanted)
            batch = self._take()
            if batch and self._patiently(partial(receive, [one for _, _, one in batch])):
                failpoints.reach("consumer.committed")
                line.call(partial(self._acknowledge, *batch[-1][:2]))
            self._once(self._idle)
            if time.monotonic() - looked > LOOK_SECONDS:
                looked = time.monotonic()
                self._once(partial(self._look_for_queues, groups, line))
                line.call(partial(self._look_for_readers, line))
        line.end()

    def _look_for_queues(self, groups: Sequence[str], line: Line | None) -> None:
        """A new department's queue is made, and read after hanging up and calling again."""
        wanted = [one for one in self._queues() if one.group in groups]
        if wanted != self._wanted:
            self._wanted = wanted
            self._doubtful.set()
            if line is not None:
                line.call(line.hang_up)

    def _look_for_readers(self, line: Line) -> None:
        """Calls anew when a queue has lost its readers; one that is gone closes the channel."""
        if self._channel is None or not self._channel.is_open:
            return
        for one in self._wanted:
            self._channel.queue_declare(
                one.name,
                passive=True,
                callback=lambda ok: line.hang_up() if ok.method.consumer_count == 0 else None,
            )

    def _take(self) -> list[tuple[Any, int, Delivery]]:
        """What has come on the present channel, in its order, so that one tag covers it all."""
        batch: list[tuple[Any, int, Delivery]] = []
        try:
            while len(batch) < BATCH:
                one = self._arrived.get(timeout=0 if batch else 0.5)
                if one[0] is self._channel:
                    batch.append(one)
        except queue.Empty:
            pass
        return [one for one in batch if one[0] is batch[-1][0]]

    def _patiently(self, act: Callable[[], object]) -> bool:
        """Does it, however long the database is away; False when told to stop meanwhile."""
        outages = 0
        while not self._once(act):
            outages += 1
            if self._stop.wait(pause(outages, first=0.5, longest=15).total_seconds()):
                return False
        return True

    def _once(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except DatabaseAway as fault:
            log.warning("consumer.waits %s", fault)
            return False
        return True

    def _acknowledge(self, channel: Any, tag: int) -> None:
        if channel.is_open:
            channel.basic_ack(tag, multiple=True)

    def _up(self, channel: Any) -> None:
        self._channel = channel
        channel.add_on_cancel_callback(lambda _: channel.close())  # a queue was deleted
        channel.basic_qos(prefetch_count=max(10, PREFETCH // max(1, len(self._wanted))))
        for one in self._wanted:
            channel.basic_consume(one.name, partial(self._deliver, one.group))

    def _down(self, reason: str) -> None:
        self._channel = None
        self._doubtful.set()

    def _deliver(self, group: str, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        headers = properties.headers or {}
        delivery = Delivery(
            group=group,
            body=body,
            signature=str(headers.get("signature", "")),
            is_repeated=bool(method.redelivered),
            died_in=str(headers.get("x-first-death-queue", "")),
        )
        self._arrived.put((channel, method.delivery_tag, delivery))
