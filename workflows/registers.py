"""Which approvals wait for a register (数据核验), what each asks it, and what its answer means for the form."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from registers.answer import Answer, Question
from services.answers import value_at
from services.check_rules import SUBJECT
from services.queries import definition_of
from services.route import Step
from workflows.models import Approval, Case, Objection
from workflows.queries import DEFINITION, reading_for, step_of

OBJECTIONABLE = {"mismatch", "not_found"}


@dataclass(frozen=True)
class OpenCheck:
    """One question to a register, and the round and reading that it was asked for."""

    approval_id: UUID
    round: int
    reading_digest: str
    question: Question


def is_for_register(step: Step, approval: Approval) -> bool:
    """Whether data answers this round; one that an objection opened is answered by an officer."""
    if not step.register:
        return False
    return not Objection.objects.filter(approval=approval, round=approval.round).exists()


def open_check(approval_id: UUID) -> OpenCheck | None:
    """What to ask for an approval now; None when nothing is to be asked any more."""
    rows = Approval.objects.select_related("department", "case__item_version")
    approval = rows.defer(f"case__{DEFINITION}").filter(pk=approval_id, state="open").first()
    if approval is None or not is_working(approval.case):
        return None
    definition = definition_of(approval.case.item_version)
    step = step_of(definition, approval)
    if not is_for_register(step, approval):
        return None
    digest = reading_for(approval.case, definition, step).digest
    return OpenCheck(approval.pk, approval.round, digest, question_of(step, approval.case))


def open_checks() -> Iterator[UUID]:
    """Ids of the open approvals that a register is to answer, the oldest first (reconciling)."""
    rows = Approval.objects.filter(state="open", kind="verify").order_by("pk")
    for approval_id in rows.values_list("pk", flat=True):
        if open_check(approval_id) is not None:
            yield approval_id


def question_of(step: Step, case: Case) -> Question:
    """The question of a step: the values of its declared fields, which its department may all see."""
    facts = {name: value_at(case.answers, path) for name, path in step.asks.items()}
    subject = str(facts.pop(SUBJECT))
    return Question(step.register, subject, facts)


def differing_paths(step: Step, answer: Answer) -> list[str]:
    """The form's paths of the facts that differ."""
    return [step.asks[name] for name in answer.differs if name in step.asks]


def is_working(case: Case) -> bool:
    """Whether departments work on a case: under review, also while corrections are awaited."""
    return case.state == "reviewing" or (case.state == "correcting" and case.stage == "reviewing")


def objectionable(case: Case) -> set[UUID]:
    """Ids of the approvals of a case to whose check the applicant may object now (objecting.py)."""
    if case.state != "reviewing":
        return set()
    rows = case.approvals.filter(kind="verify", objections=None).prefetch_related("decisions")
    definition = definition_of(case.item_version)
    last = {
        row.pk: one
        for row in rows
        for one in row.decisions.all()
        if one.round == row.round and row.state == "decided"
    }
    matched = {
        definition.route.alternatives(step_of(definition, row))
        for row in rows
        if row.pk in last and last[row.pk].outcome == "match"
    } - {""}
    return {
        row.pk
        for row in rows
        if row.pk in last
        and last[row.pk].source == "register"
        and last[row.pk].outcome in OBJECTIONABLE
        and definition.route.alternatives(step_of(definition, row)) not in matched
    }
