"""Asks the registers at once about every check that still waits for one, after a register was away."""

from collections import Counter
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from bus.chores import NotYet
from workflows.models import Approval
from workflows.registers import open_checks
from workflows.tasks import check_register


class Command(BaseCommand):
    help = "Asks the registers about every open check; what is away is asked again by its chore."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        counted: Counter[str] = Counter()
        for approval_id in list(open_checks()):
            with suppress(NotYet):
                check_register(str(approval_id))
            approval = Approval.objects.get(pk=approval_id)
            decision = approval.decisions.filter(round=approval.round).first()
            counted[decision.outcome if decision else "unavailable"] += 1
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counted.items()))
        self.stdout.write(f"{sum(counted.values())} checks asked: {told or 'none'}")
