"""Draws the route of an item as the state machine that it is."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from typing_extensions import override

from people.errors import Refusal
from people.functions import FUNCTIONS
from services.drawing import as_mermaid, as_svg
from services.queries import current_version, definition_of, version_numbered

FORMATS = {"svg": as_svg, "mermaid": as_mermaid}


class Command(BaseCommand):
    help = "Prints the route of an item as SVG or Mermaid: what is published, or one version of it."

    @override
    def create_parser(self, *args: Any, **options: Any) -> Any:
        return super().create_parser(*args, **options, conflict_handler="resolve")  # our --version

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--version", dest="number", type=int, default=0)
        parser.add_argument("--format", choices=sorted(FORMATS), default="svg")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        code, number = options["code"], options["number"]
        try:
            version = version_numbered(code, number) if number else current_version(code)
        except Refusal as refusal:
            raise CommandError(f"{code}: {refusal.code}") from refusal
        with translation.override("zh-hans"):
            names = {name: str(words) for name, words in FUNCTIONS.items()}
            drawn = FORMATS[options["format"]](definition_of(version), names)
        self.stdout.write(drawn, ending="")
