"""Sends what was posted to RabbitMQ, until it is told to stop; any number may run."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from bus.rabbit import RabbitPublisher
from bus.relay import Relay
from config.stopping import stop_on_signal


class Command(BaseCommand):
    help = "Sends the letters of the outbox over RabbitMQ."
    requires_system_checks = ()  # checked when it was deployed; a restart should be quick

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED:
            raise CommandError("BROKER_URL is not set: the web process carries the letters itself.")
        stop = stop_on_signal()
        publisher = RabbitPublisher(settings.BROKER_URL)
        try:
            Relay(publisher).run(stop)
        finally:
            publisher.close()
