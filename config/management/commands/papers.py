"""Shows one series of papers (文书登记簿) as a court may ask for it: every number, the voided ones too, and any gap."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from typing_extensions import override

from workflows.models import Document
from workflows.numbering import missing_serials


class Command(BaseCommand):
    help = "Lists a series of papers, such as 明湖市监许受〔2026〕; ends with 1 when it has a gap."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("series", help="the number without its serial: 明湖市监许受〔2026〕")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        rows = Document.objects.filter(series=options["series"]).select_related("case", "replaces")
        serials = []
        for paper in rows.defer("content").order_by("serial").iterator(chunk_size=1000):
            serials.append(paper.serial)
            self.stdout.write("  ".join(self.columns(paper)))
        if not serials:
            raise CommandError(f"There is no paper of the series {options['series']}.")
        gaps = missing_serials(serials)
        if gaps:
            named = ", ".join(str(serial) for serial in gaps)
            raise CommandError(f"{len(serials)} papers; numbers without a row: {named}")
        self.stdout.write(f"{len(serials)} papers, no gap")

    def columns(self, paper: Document) -> list[str]:
        """The number, its day, its case, and what became of it."""
        day = timezone.localtime(paper.issued_at).date()
        found = [paper.number, day.isoformat(), str(paper.case.number), paper.kind]
        if paper.state == "void":
            found.append(f"作废（{paper.void_reason}）")
        if paper.replaces is not None:
            found.append(f"替换{paper.replaces.number}")
        return found
