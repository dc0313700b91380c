"""Deciding: by whom, on what, with which words, and once."""

from dataclasses import replace
from uuid import uuid4

import pytest

from ecert.commands import revoke_certificate
from ecert.models import Certificate
from people.models import AuditRecord
from tests.restaurant import accepted, approval_of, decide, decide_step, key, reload
from tests.unchanged import refused
from workflows import commands
from workflows.models import Approval, CaseEvent, Decision, Opinion
from workflows.queries import reading_of, visible_approvals, visible_cases, worklist

pytestmark = pytest.mark.django_db


def test_decide_approval_writes_one_decision_on_the_reading_the_officer_saw(items):
    case = accepted(items)
    approval = approval_of(case, "signage")
    digest = reading_of(approval).digest
    decide(items.officer("urban_management"), approval)
    decision = Decision.objects.get(approval=approval)
    assert (decision.outcome, decision.reading_digest) == ("approved", digest)
    assert "市容" in decision.basis
    assert Opinion.objects.get(approval=approval).officer == decision.officer


def test_inv_06_deciding_twice_is_refused_with_who_and_what(items):
    case = accepted(items)
    decide_step(items, case, "signage")
    approval = approval_of(case, "signage")
    with refused("ALREADY_DECIDED") as told:
        decide(items.officer("urban_management", "approver"), approval, "denied", "不同意")
    assert told[0].problems[0].params["outcome"] == "approved"
    assert told[0].problems[0].params["officer"]


def test_the_same_decision_sent_again_with_its_key_is_the_same_answer(items):
    approval = approval_of(accepted(items), "signage")
    given = {
        "viewer": items.officer("urban_management"),
        "key": key(),
        "approval_id": approval.pk,
        "outcome": "approved",
        "reason": "",
        "basis": "",
        "reading_digest": reading_of(approval).digest,
    }
    commands.decide_approval(**given)
    assert commands.decide_approval(**given).state == "decided"
    assert Decision.objects.filter(approval=approval).count() == 1
    with refused("IDEMPOTENCY_CONFLICT"):
        commands.decide_approval(**{**given, "outcome": "denied", "reason": "改主意"})


def test_atk_36_deciding_for_another_department_is_not_found_and_audited(items):
    approval = approval_of(accepted(items), "signage")
    for pk in (approval.pk, uuid4()):
        with refused("NOT_FOUND", "approvalId"):
            commands.decide_approval(
                viewer=items.officer("fire"),
                key=key(),
                approval_id=pk,
                outcome="denied",
                reason="越权",
                basis="",
                reading_digest="",
            )
    assert AuditRecord.objects.filter(action="decide_approval", outcome="NOT_FOUND").count() == 2


def test_a_department_sees_only_what_its_step_declares(items):
    case = accepted(items)
    reading = reading_of(approval_of(case, "waste"))
    sections = {path.split(".")[0] for path in reading.data["values"]}
    assert sections == {"enterprise", "premises", "business", "waste"}
    assert "representative.id_number" not in reading.data["values"]
    assert "enterprise.credit_code" not in reading.data["values"]
    food = reading_of(approval_of(case, "food")).data["values"]
    assert "representative.id_number" in food
    assert not any(path.startswith("waste") for path in food)


def test_inv_19_departments_and_strangers_see_no_other_departments_work(items):
    case = accepted(items)
    assert {a.step for a in worklist(items.officer("ecology"))} == {"waste"}
    assert not visible_cases(items.officer("health")).filter(pk=case.pk).exists()
    assert not visible_approvals(items.stranger).exists()
    assert not visible_cases(items.neighbour).exists()
    assert visible_cases(items.owner).filter(pk=case.pk).exists()
    assert visible_cases(items.agent).filter(pk=case.pk).exists()


@pytest.mark.parametrize("reason", ["", " ", "否"])
def test_bad_61_a_denial_needs_its_reason(items, reason):
    approval = approval_of(accepted(items), "signage")
    with refused("REASON_REQUIRED", "reason"):
        commands.decide_approval(
            viewer=items.officer("urban_management"),
            key=key(),
            approval_id=approval.pk,
            outcome="denied",
            reason=reason,
            basis="",
            reading_digest=reading_of(approval).digest,
        )


def test_bad_61_a_reason_of_ten_thousand_characters_is_too_long(items):
    approval = approval_of(accepted(items), "signage")
    with refused("TOO_LONG", "reason"):
        decide(items.officer("urban_management"), approval, "denied", "长" * 10_000)


def test_an_answer_that_the_kind_of_step_does_not_know_is_refused(items):
    approval = approval_of(accepted(items), "waste")
    with refused("INVALID_CHOICE", "outcome"):
        decide(items.officer("ecology"), approval, "approved")


@pytest.mark.parametrize("role", ["counter", "supervisor"])
def test_inv_07_a_counter_clerk_or_supervisor_never_decides(items, role):
    approval = approval_of(accepted(items), "survey", "market_regulation")
    with refused("FORBIDDEN", "approvalId"):
        decide(items.officer("market_regulation", role), approval)


def test_flt_53_an_office_that_ended_decides_no_more(items):
    approval = approval_of(accepted(items), "signage")
    viewer = items.officer("urban_management")
    gone = replace(viewer, officer_id=uuid4())
    with refused("FORBIDDEN"):
        decide(gone, approval)


def test_atk_37_nobody_decides_the_case_of_an_enterprise_they_represent(items):
    approval = approval_of(accepted(items), "signage")
    conflicted = replace(items.officer("urban_management"), person_id=items.owner.person_id)
    with refused("CONFLICT_OF_INTEREST"):
        decide(conflicted, approval)


def test_atk_39_where_two_opinions_are_needed_one_officer_gives_only_one(items):
    approval = approval_of(accepted(items), "signage")
    Approval.objects.filter(pk=approval.pk).update(opinions_needed=2)
    officer = items.officer("urban_management")
    decide(officer, approval)
    assert approval_of(approval.case, "signage").state == "open"
    with refused("FOUR_EYES"):
        decide(officer, approval)
    decide(items.officer("urban_management", "approver"), approval)
    assert approval_of(approval.case, "signage").state == "decided"
    assert Decision.objects.filter(approval=approval).count() == 1


def test_claim_approval_says_who_works_on_it_and_a_colleague_cannot_take_it(items):
    approval = approval_of(accepted(items), "signage")
    officer = items.officer("urban_management")
    claimed = commands.claim_approval(viewer=officer, key=key(), approval_id=approval.pk)
    assert claimed.claimed_by_id == officer.officer_id
    with refused("ALREADY_CLAIMED"):
        commands.claim_approval(
            viewer=items.officer("urban_management", "approver"), key=key(), approval_id=approval.pk
        )


def test_a_certificate_revoked_meanwhile_makes_the_reading_stale(items):
    case = accepted(items)
    approval = approval_of(case, "survey", "fire")
    digest = reading_of(approval).digest
    deed = Certificate.objects.get(pk=case.provenance["premises.area"]["certificate_id"])
    revoke_certificate(
        viewer=items.officer("natural_resources", "approver"),
        key=key(),
        certificate_id=deed.pk,
        reason="登记错误",
    )
    with refused("STALE_VERSION", "readingDigest"):
        decide(items.officer("fire"), approval, digest=digest)


def test_a_joint_inspection_closes_with_its_last_department(items):
    case = accepted(items)
    decide(items.officer("fire"), approval_of(case, "survey", "fire"), "failed", "疏散门宽度不足")
    assert approval_of(case, "food").state == "waiting"
    decide(items.officer("market_regulation"), approval_of(case, "survey", "market_regulation"))
    assert approval_of(case, "food").state == "open"
    assert approval_of(case, "fire").state == "open"


def test_flt_52_a_withdrawn_case_is_decided_no_more(items):
    case = accepted(items)
    approval = approval_of(case, "signage")
    commands.withdraw_case(viewer=items.owner, key=key(), case_id=case.pk, reason="不办了")
    with refused("ILLEGAL_TRANSITION"):
        decide(items.officer("urban_management"), approval)


def test_inv_31_events_hold_names_of_fields_and_no_values(items):
    case = accepted(items)
    decide_step(items, case, "signage", "denied", "招牌遮挡消防救援窗")
    text = repr(list(CaseEvent.objects.filter(case_id=case.pk).values_list("details", flat=True)))
    answers = reload(case).answers
    for value in (
        answers["enterprise"]["name"],
        answers["representative"]["id_number"],
        "13900000001",
    ):
        assert value not in text
