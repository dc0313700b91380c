"""Makes the coming months' partitions of the tables that only grow; run monthly by the owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from bus.partitions import MONTHS_AHEAD, ensure_partitions


class Command(BaseCommand):
    help = "Makes missing monthly partitions; late rows leave the default one."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--months-ahead", type=int, default=MONTHS_AHEAD)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        made = ensure_partitions(options["months_ahead"])
        self.stdout.write("\n".join(made) if made else "Nothing to make.")
