"""Publishes the items of the fixtures: a new version only where a definition has changed."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from config.env import ROOT
from people.viewer import Viewer
from services.commands import publish_item
from services.errors import DefinitionInvalid
from services.history_words import told
from services.importing import load_definition, located

SINCE = date(2020, 1, 1)  # as the city of the fixtures: what is loaded was offered before
FOLDERS = ("fixtures/onething", "fixtures/services")


class Command(BaseCommand):
    help = (
        "Publishes every item in fixtures/onething and fixtures/services, or in the given folders."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        viewer = Viewer.system("load_items")
        for path in _files(options["folders"] or [ROOT / folder for folder in FOLDERS]):
            source = path.read_bytes()
            try:
                definition = load_definition(source)
                version = publish_item(
                    viewer=viewer, key=uuid4().hex, definition=definition, since=SINCE
                )
            except DefinitionInvalid as invalid:
                raise CommandError(f"{path}\n{_told(_at_lines(invalid, source))}") from invalid
            self.stdout.write(f"{version.item.code} {version.item.name} v{version.number}")


def _files(folders: list[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.glob("*.yaml"))


def _at_lines(invalid: DefinitionInvalid, source: bytes) -> DefinitionInvalid:
    """With line and column, unless the text itself could not be read and says its own."""
    try:
        return located(invalid, source)
    except DefinitionInvalid:
        return invalid


def _told(invalid: DefinitionInvalid) -> str:
    """Each fault with its rule, its parameters and, where there is one, its counter-example event by event."""
    lines = []
    for problem in invalid.problems:
        first, *events = told(problem)
        given = problem.params.items()
        params = ", ".join(f"{name}={value}" for name, value in given if name != "events")
        lines.append(f"  {first} {problem.code} {params}")
        lines += [f"      {event}" for event in events]
    return "\n".join(lines)
