"""Runs Celery workers for chores, without gossip and mingle; --beat also gives the sweep's hints."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from config.celery import app


class Command(BaseCommand):
    help = "Works off chores as Celery hints at them."
    requires_system_checks = ()  # checked when it was deployed; a restart should be quick

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--beat", action="store_true", help="sweep from here as well")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED:
            raise CommandError("BROKER_URL is not set: the web process does the chores itself.")
        words = ["worker", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
        words.append(f"--concurrency={options['concurrency']}")
        if options["beat"]:
            schedule = settings.FILES_DIR.parent / "beat"
            schedule.parent.mkdir(parents=True, exist_ok=True)
            words += ["--beat", f"--schedule={schedule}"]
        app.worker_main(words)
