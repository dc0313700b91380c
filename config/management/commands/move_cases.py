"""Moves the running cases of an item to one of its versions, or says what would move."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from typing_extensions import override

from gateway.errors import message_of
from people.errors import Problem, Refusal
from people.viewer import Viewer
from services.models import ItemVersion
from services.queries import definition_of, version_numbered
from workflows.commands import foreseen_move, movable, move_case
from workflows.models import Case
from workflows.transfer import Verdict


class Command(BaseCommand):
    help = "Prints for each unfinished case of an item whether it moves to a version and why; moves those that do."

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("item")
        parser.add_argument("--to", type=int, required=True, metavar="VERSION")
        parser.add_argument("--dry-run", action="store_true", help="says it only")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            version = version_numbered(options["item"], options["to"])
        except Refusal as refusal:
            raise CommandError(f"{options['item']}: {refusal.code}") from refusal
        if version.state != "published":
            raise CommandError(f"v{version.number}: VERSION_NOT_PUBLISHED")
        count: Counter[str] = Counter()
        with translation.override("zh-hans"):
            for case in movable(version):
                verdict = foreseen_move(case, version)
                if verdict.moves and not options["dry_run"]:
                    verdict = _moved(case, version, verdict)
                count["移动" if verdict.moves else "不动"] += 1
                self.stdout.write(_line(case, version, verdict))
        done = "将移动" if options["dry_run"] else "已移动"
        self.stdout.write(f"{done} {count['移动']} 件，不动 {count['不动']} 件")


def _moved(case: Case, version: ItemVersion, verdict: Verdict) -> Verdict:
    """What became of a case; it may have changed since it was looked at."""
    viewer = Viewer.system("move_cases")
    try:
        move_case(viewer=viewer, key=uuid4().hex, case_id=case.pk, version_id=version.pk)
    except Refusal as refusal:
        return Verdict(tuple(refusal.problems))
    return verdict


def _line(case: Case, version: ItemVersion, verdict: Verdict) -> str:
    name = case.number or str(case.pk)
    step = f"v{case.item_version.number} → v{version.number}"
    if not verdict.moves:
        return f"{name} {case.state} 不动：{_said(verdict.reasons)}"
    labels = {field.path: field.label for field in definition_of(version).form.fields}
    old = {field.path: field.label for field in definition_of(case.item_version).form.fields}
    told = []
    if verdict.dropped:
        told.append("不再适用：" + "、".join(old.get(p, p) for p in verdict.dropped))
    if verdict.unfiled:
        told.append("不再需要的材料：" + "、".join(verdict.unfiled))
    if verdict.asked:
        told.append("需要填写：" + "、".join(labels.get(p, p) for p in verdict.asked))
    return f"{name} {case.state} 移动 {step}" + (f"（{'；'.join(told)}）" if told else "")


def _said(reasons: Sequence[Problem]) -> str:
    return "；".join(message_of(problem) for problem in reasons)
