"""Writes the GraphQL contract to `graphql/schema.graphql`, or tells with `--check` that it has drifted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from gateway.schema import CONTRACT, printed


class Command(BaseCommand):
    """`manage.py print_schema [--check]`."""

    help = "Write graphql/schema.graphql from the code; --check only compares."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        """One flag."""
        parser.add_argument("--check", action="store_true", help="exit 1 when the file has drifted")

    @override
    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Writes or compares."""
        text = printed()
        if not check:
            CONTRACT.write_text(text, encoding="utf-8")
            self.stdout.write(f"wrote {CONTRACT.name}, {len(text.splitlines())} lines")
            return
        kept = CONTRACT.read_text(encoding="utf-8") if CONTRACT.exists() else ""
        if kept != text:
            raise CommandError(f"{CONTRACT.name} has drifted; run manage.py print_schema")
