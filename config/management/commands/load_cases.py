"""Tells the demo city's stories, each once: the seeded cases that show a visitor what goes on there."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from typing_extensions import override

from config.demo_cases import STORIES
from config.seeding import Teller, told_cases
from people.errors import Refusal
from workflows.models import Case
from workflows.queries import calendar_from

LONGEST_AGO = timedelta(days=60)  # no story begins earlier


class Command(BaseCommand):
    help = "Makes the seeded cases of the demo city (after load_city and load_items); again changes nothing."
    requires_system_checks = ()  # part of a demo that should be quick

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        done = told_cases()
        for name in (name for name in STORIES if name not in done):
            tell(name)
            case = Case.objects.get(pk=told_cases()[name])
            self.stdout.write(f"{name} {case.number} {case.state}")


def tell(name: str) -> None:
    """One story, whole or not at all."""
    teller = Teller(name, calendar_from(timezone.localdate() - LONGEST_AGO))
    try:
        with transaction.atomic():
            STORIES[name](teller)
    except Refusal as refusal:
        problem = refusal.problems[0]
        told = f"{problem.code} {problem.field} {dict(problem.params)}"
        raise CommandError(f"{name}, command {teller.told}: {told}") from refusal
