"""What a register says about an open check: one try noted, or the decision of the round in its name."""

from django.db import transaction

from bus.chores import ask
from people.viewer import Viewer
from registers.answer import MATCH, UNAVAILABLE, Answer
from services.definition import Definition
from services.queries import definition_of
from services.route import Step
from workflows.commands.deciding import conclude_round
from workflows.commands.moving_on import move_on
from workflows.commands.records import locked_approval, now, tell
from workflows.models import Approval, Case, Decision
from workflows.queries import reading_for, step_of
from workflows.registers import OpenCheck, differing_paths, is_working

REASONS = {"mismatch": "登记的内容与填报的不一致", "not_found": "登记库中没有查到"}


def record_check(*, check: OpenCheck, answer: Answer) -> bool:
    """Decides the round as the register says; True when it did.

    Nothing when an officer was first or the round is over; asked once more when what the register was asked
    about has changed meanwhile. UNAVAILABLE is one more try and leaves the approval open.
    """
    viewer = Viewer.system("data check")
    with transaction.atomic():
        case, approval, approvals = locked_approval(viewer, check.approval_id)
        is_asked = approval.state == "open" and approval.round == check.round
        if not is_asked or not is_working(case):
            return False
        definition = definition_of(case.item_version)
        step = step_of(definition, approval)
        is_stale = reading_for(case, definition, step).digest != check.reading_digest
        approval.tries += 1
        approval.checked_at = now()
        approval.differs = [] if is_stale else differing_paths(step, answer)
        approval.save(update_fields=["tries", "checked_at", "differs"])
        if is_stale:
            ask("check_register", str(approval.pk))
        if is_stale or answer.outcome == UNAVAILABLE:
            return False
        decision = _write_decision(definition, step, approval, check, answer)
        conclude_round(case, definition, step, approval, decision, viewer)
        _tell_mismatch(case, step, approval, answer)
        move_on(case, definition, approvals, viewer)
    return True


def _write_decision(
    definition: Definition, step: Step, approval: Approval, check: OpenCheck, answer: Answer
) -> Decision:
    """The one decision of the round; it names the fields that differ and no value."""
    labels = {field.path: field.label for field in definition.form.fields}
    differing = "、".join(labels[path] for path in differing_paths(step, answer))
    reason = REASONS.get(answer.outcome, "")
    return Decision.objects.create(
        approval=approval,
        round=approval.round,
        outcome=answer.outcome,
        reason=f"{reason}：{differing}" if differing else reason,
        basis=step.basis,
        reading_digest=check.reading_digest,
        at=now(),
        source="register",
    )


def _tell_mismatch(case: Case, step: Step, approval: Approval, answer: Answer) -> None:
    """The applicant hears at once of what they may object to; a mismatch itself denies nothing."""
    if answer.outcome != MATCH:
        tell(case, "check.mismatched", approval=str(approval.pk), name=step.name)
