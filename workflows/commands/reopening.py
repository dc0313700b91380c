"""Re-consultation (再征询): after a correction, who is asked again, who is no longer asked, whose answer stands."""

from collections.abc import Iterable, Sequence

from people.viewer import Viewer
from services.definition import Definition
from services.route import Step, active_steps, predecessors
from workflows.commands.accepting import add_approval, departments_of
from workflows.commands.moving_on import move_on, step_facts
from workflows.commands.records import locked_approvals, note
from workflows.models import Approval, Case, Decision
from workflows.queries import reading_for


def reconsult(
    case: Case, definition: Definition, approvals: Sequence[Approval], viewer: Viewer
) -> None:
    """Evaluates the route again on corrected answers of a locked case under review.

    A step whose reading changed since its decision, and every step after it, opens in a new round; steps no
    longer needed become void, new ones open, the others stand. A decided `approve` stands in any case: the
    notice could not touch what it read (intake.py).
    """
    active = active_steps(definition.route, case.answers)
    steps = {step.id: step for step in active}
    changed = {
        a.step for a in approvals if a.step in steps and _changed(case, definition, a, steps)
    }
    again = _with_followers(changed, definition, active)
    answered = _answered_without(case, definition, approvals, again)
    for approval in approvals:
        _judge(
            case,
            approval,
            needed=approval.step in steps and approval.step not in answered,
            again=approval.step in again,
            viewer=viewer,
        )
    have = {a.step for a in approvals}
    for step in active:
        if step.id not in have:
            for department in departments_of(step, case):
                add_approval(case, step, department)
    move_on(case, definition, locked_approvals(case), viewer)


def reopen_step(
    case: Case, definition: Definition, approvals: Sequence[Approval], step: Step, viewer: Viewer
) -> None:
    """Asks one step again in a new round; what follows it waits until it has answered."""
    again = {step.id} | steps_after(definition, case, step)
    for approval in approvals:
        if approval.step in again and approval.state != "void":
            _judge(case, approval, needed=True, again=True, viewer=viewer)
    move_on(case, definition, locked_approvals(case), viewer)


def steps_after(definition: Definition, case: Case, step: Step) -> set[str]:
    """Ids of the active steps that wait for a step, however far."""
    active = active_steps(definition.route, case.answers)
    return _with_followers({step.id}, definition, active) - {step.id}


def _answered_without(
    case: Case, definition: Definition, approvals: Sequence[Approval], again: set[str]
) -> set[str]:
    """Alternatives that stay void, because another of their group has matched and is not asked again."""
    facts = step_facts(case, definition, approvals)
    answered = {f.group for f in facts if f.group and f.outcome == "match" and f.id not in again}
    return {fact.id for fact in facts if fact.group in answered and fact.outcome == "void"}


def _changed(
    case: Case, definition: Definition, approval: Approval, steps: dict[str, Step]
) -> bool:
    """Whether what the approval's last decision read is no longer what it would read now."""
    if approval.state != "decided":
        return False
    decision = Decision.objects.get(approval=approval, round=approval.round)
    return decision.reading_digest != reading_for(case, definition, steps[approval.step]).digest


def _with_followers(
    changed: Iterable[str], definition: Definition, active: Sequence[Step]
) -> set[str]:
    """The changed steps and every active step that waits for one of them, however far."""
    again = set(changed)
    grown = True
    while grown:
        more = {
            step.id
            for step in active
            if step.id not in again and predecessors(definition.route, step, active) & again
        }
        again |= more
        grown = bool(more)
    return again


def _judge(case: Case, approval: Approval, *, needed: bool, again: bool, viewer: Viewer) -> None:
    """Moves one approval to where the corrected answers put it."""
    kind = ""
    if approval.kind == "approve" and approval.state == "decided":
        return
    if not needed and approval.state != "void":
        if approval.state == "decided":
            return
        approval.cancel()
        kind = "approval_void"
    elif needed and (approval.state == "void" or (again and approval.state == "decided")):
        approval.reopen()
        approval.round += 1
        approval.claimed_by = approval.claimed_at = approval.received_at = approval.decided_at = (
            None
        )
        approval.tries, approval.checked_at, approval.differs = 0, None, []
        approval.escalated_at = None
        kind = "approval_reopened"
    elif needed and again and approval.state == "open":
        approval.hold()
        kind = "approval_held"
    if kind:
        approval.save()
        note(case, kind, viewer, step=approval.step, department=approval.department)
