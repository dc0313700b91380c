"""Declares exchanges, queues and bindings in RabbitMQ; run after `migrate` and for new departments."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from bus.rabbit import apply
from config.letters import queues


class Command(BaseCommand):
    help = "Declares exchanges, queues and bindings in RabbitMQ; doing it again changes nothing."
    requires_system_checks = ()  # checked when it was deployed; a restart should be quick

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED:
            raise CommandError("BROKER_URL is not set: the embedded way needs no queues.")
        declared = queues()
        apply(settings.BROKER_URL, declared)
        self.stdout.write("\n".join(queue.name for queue in declared))
