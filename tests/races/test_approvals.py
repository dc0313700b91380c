"""Departments, officers and applicants acting on one case at the same instant, on PostgreSQL (INV-06, 08, 09)."""

from uuid import UUID

import pytest

from bus.models import OutboxLetter
from ecert.models import Certificate
from keys.time_ordered import time_ordered_id
from tests.long_run import rounds
from tests.restaurant import accepted, approval_of, decide_step, draft, key
from tests.together import at_once
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, Decision, Opinion
from workflows.queries import reading_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def values(row) -> dict[str, object]:
    """The columns of a row."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def copies(case: Case, count: int) -> list[UUID]:
    """As many cases that stand exactly where this one stands; returns their ids."""
    case = Case.objects.get(pk=case.pk)
    approvals = list(Approval.objects.filter(case=case))
    decisions = list(Decision.objects.filter(approval__case=case))
    made: dict[type, list[object]] = {Case: [], Approval: [], Decision: []}
    for turn in range(count):
        number = f"{case.number}-{turn}" if case.number else None
        copy = Case(**values(case) | {"id": time_ordered_id(), "number": number})
        made[Case].append(copy)
        ids = {approval.pk: time_ordered_id() for approval in approvals}
        made[Approval] += [
            Approval(**values(a) | {"id": ids[a.pk], "case_id": copy.pk}) for a in approvals
        ]
        made[Decision] += [
            Decision(**values(d) | {"id": time_ordered_id(), "approval_id": ids[d.approval_id]})
            for d in decisions
        ]
    for kind, rows in made.items():
        kind.objects.bulk_create(rows)
    return [copy.pk for copy in made[Case]]


def answer(viewer, case_id, step, outcome, digest):
    """An officer's decision on a step of one department, to be run in a thread."""
    approval = Approval.objects.get(case_id=case_id, step=step)

    def act():
        return commands.decide_approval(
            viewer=viewer,
            key=key(),
            approval_id=approval.pk,
            outcome=outcome,
            reason="招牌遮挡消防救援窗" if outcome == "denied" else "",
            basis="",
            reading_digest=digest,
        ).state

    return act


def test_flt_49_two_officers_deciding_at_once_200_times_make_one_decision_each(city):
    case = accepted(city)
    digest = reading_of(approval_of(case, "signage")).digest
    officers = [city.officer("urban_management", role) for role in ("officer", "approver")]
    cases = copies(case, rounds(200))
    for turn, pk in enumerate(cases):
        outcomes = ("approved", "denied" if turn % 2 else "approved")
        acts = [
            answer(o, pk, "signage", said, digest)
            for o, said in zip(officers, outcomes, strict=True)
        ]
        assert sorted(at_once(*acts)) == ["ALREADY_DECIDED", "decided"]
    mine = Decision.objects.filter(approval__case__in=cases, approval__step="signage")
    assert mine.count() == Opinion.objects.filter(approval__case__in=cases).count() == len(cases)
    granted = mine.filter(outcome="approved").values("approval__case")
    assert Certificate.objects.filter(source_case__in=cases).count() == granted.count()


def test_flt_54_the_last_two_branches_at_once_200_times_decide_the_case_once(city):
    case = accepted(city)
    for step in ("survey", "food", "fire"):
        decide_step(city, case, step)
    digests = {s: reading_of(approval_of(case, s)).digest for s in ("signage", "waste")}
    signage, waste = city.officer("urban_management"), city.officer("ecology")
    cases = copies(case, rounds(200))
    for pk in cases:
        acts = (
            answer(signage, pk, "signage", "approved", digests["signage"]),
            answer(waste, pk, "waste", "agree", digests["waste"]),
        )
        assert at_once(*acts) == ["decided", "decided"]
    ended = Case.objects.filter(pk__in=cases)
    assert set(ended.values_list("state", "outcome")) == {("decided", "approved")}
    assert CaseEvent.objects.filter(case_id__in=cases, kind="decided").count() == len(cases)
    numbers = list(ended.values_list("number", flat=True))
    letters = OutboxLetter.objects.filter(topic="case.decided", subject__in=numbers)
    assert letters.count() == len(cases)
    assert Certificate.objects.filter(source_case__in=cases).count() == len(cases)
    seqs = CaseEvent.objects.filter(case_id=cases[0]).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, len(seqs) + 1))


def test_flt_52_withdrawal_against_decision_50_times_is_one_order_and_never_both(city):
    case = accepted(city)
    digest = reading_of(approval_of(case, "signage")).digest
    officer = city.officer("urban_management")
    for pk in copies(case, rounds(50)):

        def withdraw(pk=pk):
            return commands.withdraw_case(
                viewer=city.owner, key=key(), case_id=pk, reason="暂不开业"
            ).state

        said = at_once(withdraw, answer(officer, pk, "signage", "approved", digest))
        assert said in (["withdrawn", "ILLEGAL_TRANSITION"], ["ILLEGAL_TRANSITION", "decided"])
        granted = Certificate.objects.filter(source_case=pk).exists()
        assert granted == (Case.objects.get(pk=pk).state == "reviewing")


def test_inv_10_cases_submitted_at_once_never_share_a_number_and_leave_no_gap(city):
    case = draft(city)
    cases = copies(case, rounds(20) * 2)

    def submit(pk):
        return lambda: (
            commands.submit_case(
                viewer=city.owner, key=key(), case_id=pk, revision=case.revision
            ).state
        )

    for one, other in zip(cases[::2], cases[1::2], strict=True):
        assert at_once(submit(one), submit(other)) == ["submitted", "submitted"]
    drawn = Case.objects.filter(pk__in=cases).values_list("number", flat=True)
    serials = sorted(int(number[-4:]) for number in drawn)
    assert serials == list(range(serials[0], serials[0] + len(cases)))
