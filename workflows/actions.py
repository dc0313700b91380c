"""What a viewer may do now with a case or an approval: the list that the halls show as buttons.

The commands judge again; this only keeps people from pressing what would be refused.
"""

from people.viewer import Viewer
from workflows.models import Approval, Case

APPLICANT = {
    "draft": ("save_answers", "grant_use", "submit_case", "withdraw_case"),
    "submitted": ("withdraw_case",),
    "correcting": ("answer_corrections", "grant_use", "withdraw_case"),
    "reviewing": ("withdraw_case",),
    "suspended": ("withdraw_case",),
}
LEAD = {
    "submitted": ("accept_case", "decline_case", "request_corrections"),
    "reviewing": ("request_corrections", "record_delivery"),
    "not_accepted": ("record_delivery",),
    "decided": ("record_delivery",),
    "concluded": ("record_delivery",),
}
LEAD_ROLES = ("officer", "counter", "approver", "supervisor")
SIGNING_ROLES = ("officer", "approver")


def allowed_actions(viewer: Viewer, case: Case, *, granted: bool = False) -> list[str]:
    """Names of commands on a visible case; `granted` says that a result was already granted."""
    if viewer.is_applicant:
        names = APPLICANT.get(case.state, ())
        late = {"withdraw_case"} if granted else set()
        if case.state == "correcting" and case.stage == "reviewing":
            late.add("grant_use")
        return [name for name in names if name not in late]
    if viewer.department_id is None or case.lead_id != viewer.department_id:
        return []
    if not viewer.holds(*LEAD_ROLES):
        return []
    told_once = case.correction_rounds > 0 and not viewer.holds("supervisor")
    return [
        name
        for name in LEAD.get(case.state, ())
        if not (told_once and name == "request_corrections")
    ]


def allowed_on_approval(viewer: Viewer, approval: Approval) -> list[str]:
    """Names of commands on a visible approval, whose case is loaded with it."""
    if approval.department_id != viewer.department_id or not viewer.holds(*SIGNING_ROLES):
        return []
    case = approval.case
    working = case.state == "reviewing" or (
        case.state == "correcting" and case.stage == "reviewing"
    )
    if approval.state != "open" or not working:
        return []
    names = ["claim_approval", "decide_approval"]
    if case.state == "reviewing":
        names.append("propose_corrections")
    return names[1:] if approval.claimed_by_id else names
