"""Imports a package of whole items: what is new or differs becomes a draft; a dry run only tells."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from gateway.errors import message_of
from people.errors import Refusal
from people.viewer import Viewer
from services.commands import import_items
from services.package import LARGEST, read_package
from services.standing import Planned, planned

STATES = {
    "new": "新增",
    "changed": "有变化",
    "unchanged": "相同",
    "waits": "待标准版发布后再导入",
    "elsewhere": "本地没有这一区划，未导入",
}


class Command(BaseCommand):
    help = "Imports a package of items as drafts; all of it or nothing."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell what would change")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as file:
                items = read_package(file.read(LARGEST + 1))
            if options["dry_run"]:
                plans = planned(items)
            else:
                viewer = Viewer.system("import_items")
                plans = import_items(viewer=viewer, key=uuid4().hex, items=items)
        except OSError as fault:
            raise CommandError(str(fault)) from fault
        except Refusal as refusal:
            raise CommandError("\n".join(_told(refusal))) from refusal
        for plan in plans:
            self._tell(plan)
        counts = Counter(plan.state for plan in plans)
        told = "，".join(f"{STATES[state]} {number}" for state, number in counts.items())
        self.stdout.write(f"{len(plans)} 个事项：{told}" if plans else "没有事项")

    def _tell(self, plan: Planned) -> None:
        self.stdout.write(f"{plan.item.code} {plan.item.name}：{STATES[plan.state]}")
        for change in plan.changes:
            self.stdout.write(f"  {change}")
        for division, state in plan.regions.items():
            self.stdout.write(f"  地区差异 {division}：{STATES[state]}")


def _told(refusal: Refusal) -> list[str]:
    """A line for each problem: the code and what to do."""
    return [f"{problem.code}: {message_of(problem)}" for problem in refusal.problems]
