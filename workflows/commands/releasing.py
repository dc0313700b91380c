"""Letting go of a task (放弃领办): its holder frees it for the colleagues, or whoever answers for the department."""

from uuid import UUID

from people.commands import once
from people.errors import Refusal
from people.viewer import Viewer
from workflows.commands.deciding import holder_of
from workflows.commands.records import locked_approval, note
from workflows.errors import illegal
from workflows.models import Approval

OVER_OTHERS = ("approver", "supervisor")


def release_claim(*, viewer: Viewer, key: str, approval_id: UUID) -> Approval:
    """Frees a claimed, open approval; a colleague's only by an approver or supervisor of the department."""

    def act() -> dict[str, object]:
        case, approval, _ = locked_approval(viewer, approval_id)
        holder = holder_of(approval)
        mine = approval.department_id == viewer.department_id
        if not mine or not (holder == viewer.account_id or viewer.holds(*OVER_OTHERS)):
            raise Refusal("FORBIDDEN", field="approvalId", audited=True)
        if approval.state != "open":
            raise illegal("release_claim", approval.state)
        if holder is None:
            raise Refusal("NOT_CLAIMED", field="approvalId")
        approval.claimed_by = approval.claimed_at = None
        approval.save(update_fields=["claimed_by", "claimed_at"])
        department = approval.department
        note(case, "claim_released", viewer, step=approval.step, department=department)
        return {"approval": str(approval.pk)}

    once(viewer, key=key, command="release_claim", body={"approval_id": approval_id}, act=act)
    return Approval.objects.get(pk=approval_id)
