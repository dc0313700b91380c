"""Tells what publishing a definition as the standard would do to each region, and whether it could be published."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from ecert.models import CertificateType
from gateway.words import FUNCTIONS
from services.diff_words import told
from services.errors import DefinitionInvalid
from services.importing import load_definition
from services.regional import consequences


class Command(BaseCommand):
    help = (
        "show_consequences FILE.yaml [--from YYYY-MM-DD]: what a new standard does to each region."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="opens", type=date.fromisoformat, default=None)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            definition = load_definition(path.read_text("utf-8"), path.name)
        except (OSError, UnicodeDecodeError, DefinitionInvalid) as fault:
            raise CommandError(f"{path}: {fault}") from fault
        names = {code: str(name) for code, name in FUNCTIONS.items()}
        names |= dict(CertificateType.objects.values_list("code", "name"))
        shown = consequences(definition, options["opens"])
        for one in shown:
            self.stdout.write(f"{one.name} {one.division}（自 {one.opens}）")
            old, new = one.override.definition, one.definition or {}
            for line in (told(change, old, new, names) for change in one.differences):
                self.stdout.write(f"  {line}")
            for problem in one.problems:
                rule = problem.params.get("rule", problem.code)
                self.stdout.write(f"  × {problem.field}: {rule}")
        if not shown:
            self.stdout.write("没有地区差异，不影响任何地区。")
        if any(one.problems for one in shown):
            raise CommandError("有地区差异与新版不合，须先修改或者取消，标准版才能发布。")
