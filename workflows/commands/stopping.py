"""The days of a case: by when it is promised and by law due, and the days of corrections that do not count."""

from django.utils import timezone

from services.definition import Definition
from workflows.clock import Stop, due_on
from workflows.commands.records import now
from workflows.models import Case, ClockStop
from workflows.queries import calendar_from

CORRECTIONS = "补正"


def set_limits(case: Case, definition: Definition) -> None:
    """Sets the promised and the statutory day of an accepted, locked case, leaving its stops out."""
    assert case.accepted_at is not None
    start = timezone.localtime(case.accepted_at).date()
    calendar, limits = calendar_from(start), definition.limits
    rows = case.stops.filter(approval=None)
    stops = [Stop(row.started_on, row.ended_on) for row in rows]
    case.promised_on = due_on(start, limits.promised.days, limits.promised.kind, calendar, stops)
    if limits.statutory is not None:
        case.statutory_on = due_on(
            start, limits.statutory.days, limits.statutory.kind, calendar, stops
        )


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
    set_limits(case, definition)
    case.save(update_fields=["promised_on", "statutory_on"])
