"""A whole installation for one test module: database, queues, files and processes of its own."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from config.http_client import HttpClient
from config.processes import Processes, prepare
from tests.broker.wire import Wire
from tests.checker import broken
from tests.journeys.path import Journey
from tests.rabbit_management import drop_vhost, make_vhost

SECONDS = 120  # for what other processes must do on a busy machine


class Stage:
    """The real way to run: PostgreSQL, RabbitMQ behind a wire that can be cut, five processes."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.owner_url = _database(os.environ["DATABASE_URL"], name)
        self.application_url = _database(os.environ["DATABASE_APPLICATION_URL"], name)
        self.broker_url = f"{settings.BROKER_URL.rsplit('/', 1)[0]}/{name}"
        broker = urlsplit(self.broker_url)
        self.wire = Wire(broker.hostname or "", broker.port or 0)
        self.environment = {
            **os.environ,
            "DATABASE_URL": self.application_url,
            "BROKER_URL": self.wire.through(self.broker_url),
            "TONGBAN_KEY_DIR": str(settings.KEY_DIR),
            "TONGBAN_FONT_DIR": str(settings.FONT_DIR),
            "TONGBAN_FILES_DIR": str(folder / "files"),
        }
        self.port = free_port()
        self.processes = Processes(self.environment, self.port, folder / "logs")
        self.client = HttpClient(f"http://127.0.0.1:{self.processes.web}")

    def build(self) -> None:
        """Its database, its virtual host, its city; nothing runs yet."""
        self._as_owner(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
        self._as_owner(f'CREATE DATABASE "{self.name}"')
        make_vhost(self.name)
        prepare(self.environment, self.owner_url)

    def close(self) -> None:
        """Stops what runs and leaves nothing behind."""
        self.processes.stop()
        self.wire.close()
        drop_vhost(self.name)
        self._as_owner(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def journey(self, **outcomes: str) -> Journey:
        """A new restaurant over HTTP."""
        return Journey(self.client.ask, lambda: time.sleep(0.1), outcomes=outcomes)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database answers to its owner."""
        with psycopg.connect(self.owner_url, autocommit=True) as link:
            cursor = link.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def broken(self) -> dict[str, list[Any]]:
        """What the checker finds when everything should be done."""
        with psycopg.connect(self.owner_url) as link, link.cursor() as cursor:
            return broken(cursor, settled=True)

    def end_leases(self) -> None:
        """What a killed process had claimed is free at once, as it would be after its lease."""
        self.rows("UPDATE bus_outboxletter SET due_at = now() WHERE sent_at IS NULL")
        self.rows("UPDATE bus_chore SET locked_until = now() WHERE state = 'open'")
        self.rows("UPDATE bus_inboxletter SET due_at = now() WHERE state = 'waiting'")

    def eventually(self, holds: Callable[[], object], what: str) -> None:
        """Waits until something is so; says what was waited for when it never is."""
        end = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < end, f"not within {SECONDS} s: {what}"
            time.sleep(0.1)

    def died(self, name: str) -> bool:
        """Whether a process has ended by SIGKILL, as its failpoint wanted."""
        code = self.processes.running[name].poll()
        assert code in {None, -9}
        return code == -9

    def replace(self, name: str, **more: str) -> None:
        """kill -9 of a process with its children, and another in its place."""
        self.processes.kill(name)
        self.processes.start_one(name, **more)

    def _as_owner(self, statement: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as link:
            link.execute(statement)


def _database(url: str, name: str) -> str:
    return f"{url.rsplit('/', 1)[0]}/{name}"


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
