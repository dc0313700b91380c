"""Loads a tree of divisions from a file: parents, kinds, validity and who took over from whom; all or nothing."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from gateway.errors import message_of
from people.commands import enter_divisions
from people.division_rules import Place
from people.errors import Refusal
from people.viewer import Viewer

KEYS = ("code", "name", "valid_from", "parent", "kind", "valid_until", "merged_into")


class Command(BaseCommand):
    help = f"load_divisions FILE.csv|FILE.yaml with {', '.join(KEYS)}; dates as YYYY-MM-DD."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            places = [_place(number, row) for number, row in enumerate(_rows(options["file"]), 1)]
            entered = enter_divisions(viewer=Viewer.system("load_divisions"), places=places)
        except Refusal as refusal:
            told = "\n".join(f"  {message_of(problem)}" for problem in refusal.problems)
            raise CommandError(f"{options['file']}\n{told}") from refusal
        except (OSError, UnicodeDecodeError, yaml.YAMLError, csv.Error) as fault:
            raise CommandError(f"{options['file']}: {fault}") from fault
        self.stdout.write(f"{len(entered)} divisions")


def _rows(path: Path) -> Iterable[Mapping[str, Any]]:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".csv":
        return list(csv.DictReader(text.splitlines()))
    rows = yaml.safe_load(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CommandError(f"{path}: not a list of divisions")
    return rows


def _place(number: int, row: Mapping[str, Any]) -> Place:
    """A row; an empty cell is no value."""
    given = {key: value for key, value in row.items() if value not in (None, "")}
    unknown = set(given) - set(KEYS)
    if unknown or not {"code", "name", "valid_from"} <= set(given):
        raise CommandError(f"row {number}: code, name and valid_from; of {', '.join(KEYS)}")
    try:
        days = {
            key: date.fromisoformat(str(given[key]))
            for key in ("valid_from", "valid_until")
            if key in given
        }
    except ValueError as fault:
        raise CommandError(f"row {number}: {fault}") from fault
    texts = {key: str(value) for key, value in given.items() if key not in days}
    return Place(**texts, **days)  # type: ignore[arg-type]
