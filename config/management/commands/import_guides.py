"""Reads guides of a provincial platform, one file at a time, and reports every anomaly."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from services.guides.importing import read_guide
from services.guides.reading import LARGEST
from services.guides.report import IMPORTED, REFUSED, Report

MOST_SHOWN = 12


class Command(BaseCommand):
    help = "Reads 办事指南 and 一件事 files (*.json) of a folder; every anomaly is reported, nothing is guessed."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--report", type=Path, help="write the report as JSON")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']}: no such folder")
        report = Report()
        for name, content in files_of(options["folder"]):
            guide = read_guide(name, content)
            report.add(guide, REFUSED if guide.refused else IMPORTED, reason=guide.refused)
        if options["report"]:
            text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(text + "\n", encoding="utf-8")
        self._tell(report)

    def _tell(self, report: Report) -> None:
        for name, number in report.totals().items():
            self.stdout.write(f"{name}: {number}")
        for rule, number in report.rules.most_common(MOST_SHOWN):
            self.stdout.write(f"  {number:6} {rule}")


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every JSON file below a folder by its path in it, no more of it than we would read."""
    for path in sorted(folder.rglob("*.json")):
        if path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), file.read(LARGEST + 1)
