"""Works off the chores that are due, without Celery: in a loop, or once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from bus.chores import sweep
from bus.faults import DatabaseAway
from config.letters import TABLE
from config.stopping import stop_on_signal

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Does what is due until told to stop; --once ends when nothing is due."
    requires_system_checks = ()  # checked when it was deployed; a restart should be quick

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        stop = stop_on_signal()
        while not stop.is_set():
            try:
                done = sweep(TABLE)
            except DatabaseAway as fault:
                self.stderr.write(f"waiting: {fault}")
                done = 0
            if done == 0:
                if options["once"]:
                    return
                stop.wait(PAUSE_SECONDS)
