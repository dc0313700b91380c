"""Tells what differs between two versions of an item, one sentence a difference."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from typing_extensions import override

from ecert.models import CertificateType
from gateway.words import FUNCTIONS
from services.diff_words import told_changes
from services.models import ItemVersion


class Command(BaseCommand):
    help = (
        "diff_items CODE [N M]: the changes from version N to M; without numbers, of the last two."
    )

    @override
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("numbers", nargs="*", type=int)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        old, new = _chosen(options["code"], options["numbers"])
        names = {code: str(name) for code, name in FUNCTIONS.items()}
        names |= dict(CertificateType.objects.values_list("code", "name"))
        changes = told_changes(old.definition, new.definition, names)
        self.stdout.write(f"{new.item.code} {new.item.name}: v{old.number} → v{new.number}")
        self.stdout.write("\n".join(f"  {line}" for line in changes) or "  没有不同。")


def _chosen(code: str, numbers: list[int]) -> list[ItemVersion]:
    versions = ItemVersion.objects.select_related("item").filter(item__code=code)
    if not numbers:
        found = list(versions.filter(division=None).order_by("-number")[:2])[::-1]
    else:
        known = {version.number: version for version in versions.filter(number__in=numbers)}
        found = [known[number] for number in numbers if number in known]
    if len(found) != 2:
        raise CommandError("Name an item with two versions, or two numbers of versions it has.")
    return found
