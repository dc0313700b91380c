"""Time that does not count (中止计时, 特别程序): a clock stands still for a reason that the item lists, and goes on.

Source: Administrative Licensing Law 45: hearings, tests, expert reviews are not counted, and how long they take
is told in writing. When that time is over, the days count again whether or not somebody says so.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from people.commands import once
from people.errors import Problem, Refusal, Refusals
from people.models import Department
from people.viewer import Viewer
from services.definition import Definition
from services.limits import StopRule
from services.queries import definition_of
from workflows.clock import due_on
from workflows.commands.records import (
    check_conflict,
    locked_approval,
    locked_case,
    note,
    now,
    tell,
)
from workflows.commands.stopping import set_days
from workflows.errors import illegal, missing
from workflows.models import Approval, Case, ClockStop
from workflows.notices import issue_stop
from workflows.queries import calendar_from

LEAD_ROLES = ("approver", "supervisor")  # of a whole case: whoever answers for the department
OWN_ROLES = ("officer", "approver", "supervisor")


def stop_clock(
    *,
    viewer: Viewer,
    key: str,
    reason_code: str,
    expected_until: date,
    case_id: UUID | None = None,
    approval_id: UUID | None = None,
) -> Case:
    """Stops the clock of one approval, or of the whole case, until a day that is told in writing.

    Only for a reason that the item lists, once each, for no longer than it allows; the other departments of a
    stopped approval go on working.
    """

    def act() -> dict[str, object]:
        case, approval = _subject(viewer, case_id, approval_id)
        definition = definition_of(case.item_version)
        rule = _rule(definition, reason_code)
        _check_stop(case, approval, rule)
        _check_until(rule, expected_until)
        stop = ClockStop.objects.create(
            case=case,
            approval=approval,
            code=rule.code,
            reason=rule.name,
            basis=rule.basis,
            started_on=now().date(),
            expected_until=expected_until,
        )
        if approval is None:
            case.suspend()
            case.save(update_fields=["state"])
        set_days(case, definition)
        issue_stop(case, definition, stop)
        step, department = _where(case, approval)
        note(case, "clock_stopped", viewer, step=step, department=department, details=_said(stop))
        tell(case, "clock.stopped", reason=rule.name, until=str(expected_until), step=step)
        return {"case": str(case.pk)}

    body: dict[str, object] = {"case_id": case_id, "approval_id": approval_id}
    body |= {"reason_code": reason_code, "expected_until": expected_until}
    outcome = once(viewer, key=key, command="stop_clock", body=body, act=act)
    return Case.objects.get(pk=UUID(str(outcome["case"])))


def resume_clock(
    *, viewer: Viewer, key: str, case_id: UUID | None = None, approval_id: UUID | None = None
) -> Case:
    """The hearing, test or review is over: the days count again from tomorrow, and new last days are told."""

    def act() -> dict[str, object]:
        case, approval = _subject(viewer, case_id, approval_id)
        running = case.stops.filter(approval=approval, ended_on=None).exclude(code="").first()
        if running is None:
            raise illegal("resume_clock", approval.state if approval else case.state)
        end_stop(case, running, now().date(), viewer)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "approval_id": approval_id}
    outcome = once(viewer, key=key, command="resume_clock", body=body, act=act)
    return Case.objects.get(pk=UUID(str(outcome["case"])))


def end_stop(case: Case, stop: ClockStop, last: date, viewer: Viewer) -> None:
    """Ends a running stop of a locked case with its last day that does not count."""
    stop.ended_on = last
    stop.save(update_fields=["ended_on"])
    if stop.approval is None:
        case.resume()
        case.save(update_fields=["state"])
    set_days(case, definition_of(case.item_version))
    step, department = _where(case, stop.approval)
    note(case, "clock_resumed", viewer, step=step, department=department, details=_said(stop))
    due = case.promised_on
    if stop.approval is not None:
        due = Approval.objects.values_list("due_on", flat=True).get(pk=stop.approval.pk)
    tell(case, "clock.resumed", reason=stop.reason, due=str(due), step=step)


def _subject(
    viewer: Viewer, case_id: UUID | None, approval_id: UUID | None
) -> tuple[Case, Approval | None]:
    """The locked case, and its approval when it is about one; only for those who may stop its clock."""
    if approval_id is not None:
        case, approval, _ = locked_approval(viewer, approval_id)
        if approval.department_id != viewer.department_id or not viewer.holds(*OWN_ROLES):
            raise Refusal("FORBIDDEN", field="approvalId", audited=True)
        check_conflict(case, viewer, "approvalId")
        return case, approval
    if case_id is None:
        raise Refusal("REQUIRED", field="case_id")
    case = locked_case(viewer, case_id)
    if case.lead_id != viewer.department_id or not viewer.holds(*LEAD_ROLES):
        raise Refusal("FORBIDDEN", field="caseId", audited=True)
    check_conflict(case, viewer, "caseId")
    return case, None


def _rule(definition: Definition, code: str) -> StopRule:
    rule = definition.stop(code)
    if rule is None:
        if not definition.stops:
            raise Refusal("STOP_NOT_ALLOWED", field="reason_code")
        allowed = "、".join(stop.code for stop in definition.stops)
        facts = {"allowed": allowed, **missing(code)}
        raise Refusals([Problem("INVALID_CHOICE", "reason_code", facts)])
    return rule


def _check_stop(case: Case, approval: Approval | None, rule: StopRule) -> None:
    """The case is under review, the approval open, nothing stands yet, and the reason was not used before."""
    if case.state != "reviewing":
        raise illegal("stop_clock", case.state)
    if approval is not None and approval.state != "open":
        raise illegal("stop_clock", approval.state)
    stops: Sequence[ClockStop] = list(case.stops.filter(approval=approval))
    if any(stop.ended_on is None for stop in stops):
        raise illegal("stop_clock", "suspended")
    if any(stop.code == rule.code for stop in stops):
        raise Refusal("STOP_USED", field="reason_code", name=rule.name)


def _check_until(rule: StopRule, until: date) -> None:
    """From tomorrow on, and no longer than the item allows from today."""
    today = now().date()
    first = today + timedelta(days=1)
    last = due_on(today, rule.days, rule.kind, calendar_from(today))
    assert last is not None
    if not first <= until <= last:
        raise Refusal("OUT_OF_RANGE", field="expected_until", minimum=str(first), maximum=str(last))


def _where(case: Case, approval: Approval | None) -> tuple[str, Department | None]:
    """The step and the department that a stop is about."""
    return (approval.step, approval.department) if approval else ("", case.lead)


def _said(stop: ClockStop) -> dict[str, object]:
    return {"reason": stop.code, "until": str(stop.expected_until)}
