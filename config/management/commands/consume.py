"""Receives letters from RabbitMQ for some groups, until it is told to stop; any number may run."""

from argparse import ArgumentParser
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from bus.consumer import RabbitConsumer
from bus.faults import watched
from bus.receiving import Receiver
from bus.retries import retry
from bus.table import DESK
from bus.topology import DEAD_QUEUE, Queue
from config.letters import TABLE, queues
from config.stopping import stop_on_signal


class Command(BaseCommand):
    help = "Receives letters: --group NAME (repeatable), --desk, --dead, or --all."
    requires_system_checks = ()  # checked when it was deployed; a restart should be quick

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--group", action="append", default=[], choices=TABLE.groups())
        parser.add_argument("--desk", action="store_true", help="every department's desk queue")
        parser.add_argument("--dead", action="store_true", help="what the broker gave up")
        parser.add_argument("--all", action="store_true")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED:
            raise CommandError("BROKER_URL is not set: the web process receives letters itself.")
        groups = chosen(options)
        if not groups:
            raise CommandError("Nothing to receive: say --group, --desk, --dead or --all.")
        consumer = RabbitConsumer(
            settings.BROKER_URL,
            watched_queues,
            idle=partial(retry, TABLE),
            stop=stop_on_signal(),
        )
        consumer.consume(groups, Receiver(TABLE).receive)


def chosen(options: dict[str, Any]) -> list[str]:
    """The groups that the options ask for."""
    if options["all"]:
        return [*TABLE.groups(), DESK, DEAD_QUEUE]
    asked = {DESK: options["desk"], DEAD_QUEUE: options["dead"]}
    return [*options["group"], *(name for name, is_asked in asked.items() if is_asked)]


def watched_queues() -> list[Queue]:
    """The queues of the moment; an outage is patience, not an error."""
    with watched():
        return queues()
