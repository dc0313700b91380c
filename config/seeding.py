"""How a seeded case is told: by the rooms' own commands, on past working days, under keys that never change.

The clock is moved here and nowhere else, so that no room needs to know of another clock than the real one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import time_machine
import uuid6
from django.utils import timezone

from people.commands.capacities import right_of
from people.errors import Refusal
from people.models import Account, CommandReceipt, Department, Officer, Session
from people.tokens import viewer_of_session
from people.viewer import Viewer
from workflows import commands
from workflows.clock import WorkingCalendar
from workflows.models import Approval, Case
from workflows.queries import reading_of

GOOD = {"approve": "approved", "inspect": "passed", "advise": "agree", "verify": "match"}


@dataclass
class Teller:
    """Tells one story; each command takes the next key of it, so that its case is found again."""

    story: str
    calendar: WorkingCalendar
    told: int = 0

    def key(self) -> str:
        """The next idempotency key."""
        self.told += 1
        return f"load_cases.{self.story}.{self.told}"

    @contextmanager
    def working_days_ago(self, days: int, hour: int) -> Iterator[None]:
        """What is done inside happens so many working days before today, from this hour on."""
        day = timezone.localdate()
        while days:
            day -= timedelta(days=1)
            days -= self.calendar.is_working(day)
        moment = timezone.make_aware(datetime.combine(day, time(hour)))
        with time_machine.travel(moment):
            vars(uuid6)["_last_v7_timestamp"] = (
                None  # else ids, which tell when, stay at the last one's time
            )
            yield

    def submit(self, viewer: Viewer, item: str, typed: Mapping[str, object]) -> Case:
        """Start, consent, type, submit."""
        case = commands.start_case(viewer=viewer, key=self.key(), item_code=item)
        case = commands.grant_use(viewer=viewer, key=self.key(), case_id=case.pk)
        case = commands.save_answers(
            viewer=viewer,
            key=self.key(),
            case_id=case.pk,
            revision=case.revision,
            answers=dict(typed),
        )
        return commands.submit_case(
            viewer=viewer, key=self.key(), case_id=case.pk, revision=case.revision
        )

    def accept(self, case: Case) -> Case:
        """An officer of the lead department accepts."""
        assert case.lead is not None
        return commands.accept_case(
            viewer=staff(case.lead, "officer"), key=self.key(), case_id=case.pk
        )

    def claim(self, approval: Approval) -> None:
        """An officer of its department takes it up."""
        viewer = staff(approval.department, "officer")
        commands.claim_approval(viewer=viewer, key=self.key(), approval_id=approval.pk)

    def decide(self, case: Case, step: str, outcome: str = "", reason: str = "") -> None:
        """Every department of a step claims, reads and decides, in the good way unless told otherwise."""
        rows = Approval.objects.select_related("department", "case__item_version")
        for approval in rows.filter(case=case, step=step).order_by("id"):
            self.claim(approval)
            commands.decide_approval(
                viewer=staff(approval.department, "officer"),
                key=self.key(),
                approval_id=approval.pk,
                outcome=outcome or GOOD[approval.kind],
                reason=reason,
                basis="",
                reading_digest=reading_of(rows.get(pk=approval.pk)).digest,
            )


def viewer_named(sign_in_name: str, acting_for: str = "") -> Viewer:
    """The viewer of a demo account, as signing in would make it; nobody else's session is touched."""
    account = Account.objects.get(sign_in_name=sign_in_name)
    right = right_of(account, acting_for)
    if isinstance(right, Refusal):
        raise right
    session = Session(
        account=account, acting_enterprise=right.enterprise, acting_department=right.department
    )
    viewer = viewer_of_session(session, "load_cases")
    assert viewer is not None
    return viewer


def staff(department: Department, role: str) -> Viewer:
    """Whoever holds a role in a department."""
    office = Officer.objects.select_related("account").filter(department=department, role=role)
    return viewer_named(office.order_by("id")[0].account.sign_in_name, f"office:{department.code}")


def told_cases() -> dict[str, UUID]:
    """{story: its case} of the stories that have been told."""
    rows = CommandReceipt.objects.filter(key__startswith="load_cases.", command="start_case")
    return {row.key.split(".")[1]: UUID(str(row.outcome["case"])) for row in rows}
