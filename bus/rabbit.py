"""The way out over RabbitMQ: what was not confirmed and routed was not sent.

The only module that knows pika. Each connection lives on a thread of its own, so heartbeats are
answered however long the work takes; all work is done on the thread that calls.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pika
from pika.exceptions import AMQPError
from typing_extensions import override

from bus.backoff import pause
from bus.envelope import CONTENT_TYPE
from bus.parcel import Parcel
from bus.topology import DEAD_EXCHANGE, EXCHANGE, Queue

log = logging.getLogger(__name__)
READY_SECONDS = 5.0  # how long a publisher waits for its connection
CONFIRM_SECONDS = 30.0
AWAY, UNCONFIRMED, UNROUTABLE, REFUSED = "BROKER_AWAY", "NO_CONFIRM", "UNROUTABLE", "REFUSED"


def apply(url: str, queues: Sequence[Queue]) -> None:
    """Declares exchanges, queues and bindings; doing it again changes nothing.

    Raises pika's `AMQPError` when the broker is away or a queue exists with other arguments.
    """
    connection = pika.BlockingConnection(_parameters(url))
    try:
        channel = connection.channel()
        for exchange in (EXCHANGE, DEAD_EXCHANGE):
            channel.exchange_declare(exchange, exchange_type="topic", durable=True)
        for one in queues:
            channel.queue_declare(one.name, durable=True, arguments=one.arguments)
            for key in one.keys:
                channel.queue_bind(one.name, one.exchange, routing_key=key)
    finally:
        connection.close()


def restore(url: str, queues: Sequence[Queue]) -> bool:
    """Declares what may be missing, as far as the broker is there and lets us; tells whether it did."""
    try:
        apply(url, queues)
    except (AMQPError, OSError) as fault:
        log.warning("broker.not_declared %s", fault or type(fault).__name__)
        return False
    return True


def is_reachable(url: str) -> bool:
    """Whether the broker answers now (for /readyz)."""
    try:
        pika.BlockingConnection(_parameters(url)).close()
    except (AMQPError, OSError):
        return False
    return True


def _parameters(url: str) -> pika.URLParameters:
    parameters = pika.URLParameters(url)
    if parameters.heartbeat is None:
        parameters.heartbeat = 20
    parameters.blocked_connection_timeout = 5
    parameters.socket_timeout = 5
    parameters.stack_timeout = 10
    parameters.connection_attempts = 1
    return parameters


class Line(threading.Thread):
    """One connection with one channel, opened again after a loss with backoff and chance.

    `up` is called with each new channel and `down` with the reason of each loss, on this thread.
    """

    def __init__(self, url: str, up: Callable[[Any], None], down: Callable[[str], None]) -> None:
        super().__init__(daemon=True, name="rabbit")
        self._url, self._up, self._down = url, up, down
        self._ending = threading.Event()
        self._connection: Any = None

    @override
    def run(self) -> None:
        """Keeps the connection until `end`."""
        short_lives = 0
        while not self._ending.is_set():
            born = time.monotonic()
            try:
                self._connection = pika.SelectConnection(
                    _parameters(self._url), self._opened, self._lost, self._lost
                )
                self._connection.ioloop.start()
            except Exception as fault:  # a line must never die while its process lives
                log.exception("broker.fault")
                self._down(type(fault).__name__)
            short_lives = 0 if time.monotonic() - born > 10 else short_lives + 1
            self._ending.wait(pause(short_lives + 1, first=0.5, longest=15).total_seconds())

    def call(self, act: Callable[[], None]) -> None:
        """Runs `act` on this thread while the present connection lives; otherwise drops it."""
        try:
            self._connection.ioloop.add_callback_threadsafe(act)
        except Exception as fault:  # the loop of a connection that has just gone
            log.info("broker.dropped_call %s", type(fault).__name__)

    def end(self) -> None:
        """Closes after what was called before; waits a little."""
        self._ending.set()
        if self._connection is not None:
            self.call(self.hang_up)
        self.join(timeout=5)

    def hang_up(self) -> None:
        """Closes the connection; `run` opens another unless it ends. On this thread only."""
        if self._connection.is_open:
            self._connection.close()

    def _opened(self, connection: Any) -> None:
        if self._ending.is_set():
            connection.close()
            return
        connection.channel(on_open_callback=self._channel_opened)

    def _channel_opened(self, channel: Any) -> None:
        channel.add_on_close_callback(self._channel_lost)
        self._up(channel)

    def _channel_lost(self, channel: Any, reason: Any) -> None:
        if not self._ending.is_set():
            log.warning("broker.channel_closed %s", reason)
        self.hang_up()

    def _lost(self, connection: Any, reason: Any) -> None:
        if not self._ending.is_set():
            log.warning("broker.away %s", reason)
        self._down(type(reason).__name__)
        connection.ioloop.stop()


class _Batch:
    """Parcels on their way, and the answers so far. Written on the line's thread only."""

    def __init__(self, parcels: Sequence[Parcel]) -> None:
        self.parcels = parcels
        self.causes = [UNCONFIRMED] * len(parcels)
        self.open: dict[int, int] = {}  # delivery tag -> place in the batch
        self.returned: set[str] = set()
        self.settled = threading.Event()

    def answer(self, tags: Sequence[int], refused: str) -> None:
        """Settles some tags, in a good way when `refused` is empty."""
        for tag in tags:
            place = self.open.pop(tag)
            is_returned = str(self.parcels[place].letter_id) in self.returned
            self.causes[place] = refused or (UNROUTABLE if is_returned else "")
        if not self.open:
            self.settled.set()


class RabbitPublisher:
    """A carrier for the relay: a batch at a time, confirms in a pipeline, every letter mandatory."""

    def __init__(self, url: str) -> None:
        self._channel: Any = None
        self._ready = threading.Event()
        self._batch = _Batch(())
        self._last_tag = 0
        self._line = Line(url, self._up, self._down)
        self._line.start()

    def is_ready(self) -> bool:
        """Whether the broker can be written to; waits some seconds for it."""
        return self._ready.wait(READY_SECONDS)

    def publish(self, parcels: Sequence[Parcel]) -> list[str]:
        """One answer per parcel: empty when confirmed and routed, otherwise the cause."""
        batch = self._batch = _Batch(parcels)
        if not self._ready.is_set():  # asked after the batch is in place: a loss settles it
            return [AWAY] * len(parcels)
        self._line.call(partial(self._send, batch))
        batch.settled.wait(CONFIRM_SECONDS)
        return list(batch.causes)

    def close(self) -> None:
        """Ends the connection."""
        self._line.end()

    def _up(self, channel: Any) -> None:
        self._last_tag = 0
        self._channel = channel
        channel.add_on_return_callback(self._returned)
        channel.confirm_delivery(self._confirmed, callback=lambda _: self._ready.set())

    def _down(self, reason: str) -> None:
        """Whatever is unanswered is unknown, so it is not sent."""
        self._ready.clear()
        self._channel = None
        self._batch.settled.set()

    def _send(self, batch: _Batch) -> None:
        channel = self._channel
        for place, parcel in enumerate(batch.parcels):
            if channel is None or not channel.is_open:
                batch.settled.set()
                return
            self._last_tag += 1
            batch.open[self._last_tag] = place
            properties = pika.BasicProperties(
                content_type=CONTENT_TYPE,
                delivery_mode=2,
                message_id=str(parcel.letter_id),
                type=parcel.topic,
                headers={"signature": parcel.signature},
            )
            channel.basic_publish(EXCHANGE, parcel.key, parcel.body, properties, mandatory=True)

    def _returned(self, channel: Any, method: Any, properties: Any, body: bytes) -> None:
        """Comes before the confirm of a letter that no queue takes."""
        self._batch.returned.add(str(properties.message_id))

    def _confirmed(self, frame: Any) -> None:
        method, batch = frame.method, self._batch
        covered = [method.delivery_tag]
        if method.multiple:
            covered = [tag for tag in batch.open if tag <= method.delivery_tag]
        batch.answer(
            [tag for tag in covered if tag in batch.open],
            "" if isinstance(method, pika.spec.Basic.Ack) else REFUSED,
        )
