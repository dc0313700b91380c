"""Imports guides of a provincial platform as drafts and reports every anomaly; what is done is not done again."""

import hashlib
import json
import logging
import os
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from typing_extensions import override

from people.errors import Refusal
from people.viewer import Viewer
from services.commands import import_guides
from services.commands.guides import Dealt
from services.guides.importing import Guide, not_stored, read_guide, skipped
from services.guides.quality import linted
from services.guides.reading import LARGEST
from services.guides.report import IMPORTED, REFUSED, SKIPPED, Report
from services.proving import Examiner
from services.queries import guide_files

log = logging.getLogger("tongban.import_guides")
TOGETHER = 50  # files in one transaction; when it fails, each has one of its own
MOST_SHOWN = 12
MOST_TOLD = 100_000  # findings in a report; beyond, they are only counted
MOST_NAME = 300


class Command(BaseCommand):
    help = "Imports the guides (*.json) of a folder as drafts. A second run deals only with what is new."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="read and report, change nothing"
        )
        parser.add_argument("--report", type=Path, help="write the report as JSON")
        parser.add_argument(
            "--resume", action="store_true", help="leave unread what was refused before, too"
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"{options['folder']}: no such folder")
        if options["report"]:
            _check_report(options["report"])
        told = MOST_TOLD if options["report"] else 0
        run = Run(Report(most=told), dry=options["dry_run"], resume=options["resume"])
        run.deal_with(options["folder"])
        if options["report"]:
            text = json.dumps(run.report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(text + "\n", encoding="utf-8")
        for name, number in run.report.totals().items():
            self.stdout.write(f"{name}: {number}")
        for rule, number in run.report.rules.most_common(MOST_SHOWN):
            self.stdout.write(f"  {number:6} {rule}")


class Run:
    """One run over a folder."""

    def __init__(self, report: Report, *, dry: bool = False, resume: bool = False) -> None:
        self.dry = dry
        self.done = {IMPORTED, SKIPPED, *([REFUSED] if resume else [])}
        self.report = report
        self.viewer = Viewer.system("import_guides")
        self.examiner = Examiner.of_today()
        self.seen: dict[str, str] = {}  # digest -> the first file of it in this run
        self.codes: dict[str, str] = {}  # item -> the first file of it in this run

    def deal_with(self, folder: Path) -> None:
        """Every file below the folder, some in one transaction."""
        files = files_of(folder)
        while batch := list(islice(files, TOGETHER)):
            self._batch(batch)

    def _batch(self, batch: Sequence[tuple[str, bytes]]) -> None:
        names = {name: hashlib.sha256(content).hexdigest() for name, content in batch}
        ledger = guide_files(names, names.values())
        guides = []
        for name, content in batch:
            entry = ledger.by_name.get(name)
            if entry is not None and entry.digest == names[name] and entry.state in self.done:
                self.report.add(Guide(name, names[name]), SKIPPED, reason="DONE")
                continue
            twin = self.seen.get(names[name]) or ledger.by_digest.get(names[name], name)
            guides.append(self._told(read_guide(name, content), twin))
        self._keep(guides)

    def _told(self, guide: Guide, twin: str) -> Guide:
        """The guide, skipped when another file has the same bytes; another file of its item is told."""
        self.seen.setdefault(guide.digest, guide.file)
        if twin != guide.file and not guide.refused:
            return skipped(guide, "DUPLICATE_FILE", twin)
        first = self.codes.setdefault(guide.code, guide.file) if guide.code else guide.file
        return guide if first == guide.file else guide.noted("DUPLICATE_ITEM", first)

    def _keep(self, guides: Sequence[Guide]) -> None:
        """Writes them together, each alone when that fails, or not at all in a dry run."""
        if self.dry:
            for guide in guides:
                self._add(guide, _foreseen(guide))
            return
        try:
            dealt = self._write(guides) if guides else []
        except (DatabaseError, Refusal, ValueError):
            log.exception("batch of guides not stored; each is tried alone")
            for guide in guides:
                self._keep_alone(guide)
            return
        for guide, answer in zip(guides, dealt, strict=True):
            self._add(guide, answer)

    def _keep_alone(self, guide: Guide) -> None:
        try:
            self._add(guide, self._write([guide])[0])
        except (DatabaseError, Refusal, ValueError) as fault:
            log.exception("guide not stored", extra={"file": guide.file})
            self._add(not_stored(guide, type(fault).__name__), Dealt(REFUSED, "NOT_STORED"))

    def _write(self, guides: Sequence[Guide]) -> list[Dealt]:
        return import_guides(
            viewer=self.viewer, key=uuid4().hex, guides=guides, examiner=self.examiner
        )

    def _add(self, guide: Guide, dealt: Dealt) -> None:
        guide = linted(guide, self.examiner.facts) if dealt.state == IMPORTED else guide
        self.report.add(guide, dealt.state, reason=dealt.reason, version=dealt.number)


def _check_report(path: Path) -> None:
    """Refuses a report that could not be written before anything is imported: a second run tells less."""
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise CommandError(f"{path}: cannot be written")


def _foreseen(guide: Guide) -> Dealt:
    """What a run that writes would most likely answer."""
    if guide.refused:
        return Dealt(REFUSED, guide.refused)
    return Dealt(SKIPPED, guide.skipped) if guide.skipped else Dealt(IMPORTED)


def files_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every JSON file below a folder by its path in it, no more of it than we would read."""
    for path in sorted(folder.rglob("*.json")):
        if path.is_file():
            with path.open("rb") as file:
                yield name_of(path.relative_to(folder)), file.read(LARGEST + 1)


def name_of(path: Path) -> str:
    """A path as the ledger keeps it: the end of a long one, without what no database keeps."""
    return path.as_posix().encode("utf-8", "replace").decode()[-MOST_NAME:]
