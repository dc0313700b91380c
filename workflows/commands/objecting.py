"""The applicant's objection (异议) to what a register said: an officer of its department looks again, by hand."""

from collections.abc import Sequence
from uuid import UUID

from people.commands import once
from people.errors import Refusal
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from services.route import Step
from workflows.commands.moving_on import step_facts
from workflows.commands.records import locked_approval, note, now, tell, words
from workflows.commands.reopening import reopen_step, steps_after
from workflows.errors import illegal
from workflows.models import Approval, Case, Decision, Objection
from workflows.queries import step_of
from workflows.registers import OBJECTIONABLE

MOST_REASON = 1000  # characters


def object_to_mismatch(*, viewer: Viewer, key: str, approval_id: UUID, reason: str) -> Approval:
    """Opens a new round of a check that a register did not confirm; only an officer can answer it.

    Once a check, while the case is under review and nothing that follows the check is decided. Refusals:
    NOTHING_TO_OBJECT, OBJECTION_DECIDED, OBJECTION_NOT_NEEDED, ILLEGAL_TRANSITION, REASON_REQUIRED.
    """

    def act() -> dict[str, object]:
        if not viewer.is_applicant or viewer.account_id is None:
            raise Refusal("FORBIDDEN", field="approvalId", audited=True)
        case, approval, approvals = locked_approval(viewer, approval_id)
        definition = definition_of(case.item_version)
        step = step_of(definition, approval)
        _judge(case, approval)
        _judge_neighbours(case, definition, step, approvals)
        if len(reason.strip()) < 2:
            raise Refusal("REASON_REQUIRED", field="reason")
        Objection.objects.create(
            approval=approval,
            round=approval.round + 1,
            reason=words(reason, "reason", most=MOST_REASON),
            account_id=viewer.account_id,
            at=now(),
        )
        note(
            case, "mismatch_objected", viewer, step=step.id
        )  # the applicant's act, no department's
        tell(case, "check.objected", approval=str(approval.pk), name=step.name)
        reopen_step(case, definition, approvals, step, viewer)
        return {"approval": str(approval.pk)}

    body = {"approval_id": approval_id, "reason": reason}
    once(viewer, key=key, command="object_to_mismatch", body=body, act=act)
    return Approval.objects.get(pk=approval_id)


def _judge(case: Case, approval: Approval) -> None:
    """Whether this round ended with something to object to, and the case is still open for it."""
    if case.state != "reviewing":
        raise illegal("object_to_mismatch", case.state)
    if Objection.objects.filter(approval=approval).exists():
        raise Refusal("OBJECTION_DECIDED", field="approvalId")
    decision = Decision.objects.filter(approval=approval, round=approval.round).first()
    if decision is None or decision.source != "register" or decision.outcome not in OBJECTIONABLE:
        raise Refusal("NOTHING_TO_OBJECT", field="approvalId")


def _judge_neighbours(
    case: Case, definition: Definition, step: Step, approvals: Sequence[Approval]
) -> None:
    """A decision that followed stands; beside an alternative that matched nothing is to be gained."""
    after = steps_after(definition, case, step)
    if any(a.kind == "approve" and a.state == "decided" and a.step in after for a in approvals):
        raise illegal("object_to_mismatch", "decided")
    group = definition.route.alternatives(step)
    facts = step_facts(case, definition, approvals)
    if group and any(fact.group == group and fact.outcome == "match" for fact in facts):
        raise Refusal("OBJECTION_NOT_NEEDED", field="approvalId")
