"""What a closed step sets going: the next steps open, the last one decides the case."""

from collections.abc import Sequence

from bus.outbox import post
from people.viewer import Viewer
from services.definition import Definition
from services.route import active_steps, predecessors
from workflows.commands.accepting import open_approval
from workflows.commands.filling import held_back
from workflows.commands.issuing import certificates_missing, issue_result
from workflows.commands.records import note, now, tell
from workflows.joins import StepFacts, cause_of, in_vain, openable, outcome_of_case
from workflows.models import Approval, Case, Decision

CLOSED = {"decided", "void"}


def step_facts(
    case: Case, definition: Definition, approvals: Sequence[Approval]
) -> list[StepFacts]:
    """The active steps of a case as joins.py judges them; a step closes with its last department."""
    last = {
        (d.approval_id, d.round): d.outcome
        for d in Decision.objects.filter(approval__in=[a.pk for a in approvals])
    }
    active = active_steps(definition.route, case.answers)
    facts = []
    for step in active:
        mine = [a for a in approvals if a.step == step.id]
        outcomes = {last[(a.pk, a.round)] for a in mine if a.state == "decided"}
        closed = bool(mine) and all(a.state in CLOSED for a in mine)
        bad = sorted(outcomes & {"failed", "denied", "disagree", "mismatch"})
        outcome = bad[0] if bad else next(iter(sorted(outcomes)), "void" if closed else "")
        waits = predecessors(definition.route, step, active)
        group = definition.route.alternatives(step)
        facts.append(StepFacts(step.id, step.kind, frozenset(waits), closed, outcome, group))
    return facts


def move_on(
    case: Case, definition: Definition, approvals: Sequence[Approval], viewer: Viewer
) -> None:
    """Opens what may start now, ends what is in vain, decides the case when nothing is open.

    Works on a locked case with its locked approvals; only a case under review moves.
    """
    if case.state != "reviewing":
        return
    steps = {step.id: step for step in definition.route.steps}
    facts = _cancel_in_vain(case, definition, approvals, viewer)
    ready = set(openable(facts)) - held_back(case, definition, facts)
    for approval in approvals:
        if approval.state == "waiting" and approval.step in ready:
            open_approval(case, approval, definition, steps[approval.step], viewer)
    outcome = outcome_of_case(facts, definition.route.join, definition.route.quorum)
    if outcome is not None:
        if outcome == "approved" and definition.route.join != "each":
            _issue_all(case, definition, approvals, facts, viewer)
        _decide_case(case, outcome, viewer)


def _cancel_in_vain(
    case: Case, definition: Definition, approvals: Sequence[Approval], viewer: Viewer
) -> list[StepFacts]:
    """Ends what nothing can come of, and then what only waited for that, until nothing more comes.

    Returns the steps as they stand then.
    """
    while True:
        facts = step_facts(case, definition, approvals)
        vain = set(in_vain(facts, definition.route.join))
        if not vain:
            return facts
        for approval in approvals:
            if approval.step in vain and approval.state not in CLOSED:
                _cancel(case, approval, viewer, cause_of(facts, approval.step))


def _cancel(case: Case, approval: Approval, viewer: Viewer, before: str) -> None:
    """Ends one approval, by the denied step `before` it or empty; a department with its letter is told."""
    if approval.state == "open":
        post(
            "approval.voided",
            subject=str(case.number),
            recipient=approval.department.code,
            data={"approval": str(approval.pk), "round": approval.round, "step": approval.step},
        )
    approval.cancel()
    approval.save(update_fields=["state"])
    kind, details = ("approval_in_vain", {"before": before}) if before else ("approval_void", {})
    department = approval.department
    note(case, kind, viewer, step=approval.step, department=department, details=details)


def _issue_all(
    case: Case,
    definition: Definition,
    approvals: Sequence[Approval],
    facts: Sequence[StepFacts],
    viewer: Viewer,
) -> None:
    """Under `all`, `any`, `quorum` and `veto` the results are issued together, when the case is approved."""
    granted = {fact.id for fact in facts if fact.kind == "approve" and fact.outcome == "approved"}
    steps = {step.id: step for step in definition.route.steps}
    for approval in approvals:
        if approval.step in granted and approval.result:
            issue_result(case, definition, steps[approval.step], approval, viewer)


def _decide_case(case: Case, outcome: str, viewer: Viewer) -> None:
    case.outcome, case.decided_at = outcome, now()
    case.decide()
    case.save(update_fields=["state", "outcome", "decided_at"])
    note(case, "decided", viewer, details={"outcome": outcome})
    tell(case, "case.decided", outcome=outcome)
    conclude_if_complete(case, viewer)


def conclude_if_complete(case: Case, viewer: Viewer) -> None:
    """办结: a decided, locked case whose granted results all have their sealed certificate."""
    if case.state != "decided" or certificates_missing(case):
        return
    case.concluded_at = now()
    case.conclude()
    case.save(update_fields=["state", "concluded_at"])
    note(case, "concluded", viewer, details={"outcome": case.outcome})
    tell(case, "case.concluded", outcome=case.outcome)
