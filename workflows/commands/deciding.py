"""Deciding (审批): claim, opinion, the one decision of a round, and what follows from it."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from people.commands import once
from people.errors import Problem, Refusal, Refusals
from people.models import Officer
from people.queries import office_of
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from services.route import Step
from workflows.commands.evaluating import evaluated
from workflows.commands.issuing import issue_result
from workflows.commands.moving_on import move_on
from workflows.commands.promising import check_not_owed
from workflows.commands.records import check_conflict, locked_approval, note, now, tell, words
from workflows.documents import issue_decision
from workflows.errors import already_checked, already_decided, illegal, missing, stale
from workflows.models import Approval, Case, Decision, Opinion
from workflows.queries import reading_for, step_of
from workflows.reading import covers

OUTCOMES = {
    "approve": ("approved", "denied"),
    "verify": ("match", "mismatch", "not_found", "unavailable"),
    "advise": ("agree", "disagree", "agree_forward"),
    "inspect": ("passed", "failed"),
    "evaluate": ("passed", "failed"),
    "issue": ("approved",),
}
NEED_REASON = {"denied", "disagree", "failed", "mismatch"}
SIGNING_ROLES = ("officer", "approver")
MOST_REASON = 2000  # characters
MOST_FINDINGS = 100


def claim_approval(*, viewer: Viewer, key: str, approval_id: UUID) -> Approval:
    """认领: says who works on it, so that colleagues do not read the same file twice.

    An approver may take over what a colleague has claimed.
    """

    def act() -> dict[str, object]:
        case, approval, _ = locked_approval(viewer, approval_id)
        officer = _signing_officer(viewer)
        _check_open(case, approval)
        holder = holder_of(approval)
        if holder not in {None, viewer.account_id} and not viewer.holds("approver"):
            raise Refusal("ALREADY_CLAIMED", field="approvalId")
        if holder != viewer.account_id:
            approval.claimed_by, approval.claimed_at = officer, now()
            approval.save(update_fields=["claimed_by", "claimed_at"])
            note(
                case, "approval_claimed", viewer, step=approval.step, department=approval.department
            )
        return {"approval": str(approval.pk)}

    once(viewer, key=key, command="claim_approval", body={"approval_id": approval_id}, act=act)
    return Approval.objects.get(pk=approval_id)


def decide_approval(
    *,
    viewer: Viewer,
    key: str,
    approval_id: UUID,
    outcome: str,
    reason: str,
    basis: str,
    reading_digest: str,
    findings: Sequence[str] = (),
) -> Approval:
    """An officer's opinion; the last one needed writes the decision, issues what it grants and moves the case.

    `reading_digest` is that of the reading the officer saw: anything changed since is STALE_VERSION.
    """

    def act() -> dict[str, object]:
        case, approval, approvals = locked_approval(viewer, approval_id)
        officer = _signing_officer(viewer)
        _check_act(case, approval, viewer, outcome, reason)
        definition = definition_of(case.item_version)
        step = step_of(definition, approval)
        _check_not_in_notice(case, step)
        _check_reading(case, definition, step, reading_digest)
        check_not_owed(case, definition, step, outcome)
        opinion = _give_opinion(approval, officer, outcome, reason)
        if not _is_agreed(approval, outcome):
            note(case, "opinion_given", viewer, step=step.id, department=approval.department)
            return {"approval": str(approval.pk), "decided": False}
        decision = _write_decision(
            approval,
            opinion,
            words(basis, "basis", most=500) or step.basis,
            reading_digest,
            _listed(findings),
        )
        conclude_round(case, definition, step, approval, decision, viewer)
        move_on(case, definition, approvals, viewer)
        return {"approval": str(approval.pk), "decided": True}

    said = {"outcome": outcome, "reason": reason, "basis": basis, "findings": list(findings)}
    body = {"approval_id": approval_id, "reading_digest": reading_digest, **said}
    once(viewer, key=key, command="decide_approval", body=body, act=act)
    return Approval.objects.get(pk=approval_id)


def _check_reading(case: Case, definition: Definition, step: Step, digest: str) -> None:
    if reading_for(case, definition, step).digest != digest:
        raise stale("readingDigest")


def _is_agreed(approval: Approval, outcome: str) -> bool:
    """Whether as many officers as the step needs are of this opinion in this round."""
    alike = Opinion.objects.filter(approval=approval, round=approval.round, outcome=outcome)
    return alike.count() >= approval.opinions_needed


def _write_decision(
    approval: Approval, opinion: Opinion, basis: str, digest: str, findings: list[str]
) -> Decision:
    """The one decision of the round, in the words of the opinion that completed it."""
    return Decision.objects.create(
        approval=approval,
        round=approval.round,
        outcome=opinion.outcome,
        reason=opinion.reason,
        basis=basis,
        findings=findings,
        officer=opinion.officer,
        reading_digest=digest,
        at=opinion.at,
    )


def _listed(findings: Sequence[str]) -> list[str]:
    """An inspection's rectification list (整改清单) without empty lines."""
    if len(findings) > MOST_FINDINGS:
        raise Refusal("TOO_LONG", field="findings", most=MOST_FINDINGS)
    listed = [words(text, "findings", most=500) for text in findings]
    return [text for text in listed if text]


def conclude_round(
    case: Case,
    definition: Definition,
    step: Step,
    approval: Approval,
    decision: Decision,
    viewer: Viewer,
) -> None:
    """Writes what follows from a decision on its own approval: state, document, certificate, event, letter."""
    approval.decide()
    approval.decided_at = decision.at
    approval.save(update_fields=["state", "decided_at"])
    if step.stop:
        evaluated(case, definition, approval, viewer)
    if step.kind == "approve":
        issue_decision(case, definition, step, approval, decision)
    if decision.outcome == "approved" and step.result and definition.route.join == "each":
        issue_result(case, definition, step, approval, viewer)
    details = {"outcome": decision.outcome, "source": decision.source}
    note(
        case,
        "approval_decided",
        viewer,
        step=step.id,
        department=approval.department,
        details=details,
    )
    tell(case, "approval.decided", approval=str(approval.pk), step=step.id, **details)


def _signing_officer(viewer: Viewer) -> Officer:
    """The officer as of today; a counter clerk or a supervisor never decides (house rule, INV-07)."""
    if not viewer.holds(*SIGNING_ROLES):
        raise Refusal("FORBIDDEN", field="approvalId", audited=True)
    return office_of(viewer, SIGNING_ROLES)


def _check_act(case: Case, approval: Approval, viewer: Viewer, outcome: str, reason: str) -> None:
    """Whether this officer may now answer so: open, no conflict, known words, reasons where needed."""
    _check_open(case, approval)
    check_conflict(case, viewer, "approvalId")
    _check_holder(approval, viewer)
    _check_words(approval, outcome, reason)


def holder_of(approval: Approval) -> UUID | None:
    """The account that has claimed an approval, whatever its role."""
    if approval.claimed_by_id is None:
        return None
    return Officer.objects.values_list("account_id", flat=True).get(pk=approval.claimed_by_id)


def _check_holder(approval: Approval, viewer: Viewer) -> None:
    """Whoever claimed it decides it, or an approver; others once the holder has given an opinion (ATK-38)."""
    holder = holder_of(approval)
    if holder in {None, viewer.account_id} or viewer.holds("approver"):
        return
    given = Opinion.objects.filter(approval=approval, round=approval.round)
    if not given.filter(officer__account=holder).exists():
        raise Refusal("ALREADY_CLAIMED", field="approvalId", audited=True)


def _check_open(case: Case, approval: Approval) -> None:
    if approval.state == "decided":
        decision = approval.decisions.select_related("officer").order_by("-round").first()
        assert decision is not None
        if decision.source == "register":
            raise already_checked(decision.at.isoformat(timespec="minutes"))
        name = decision.officer.name if decision.officer else ""
        raise already_decided(decision.outcome, name, decision.at.isoformat(timespec="minutes"))
    working = case.state == "reviewing" or (
        case.state == "correcting" and case.stage == "reviewing"
    )
    if approval.state != "open" or not working:
        raise illegal("decide_approval", approval.state if working else case.state)
    stands = approval.due_on is None and approval.stops.filter(ended_on=None).exists()
    if stands and not step_of(definition_of(case.item_version), approval).stop:
        raise illegal("decide_approval", "suspended")


def _check_not_in_notice(case: Case, step: Step) -> None:
    """An approve step waits for the corrections of what it reads: its decision stands whatever they say."""
    asked = [str(item["field"]) for item in case.corrections] if case.state == "correcting" else []
    if step.kind == "approve" and any(covers(step.reads, path) for path in asked):
        raise illegal("decide_approval", case.state)


def _check_words(approval: Approval, outcome: str, reason: str) -> None:
    problems = []
    if outcome not in OUTCOMES[approval.kind]:
        allowed = "、".join(OUTCOMES[approval.kind])
        problems.append(
            Problem("INVALID_CHOICE", "outcome", {"allowed": allowed, **missing(outcome)})
        )
    if outcome in NEED_REASON and len(reason.strip()) < 2:
        problems.append(Problem("REASON_REQUIRED", "reason"))
    if len(reason) > MOST_REASON:
        problems.append(Problem("TOO_LONG", "reason", {"most": MOST_REASON}))
    if problems:
        raise Refusals(problems)


def _give_opinion(approval: Approval, officer: Officer, outcome: str, reason: str) -> Opinion:
    """One vote of one person in a round, whatever roles or accounts they have (four eyes, ATK-39)."""
    same = Q(officer__account=officer.account_id)
    if officer.account.person_id is not None:
        same |= Q(officer__account__person=officer.account.person_id)
    if Opinion.objects.filter(same, approval=approval, round=approval.round).exists():
        raise Refusal("FOUR_EYES", field="approvalId", audited=True)
    return Opinion.objects.create(
        approval=approval,
        round=approval.round,
        officer=officer,
        outcome=outcome,
        reason=words(reason, "reason", most=MOST_REASON),
        at=now(),
    )
