"""What the tests over RabbitMQ share: a house, its queues, wires to cut, and other processes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from bus import rabbit
from bus.consumer import RabbitConsumer
from bus.rabbit import RabbitPublisher
from bus.receiving import Receiver
from bus.relay import Relay
from bus.retries import retry
from bus.table import DESK, Table
from bus.topology import DEAD_EXCHANGE, DEAD_QUEUE, EXCHANGE
from tests.broker.wire import Wire
from tests.bus.house import House

ROOT = Path(__file__).resolve().parents[2]


def eventually(holds: Callable[[], object], seconds: float = 30) -> None:
    """Waits until something is so; says what it was when it never is."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.05)


class Town(House):
    """A house whose letters cross RabbitMQ, and everything that was started to carry them."""

    eventually = staticmethod(eventually)

    def __init__(self) -> None:
        super().__init__()
        self.url = settings.BROKER_URL
        self._endings: list[Callable[[], object]] = []
        self.raw(self.lose_everything)
        self.declare()

    def declare(self) -> None:
        rabbit.apply(self.url, self.queues())

    def lose_everything(self, channel: Any) -> None:
        """What a broker with an empty data folder has: nothing of ours."""
        for queue in self.queues():
            channel.queue_delete(queue.name)
        for exchange in (EXCHANGE, DEAD_EXCHANGE):
            channel.exchange_delete(exchange)

    def raw(self, act: Callable[[Any], Any]) -> Any:
        """What an outsider can do on a channel of their own."""
        link = rabbit.pika.BlockingConnection(rabbit.pika.URLParameters(settings.BROKER_URL))
        try:
            return act(link.channel())
        finally:
            link.close()

    def waiting(self, queue: str) -> int:
        """Letters in a queue that nobody holds."""
        return self.raw(lambda c: c.queue_declare(queue, passive=True).method.message_count)

    def publisher(self, url: str = "") -> RabbitPublisher:
        made = RabbitPublisher(url or self.url)
        self._endings.append(made.close)
        return made

    def sending(self, url: str = "") -> Relay:
        return Relay(self.publisher(url))

    def start_relay(self, url: str = "") -> None:
        """A relay on a thread, until the test ends."""
        self._start(self.sending(url).run)

    def start_consumer(self, url: str = "", table: Table | None = None) -> None:
        """A consumer of everything on a thread, until the test ends."""
        table = table or self.table

        def consume(stop: threading.Event) -> None:
            consumer = RabbitConsumer(
                url or self.url, self.queues, idle=lambda: retry(table), stop=stop
            )
            consumer.consume([*table.groups(), DESK, DEAD_QUEUE], Receiver(table).receive)

        self._start(consume)

    def _start(self, run: Callable[[threading.Event], None]) -> None:
        stop = threading.Event()

        def body() -> None:
            try:
                run(stop)
            finally:
                connection.close()

        thread = threading.Thread(target=body)
        thread.start()

        def end() -> None:
            stop.set()
            thread.join(timeout=20)
            assert not thread.is_alive()

        self._endings.insert(0, end)

    def wire(self, address: str) -> Wire:
        """A wire to the host and port of a URL; `.through(url)` goes over it."""
        made = Wire(urlsplit(address).hostname or "", urlsplit(address).port or 0)
        self._endings.append(made.close)
        return made

    def process(self, role: str, **environment: str) -> subprocess.Popen[bytes]:
        """`relay` or `consume` of this house in a process of its own."""
        return self._run(["-m", "tests.broker.process", role], environment)

    def manage(self, *words: str) -> subprocess.Popen[bytes]:
        """One of the project's own commands on the test's database and broker."""
        return self._run(["manage.py", *words], {"DJANGO_SETTINGS_MODULE": "tests.settings"})

    def _run(self, words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        name = connection.settings_dict["NAME"]
        database = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
        made = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=os.environ
            | {"DATABASE_URL": database, "PYTHONPATH": f".{os.pathsep}graphql"}
            | environment,
        )

        def end() -> None:
            made.terminate()  # Celery's parent takes its children along; killed it would not
            try:
                made.wait(timeout=10)
            except subprocess.TimeoutExpired:
                made.kill()
                made.wait()

        self._endings.insert(0, end)
        return made

    def end(self) -> None:
        for ending in self._endings:
            ending()


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    made = Town()
    try:
        yield made
    finally:
        made.end()
