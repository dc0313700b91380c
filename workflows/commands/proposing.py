"""What departments propose before the one notice (补正意见): who is invited to look, and what each proposes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from people.commands import once
from people.errors import NotFound, Refusal
from people.models import Officer
from people.queries import office_of
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.commands.intake import checked_items
from workflows.commands.records import check_conflict, locked_case, note, now
from workflows.errors import illegal
from workflows.models import Approval, Case, Preview, Proposal
from workflows.previewing import offices_of_steps, steps_before_acceptance, visible_previews
from workflows.queries import step_of, visible_approvals

PROPOSING_ROLES = ("officer", "approver")


def invite_departments(case: Case, definition: Definition) -> None:
    """预审: the departments of a submitted, locked case may look at it and propose what is to be corrected.

    Those whose steps its answers call for, besides the lead; again after corrections, as the answers then are.
    """
    concerned = offices_of_steps(case, definition)
    wanted = {office.pk for _, offices in concerned for office in offices} - {case.lead_id}
    Preview.objects.filter(case=case).exclude(department__in=wanted).delete()
    rows = [Preview(case=case, department_id=pk) for pk in sorted(wanted)]
    Preview.objects.bulk_create(rows, ignore_conflicts=True)


def propose_corrections(
    *,
    viewer: Viewer,
    key: str,
    items: Sequence[Mapping[str, str]],
    case_id: UUID | None = None,
    approval_id: UUID | None = None,
) -> Proposal:
    """A department proposes what the one notice should ask for, as {field, message} items.

    Before acceptance by the case, afterwards by the case or its approval. Only fields that its own steps read;
    a later proposal takes the place of an earlier one that no notice has used. The lead department sends.
    """

    def act() -> dict[str, object]:
        case = _locked(viewer, case_id, approval_id)
        if not viewer.holds(*PROPOSING_ROLES):
            raise Refusal("FORBIDDEN", field="caseId", audited=True)
        officer = office_of(viewer, PROPOSING_ROLES)
        check_conflict(case, viewer, "caseId")
        if case.state not in {"submitted", "reviewing"}:
            raise illegal("propose_corrections", case.state)
        definition = definition_of(case.item_version)
        reads = _scopes(case, definition, officer)
        proposal = _proposed(case, officer, checked_items(case, definition, items, reads))
        note(
            case,
            "corrections_proposed",
            viewer,
            department=officer.department,
            details={"fields": sorted(item["field"] for item in items)},
        )
        return {"proposal": str(proposal.pk)}

    said = [dict(item) for item in items]
    body = {"case_id": case_id, "approval_id": approval_id, "items": said}
    outcome = once(viewer, key=key, command="propose_corrections", body=body, act=act)
    return Proposal.objects.select_related("department", "case__item_version").get(
        pk=str(outcome["proposal"])
    )


def _locked(viewer: Viewer, case_id: UUID | None, approval_id: UUID | None) -> Case:
    """The case of a preview, of an open approval, or one that the viewer leads; locked, or NOT_FOUND."""
    if approval_id is not None:
        mine = visible_approvals(viewer).filter(pk=approval_id).values("case_id").first()
        if mine is None:
            raise NotFound("approvalId", audited=True)
        case_id = mine["case_id"]
    if case_id is None:
        raise Refusal("REQUIRED", field="case_id")
    if visible_previews(viewer).filter(case=case_id).exists():
        return locked_case(Viewer.system("lock of a preview"), case_id)
    return locked_case(viewer, case_id)


def _scopes(case: Case, definition: Definition, officer: Officer) -> Sequence[str] | None:
    """What the department may speak about: all for the lead, else what its open steps read."""
    if case.lead_id == officer.department_id:
        return None
    if case.state == "submitted":
        steps = steps_before_acceptance(case, definition, officer.department)
    else:
        mine = Approval.objects.filter(case=case, department=officer.department_id, state="open")
        steps = [step_of(definition, approval) for approval in mine]
    if not steps:
        raise illegal("propose_corrections", "decided")
    return [scope for step in steps for scope in step.reads]


def _proposed(case: Case, officer: Officer, items: list[dict[str, str]]) -> Proposal:
    """The department's one open proposal, new or said anew."""
    open_one = Proposal.objects.filter(case=case, department=officer.department, used_at=None)
    proposal = open_one.first() or Proposal(case=case, department=officer.department)
    proposal.officer, proposal.items, proposal.at = officer, items, now()
    proposal.save()
    return proposal
