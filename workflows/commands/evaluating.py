"""An evaluation (检测、专家评审、听证) and the clock that stands still for it, as the item's stop says.

Source: Administrative Licensing Law 45: its time is not counted, and how long it takes is told in writing.
"""

from datetime import date

from people.viewer import Viewer
from services.definition import Definition
from services.limits import StopRule
from services.route import Step
from workflows.clock import Stop, due_on
from workflows.commands.records import note, now, tell
from workflows.commands.stopping import set_days
from workflows.models import Approval, Case, ClockStop
from workflows.notices import issue_stop
from workflows.queries import calendar_from


def rule_for(definition: Definition, step: Step, approval: Approval) -> StopRule | None:
    """The stop that the opening of a step causes; each once, so a new round causes none."""
    rule = definition.stop(step.stop) if step.stop else None
    if rule is None or approval.stops.filter(code=rule.code).exists():
        return None
    return rule


def stands_until(rule: StopRule, today: date) -> date:
    """The last day that does not count: as long as the item allows."""
    last = due_on(today, rule.days, rule.kind, calendar_from(today))
    assert last is not None
    return last


def due_after(rule: StopRule | None, step: Step, today: date) -> date | None:
    """The last day of a step that opens today, the days of its stop not counted."""
    stops = [] if rule is None else [Stop(today, stands_until(rule, today))]
    return due_on(today, step.within.days, step.within.kind, calendar_from(today), stops)


def stand_still(
    case: Case, definition: Definition, approval: Approval, rule: StopRule, viewer: Viewer
) -> None:
    """Stops the clock of an approval that has just opened; told in writing."""
    today = now().date()
    stop = ClockStop.objects.create(
        case=case,
        approval=approval,
        code=rule.code,
        reason=rule.name,
        basis=rule.basis,
        started_on=today,
        expected_until=stands_until(rule, today),
    )
    set_days(case, definition)
    approval.due_on = None
    issue_stop(case, definition, stop)
    until = str(stop.expected_until)
    said = {"reason": stop.code, "until": until}
    department = approval.department
    note(case, "clock_stopped", viewer, step=approval.step, department=department, details=said)
    tell(case, "clock.stopped", reason=rule.name, until=until, step=approval.step)


def evaluated(case: Case, definition: Definition, approval: Approval, viewer: Viewer) -> None:
    """The evaluation has its result: the days of the case count again from tomorrow."""
    stop = approval.stops.filter(ended_on=None).exclude(code="").first()
    if stop is None:
        return
    stop.ended_on = now().date()
    stop.save(update_fields=["ended_on"])
    set_days(case, definition)
    said = {"reason": stop.code, "until": str(stop.expected_until)}
    department = approval.department
    note(case, "clock_resumed", viewer, step=approval.step, department=department, details=said)
    due = str(case.promised_on)
    tell(case, "clock.resumed", reason=stop.reason, due=due, step=approval.step)
