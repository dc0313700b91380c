"""A department that does not answer in time, where the item wants its superiors told (逾期提请督办)."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from bus.outbox import post
from people.models import Officer
from people.queries import on_day
from people.viewer import Viewer
from services.queries import definition_of
from workflows.commands.records import locked_approval, note, now
from workflows.models import Approval
from workflows.queries import step_of

SUPERIORS = ("approver", "supervisor")


def to_escalate(day: date) -> QuerySet[Approval]:
    """Open approvals that were due before a day, whose superiors were not told in this round."""
    overdue = Approval.objects.filter(state="open", due_on__lt=day)
    return overdue.filter(silence="escalate", escalated_at=None)


def escalate(approval_id: UUID, day: date) -> bool:
    """Tells those who answer for the department, and for the lead, once a round; decides nothing."""
    viewer = Viewer.system("no answer in time")
    case, approval, _ = locked_approval(viewer, approval_id)
    late = approval.due_on is not None and approval.due_on < day
    if approval.state != "open" or not late or approval.escalated_at is not None:
        return False
    approval.escalated_at = now()
    approval.save(update_fields=["escalated_at"])
    step = step_of(definition_of(case.item_version), approval)
    note(case, "approval_escalated", viewer, step=step.id, department=approval.department)
    departments = {approval.department_id, case.lead_id} - {None}
    told = Officer.objects.filter(
        on_day(now().date()), department__in=departments, role__in=SUPERIORS
    )
    accounts = sorted({str(account) for account in told.values_list("account", flat=True)})
    data = {"approval": str(approval.pk), "step": step.id, "name": step.name}
    data_of_all = {**data, "round": approval.round, "accounts": accounts}
    post("approval.escalated", subject=str(case.number), data=data_of_all)
    return True
