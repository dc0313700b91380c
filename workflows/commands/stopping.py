"""The days of a case and of its approvals: by when they are due, less the days that do not count."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from services.definition import Definition
from services.limits import Limit
from services.promise import promise_for
from services.route import Step
from workflows.clock import Stop, due_on
from workflows.commands.records import now
from workflows.models import Approval, Case, ClockStop
from workflows.queries import calendar_from, step_of

CORRECTIONS = "补正"


def set_limits(case: Case, definition: Definition) -> None:
    """Sets the promised and the statutory day of an accepted, locked case; None while the whole of it stands.

    A stop of one approval moves them when it is over: until then the other departments' days go on.
    """
    limits = definition.limits
    rows = [row for row in counted(case) if row.approval_id is None or row.ended_on is not None]
    case.promised_on = _last_day(case, definition, promise_for(definition, case.answers), rows)
    if limits.statutory is not None:
        case.statutory_on = _last_day(case, definition, limits.statutory, rows)


def counted(case: Case) -> list[ClockStop]:
    """The stops that move the days now: all but an open notice, whose days move when it is answered."""
    return list(case.stops.exclude(code="", ended_on=None))


def _last_day(
    case: Case, definition: Definition, limit: Limit, rows: Iterable[ClockStop]
) -> date | None:
    """The last day of a limit from acceptance on, with the extension that the case was given."""
    assert case.accepted_at is not None
    start = timezone.localtime(case.accepted_at).date()
    stops = [Stop(row.started_on, row.ended_on) for row in rows]
    last = due_on(start, limit.days, limit.kind, calendar_from(start), stops)
    return extended(case, definition, last, stops)


def extended(
    case: Case, definition: Definition, last: date | None, stops: Sequence[Stop]
) -> date | None:
    """The day with the extension of an extended case added; the day itself when there is none."""
    extension = definition.limits.extension
    if case.extended_at is None or extension is None or last is None:
        return last
    return due_on(last, extension.days, extension.kind, calendar_from(last), stops)


def approval_due(
    case: Case, definition: Definition, approval: Approval, step: Step, rows: Iterable[ClockStop]
) -> date | None:
    """The last day of an open approval: `within` from its opening, less stops of the case and its own.

    An extension of the case counts for the approvals that were open when it was given.
    """
    assert approval.opened_at is not None
    start = timezone.localtime(approval.opened_at).date()
    mine = [row for row in rows if row.approval_id in {None, approval.pk}]
    stops = [Stop(row.started_on, row.ended_on) for row in mine]
    due = due_on(start, step.within.days, step.within.kind, calendar_from(start), stops)
    if case.extended_at is None or approval.opened_at > case.extended_at:
        return due
    return extended(case, definition, due, stops)


def set_days(case: Case, definition: Definition) -> None:
    """Counts the days of an accepted, locked case anew, and those of its open approvals."""
    set_limits(case, definition)
    case.save(update_fields=["promised_on", "statutory_on"])
    rows = counted(case)
    for approval in Approval.objects.filter(case=case, state="open").order_by("id"):
        step = step_of(definition, approval)
        approval.due_on = approval_due(case, definition, approval, step, rows)
        approval.save(update_fields=["due_on"])


def stop_for_corrections(case: Case, definition: Definition) -> None:
    """From the notice on an accepted case's days do not count, where the item names a basis for that.

    The licensing law itself stops nothing after acceptance, so an item without a basis goes on counting. The
    days stay as told until the notice is answered.
    """
    if not definition.limits.correction.basis:
        return
    assert case.correction_due_on is not None
    ClockStop.objects.create(
        case=case,
        reason=CORRECTIONS,
        basis=definition.limits.correction.basis,
        started_on=now().date(),
        expected_until=case.correction_due_on,
    )


def end_stops(case: Case, definition: Definition) -> None:
    """The corrections came, or did not: the days count again from tomorrow."""
    case.stops.filter(approval=None, ended_on=None).update(ended_on=now().date())
    set_days(case, definition)


def end_stop_of(approval: Approval) -> None:
    """A stop of an approval ends with the round that it belonged to."""
    running = ClockStop.objects.filter(approval=approval, ended_on=None)
    running.update(ended_on=now().date())
