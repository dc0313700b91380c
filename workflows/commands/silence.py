"""What silence means (沉默): an authority that does not answer in time, an applicant who does not.

A stop whose told time is over ends here too.

Sources: Administrative Licensing Law 32-1-4 (no notice within five days: accepted from the day of receipt);
the item for advice, which it may declare given by silence. Silence never grants a licence.
"""

import logging
from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from people.errors import Refusal
from people.viewer import Viewer
from services.queries import definition_of
from workflows.commands.accepting import accept_locked
from workflows.commands.deciding import conclude_round
from workflows.commands.escalating import escalate, to_escalate
from workflows.commands.moving_on import move_on
from workflows.commands.owing import lapse_owed, overdue, remind, to_remind
from workflows.commands.records import (
    locked_approval,
    locked_approvals,
    locked_case,
    note,
    now,
    tell,
)
from workflows.commands.standing import end_stop
from workflows.commands.stopping import end_stops
from workflows.models import Approval, Case, ClockStop, Decision
from workflows.queries import reading_for, step_of

log = logging.getLogger(__name__)
AT_ONCE = 500  # ids that are read at a time


def sweep_silence(today: date | None = None) -> dict[str, int]:
    """Acts on every limit that passed in silence before `today`; {what: how many}. May run twice at once."""
    day = today or timezone.localdate()
    unanswered = Case.objects.filter(state="submitted", notice_due_on__lt=day)
    uncorrected = Case.objects.filter(state="correcting", correction_due_on__lt=day)
    silent = Approval.objects.filter(state="open", kind="advise", due_on__lt=day)
    over = ClockStop.objects.filter(ended_on=None, expected_until__lt=day).exclude(code="")
    return {
        "resumed": _each(over, _resume, day),
        "accepted": _each(unanswered, _accept, day),
        "lapsed": _each(uncorrected, _lapse, day),
        "consented": _each(silent, _consent, day),
        "escalated": _each(to_escalate(day), escalate, day),
        "reminded": _each(to_remind(day), remind, day),
        "not_supplied": _each(overdue(day), lapse_owed, day),
    }


def _each(
    rows: QuerySet[Case] | QuerySet[Approval] | QuerySet[ClockStop],
    act: Callable[[UUID, date], bool],
    day: date,
) -> int:
    """Acts on every row, one transaction each, in pages by id; returns on how many it had an effect.

    A row that cannot be acted on is told to the operators and tried again the next day; the others go on.
    """
    done, last = 0, UUID(int=0)
    while page := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        for identifier in page:
            try:
                with transaction.atomic():
                    done += act(identifier, day)
            except Refusal as refusal:
                log.error("silence.refused %s: %s", identifier, refusal.code)
        last = page[-1]
    return done


def _accept(case_id: UUID, day: date) -> bool:
    """Deemed accepted from the day of receipt; looked at again under the lock."""
    viewer = Viewer.system("no notice in time")
    case = locked_case(viewer, case_id)
    if case.state != "submitted" or case.notice_due_on is None or case.notice_due_on >= day:
        return False
    assert case.applied_at is not None
    applied = timezone.localtime(case.applied_at)
    note(case, "notice_missed", viewer, details={"basis": "行政许可法第三十二条第一款第四项"})
    accept_locked(case, definition_of(case.item_version), viewer, None, as_of=applied)
    return True


def _lapse(case_id: UUID, day: date) -> bool:
    """The corrections did not come in time; after a licence was decided only what is open ends, that stands."""
    viewer = Viewer.system("no corrections in time")
    case = locked_case(viewer, case_id)
    late = case.correction_due_on is not None and case.correction_due_on < day
    if case.state != "correcting" or not late:
        return False
    approvals = locked_approvals(case)
    for approval in approvals:
        if approval.state in {"waiting", "open"}:
            approval.cancel()
            approval.save(update_fields=["state"])
    if any(a.kind == "approve" and a.state == "decided" for a in approvals):
        definition = definition_of(case.item_version)
        case.go_on_without_corrections()
        case.corrections, case.correction_due_on = [], None
        case.save(update_fields=["state", "corrections", "correction_due_on"])
        end_stops(case, definition)
        note(case, "corrections_missed", viewer)
        move_on(case, definition, approvals, viewer)
        return True
    case.lapse()
    case.save(update_fields=["state"])
    note(case, "lapsed", viewer)
    tell(case, "case.lapsed")
    return True


def _resume(stop_id: UUID, day: date) -> bool:
    """The time that was told for a hearing, test or review is over: the days count again from its last day on."""
    viewer = Viewer.system("told time is over")
    found = ClockStop.objects.filter(pk=stop_id).values("case_id").first()
    if found is None:
        return False
    case = locked_case(viewer, found["case_id"])
    stop = ClockStop.objects.select_related("approval__department").get(pk=stop_id)
    stands = stop.approval.state == "open" if stop.approval else case.state == "suspended"
    if stop.ended_on is not None or stop.expected_until >= day or not stands:
        return False
    end_stop(case, stop, stop.expected_until, viewer)
    return True


def _consent(approval_id: UUID, day: date) -> bool:
    """Advice that the item declares given by silence; marked as deemed, distinct from a person's."""
    viewer = Viewer.system("no advice in time")
    case, approval, approvals = locked_approval(viewer, approval_id)
    definition = definition_of(case.item_version)
    step = step_of(definition, approval)
    late = approval.due_on is not None and approval.due_on < day
    if approval.state != "open" or not late or step.on_silence != "consent":
        return False
    decision = Decision.objects.create(
        approval=approval,
        round=approval.round,
        outcome="agree",
        reason="逾期未答复，按事项规定视为同意",
        basis=step.basis,
        reading_digest=reading_for(case, definition, step).digest,
        at=now(),
        source="silence",
    )
    conclude_round(case, definition, step, approval, decision, viewer)
    move_on(case, definition, approvals, viewer)
    return True
