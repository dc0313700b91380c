"""Makes an installation ready in one go: tables and rights as their owner, then city, items and queues.

Running it again changes nothing. `DATABASE_OWNER_URL` names the owner on PostgreSQL; without it the
tables are made by whoever `DATABASE_URL` names.
"""

import os
import socket
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from typing_extensions import override

from bus.rabbit import is_reachable

BROKER_SECONDS = 60.0  # a broker that was started with us takes six


class Command(BaseCommand):
    help = "Makes tables, rights, the city, its items and, with a broker, its queues."
    requires_system_checks = ()  # migrate has its own

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-queues", action="store_true", help="leave the broker alone")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        owner = os.environ.get("DATABASE_OWNER_URL", "")
        with as_owner(owner if connection.vendor == "postgresql" else ""):
            call_command("migrate", verbosity=0)
            call_command("grant_rights", stdout=self.stdout)
        call_command("load_city", stdout=self.stdout)
        call_command("load_items", stdout=self.stdout)
        if not (settings.EMBEDDED or options["no_queues"]):
            wait_for_broker(settings.BROKER_URL)
            call_command("topology", stdout=self.stdout)


@contextmanager
def as_owner(url: str) -> Iterator[None]:
    """The same database as another role: it migrates and grants, and does nothing else here."""
    usual = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(dj_database_url.parse(url) if url else {})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def wait_for_broker(url: str) -> None:
    """Returns when the broker answers; a `CommandError` when it does not in a minute."""
    until = time.monotonic() + BROKER_SECONDS
    while not (_listens(url) and is_reachable(url)):
        if time.monotonic() > until:
            raise CommandError(f"RabbitMQ did not answer for {BROKER_SECONDS:.0f} s.")
        time.sleep(0.1)


def _listens(url: str) -> bool:
    """Asked first, because the AMQP library tells every refused connection to the log."""
    place = urlsplit(url)
    try:
        socket.create_connection((place.hostname or "", place.port or 5672), timeout=1).close()
    except OSError:
        return False
    return True
