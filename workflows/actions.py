"""What a viewer may do now with a case or an approval: the list that the halls show as buttons.

The commands judge again; this only keeps people from pressing what would be refused.
"""

from people.viewer import Viewer
from services.queries import definition_of
from workflows.filed import has_files
from workflows.models import Approval, Case, Document
from workflows.queries import step_of

APPLICANT = {
    "draft": (
        "save_answers",
        "grant_use",
        "attach_file",
        "detach_file",
        "promise_material",
        "submit_case",
        "withdraw_case",
    ),
    "submitted": ("withdraw_case",),
    "correcting": (
        "answer_corrections",
        "grant_use",
        "attach_file",
        "detach_file",
        "withdraw_case",
    ),
    "reviewing": ("withdraw_case",),
    "suspended": ("withdraw_case",),
}
WITH_FILES = {"attach_file", "detach_file", "promise_material"}
LEAD = {
    "submitted": ("accept_case", "decline_case", "request_corrections"),
    "reviewing": ("request_corrections", "record_delivery"),
    "not_accepted": ("record_delivery",),
    "decided": ("record_delivery",),
    "concluded": ("record_delivery",),
}
ANSWERING = ("approver", "supervisor")  # who answers for the lead department
COLLECTED = {state for state, names in LEAD.items() if "record_delivery" in names}
LEAD_ROLES = ("officer", "counter", "approver", "supervisor")
SIGNING_ROLES = ("officer", "approver")


def allowed_actions(
    viewer: Viewer, case: Case, *, granted: bool = False, owes: bool = False
) -> list[str]:
    """Names of commands on a visible case.

    `granted` says that a result was already granted, `owes` that a promised material has not come.
    """
    if viewer.is_applicant:
        names = APPLICANT.get(case.state, ())
        if owes and "attach_file" not in names:
            names = ("attach_file", *names)
        late = {"withdraw_case"} if granted else set()
        if not has_files(definition_of(case.item_version)):
            late |= WITH_FILES
        if case.state == "correcting" and case.stage == "reviewing":
            late.add("grant_use")
        return [name for name in names if name not in late]
    if viewer.department_id is None or case.lead_id != viewer.department_id:
        hands_out = viewer.department_id is not None and case.collect_at_id == viewer.department_id
        return ["record_delivery"] if hands_out and case.state in COLLECTED else []
    if not viewer.holds(*LEAD_ROLES):
        return []
    definition = definition_of(case.item_version)
    longer = ("extend_case",) if definition.limits.extension and not case.extended_at else ()
    stand = ("stop_clock",) if definition.stops else ()
    more = {"reviewing": (*longer, *stand), "suspended": ("resume_clock",)}
    told_once = case.correction_rounds > 0 and not viewer.holds("supervisor")
    acts = [*LEAD.get(case.state, ())]
    if told_once and "request_corrections" in acts:
        acts.remove("request_corrections")
    return [*acts, *more.get(case.state, ())] if viewer.holds(*ANSWERING) else acts


def allowed_on_approval(viewer: Viewer, approval: Approval, *, stands: bool = False) -> list[str]:
    """Names of commands on a visible approval, whose case and holder are loaded; `stands`: its clock stands still."""
    case = approval.case
    working = case.state == "reviewing" or (
        case.state == "correcting" and case.stage == "reviewing"
    )
    if approval.department_id != viewer.department_id or approval.state != "open" or not working:
        return []
    holder = approval.claimed_by.account_id if approval.claimed_by else None
    answers = viewer.holds(*ANSWERING)
    names = []
    evaluates = stands and bool(step_of(definition_of(case.item_version), approval).stop)
    if viewer.holds(*SIGNING_ROLES) and (evaluates or not stands):
        free = holder in {None, viewer.account_id} or viewer.holds("approver")
        names += ["claim_approval"] if holder != viewer.account_id and free else []
        names += ["decide_approval"] if free or approval.opinions_needed > 1 else []
    if holder is not None and (holder == viewer.account_id or answers):
        names.append("release_claim")
    if case.state == "reviewing" and viewer.holds(*SIGNING_ROLES):
        names.append("propose_corrections")
    if stands:
        names.append("resume_clock")
    elif (
        case.state == "reviewing"
        and viewer.holds(*SIGNING_ROLES, *ANSWERING)
        and definition_of(case.item_version).stops
    ):
        names.append("stop_clock")
    return names


def may_void(viewer: Viewer, document: Document) -> bool:
    """Whether a viewer may void a visible paper: it is valid, and they answer for the department that issued it."""
    own = document.department_id == viewer.department_id
    return own and document.state == "issued" and viewer.holds(*ANSWERING)
