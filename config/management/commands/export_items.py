"""Writes whole items, as they stand here, as one package for another instance."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from services.package import write_package
from services.standing import packed_items


class Command(BaseCommand):
    help = "Exports items (all, or those of the given codes) with their regions as one package."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*")
        parser.add_argument("--out", type=Path, required=True)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        items = packed_items(options["codes"] or None)
        missing = sorted(set(options["codes"]) - {item.code for item in items})
        if missing:
            raise CommandError(f"no version stands of: {', '.join(missing)}")
        out: Path = options["out"]
        partial = out.with_name(f".{out.name}.part")
        try:
            partial.write_bytes(write_package(items))
            os.replace(partial, out)  # whole or not at all
        except OSError as fault:
            partial.unlink(missing_ok=True)
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{out}: {len(items)} items, {out.stat().st_size} bytes")
