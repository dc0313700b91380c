"""Checks the quality of items by the catalogue's rules, and fails where one has an error."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from services.definition import peek_definition
from services.findings import Finding
from services.lint_facts import Facts
from services.lint_words import told
from services.linting import UNREADABLE, lint_read
from services.models import ItemVersion
from services.queries import lint_facts

STATES = {"published": "已发布", "draft": "草稿", "review": "待审核"}


class Command(BaseCommand):
    help = (
        "Checks every published version (all items, or those of the given codes) by the rules of quality. "
        "Exit code 1 when a rule that blocks publishing is broken."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--drafts", action="store_true", help="drafts and reviews as well")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        states = STATES if options["drafts"] else ["published"]
        versions = ItemVersion.objects.filter(state__in=states).select_related("item", "division")
        if options["codes"]:
            versions = versions.filter(item__code__in=options["codes"])
            there = set(versions.values_list("item__code", flat=True))
            if unknown := sorted(set(options["codes"]) - there):
                raise CommandError(f"no such item: {', '.join(unknown)}")
        rows = list(rows_of(versions.order_by("item__code", "number"), lint_facts()))
        self._as_json(rows) if options["format"] == "json" else self._as_text(rows)
        errors = sum(found["severity"] == "error" for row in rows for found in row["findings"])
        if errors:
            raise CommandError(f"{errors} errors")

    def _as_json(self, rows: list[dict[str, Any]]) -> None:
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, default=str))

    def _as_text(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self.stdout.write(f"{row['item']} {row['name']} v{row['version']}（{row['state']}）")
            for found in row["findings"]:
                mark = "错误" if found["severity"] == "error" else "提示"
                line = f"  {mark} {found['code']} {found['place']}：{found['message']}。{found['suggestion']}"
                self.stdout.write(line)


def rows_of(versions: Any, facts: Facts) -> Iterator[dict[str, Any]]:
    """One row a version, with what is found of it."""
    for version in versions.iterator():
        yield {
            "item": version.item.code,
            "name": version.item.name,
            "version": version.number,
            "state": STATES[version.state],
            "division": version.division_id or "",
            "findings": [_row(finding) for finding in _findings(version, facts)],
        }


def _findings(version: ItemVersion, facts: Facts) -> tuple[Finding, ...]:
    """Of a draft that cannot be read whole yet, also what keeps it from that."""
    definition, problems = peek_definition(version.definition)
    unread = tuple(Finding(UNREADABLE, p.field, dict(p.params)) for p in problems)
    return unread + lint_read(definition, problems, facts)


def _row(finding: Finding) -> dict[str, Any]:
    words = told(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": finding.place,
        "params": dict(finding.params),
        "message": words.message,
        "suggestion": words.suggestion,
    }
