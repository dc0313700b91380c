"""Deciding: by whom, on what, with which words, and once."""

from dataclasses import replace
from uuid import uuid4

import pytest

from ecert.commands import revoke_certificate
from ecert.models import Certificate
from people.models import Account, AuditRecord, Officer
from services.queries import definition_of
from tests.restaurant import accepted, approval_of, decide, decide_step, key, reload, submitted
from tests.unchanged import refused
from workflows import commands
from workflows.models import Approval, CaseEvent, Decision, Opinion
from workflows.queries import reading_of, reads_of, visible_approvals, visible_cases, worklist
from workflows.reading import covers

pytestmark = pytest.mark.django_db


def test_decide_approval_writes_one_decision_on_the_reading_the_officer_saw(city):
    case = accepted(city)
    approval = approval_of(case, "signage")
    digest = reading_of(approval).digest
    decide(city.officer("urban_management"), approval)
    decision = Decision.objects.get(approval=approval)
    assert (decision.outcome, decision.reading_digest) == ("approved", digest)
    assert "市容" in decision.basis
    assert Opinion.objects.get(approval=approval).officer == decision.officer


def test_inv_06_deciding_twice_is_refused_with_who_and_what(city):
    case = accepted(city)
    decide_step(city, case, "signage")
    approval = approval_of(case, "signage")
    with refused("ALREADY_DECIDED") as told:
        decide(city.officer("urban_management", "approver"), approval, "denied", "不同意")
    assert told[0].problems[0].params["outcome"] == "approved"
    assert told[0].problems[0].params["officer"]


def test_the_same_decision_sent_again_with_its_key_is_the_same_answer(city):
    approval = approval_of(accepted(city), "signage")
    given = {
        "viewer": city.officer("urban_management"),
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


def test_atk_36_deciding_for_another_department_is_not_found_and_audited(city):
    approval = approval_of(accepted(city), "signage")
    for pk in (approval.pk, uuid4()):
        with refused("NOT_FOUND", "approvalId"):
            commands.decide_approval(
                viewer=city.officer("fire"),
                key=key(),
                approval_id=pk,
                outcome="denied",
                reason="越权",
                basis="",
                reading_digest="",
            )
    rows = AuditRecord.objects.filter(action="decide_approval", outcome="NOT_FOUND")
    assert rows.count() == 2
    assert rows.filter(subject_kind="approval", subject_id=str(approval.pk)).count() == 1


def test_a_department_sees_only_what_its_step_declares(city):
    case = accepted(city)
    reading = reading_of(approval_of(case, "waste"))
    sections = {path.split(".")[0] for path in reading.data["values"]}
    assert sections == {"enterprise", "premises", "business", "waste"}
    assert "representative.id_number" not in reading.data["values"]
    assert "enterprise.credit_code" not in reading.data["values"]
    food = reading_of(approval_of(case, "food")).data["values"]
    assert "representative.id_number" in food
    assert not any(path.startswith("waste") for path in food)


def test_inv_19_departments_and_strangers_see_no_other_departments_work(city):
    case = accepted(city)
    assert {a.step for a in worklist(city.officer("ecology"))} == {"waste"}
    assert not visible_cases(city.officer("health")).filter(pk=case.pk).exists()
    assert not visible_approvals(city.stranger).exists()
    assert not visible_cases(city.neighbour).exists()
    assert visible_cases(city.owner).filter(pk=case.pk).exists()
    assert visible_cases(city.agent).filter(pk=case.pk).exists()


@pytest.mark.parametrize("reason", ["", " ", "否"])
def test_bad_61_a_denial_needs_its_reason(city, reason):
    approval = approval_of(accepted(city), "signage")
    with refused("REASON_REQUIRED", "reason"):
        commands.decide_approval(
            viewer=city.officer("urban_management"),
            key=key(),
            approval_id=approval.pk,
            outcome="denied",
            reason=reason,
            basis="",
            reading_digest=reading_of(approval).digest,
        )


def test_bad_61_a_reason_of_ten_thousand_characters_is_too_long(city):
    approval = approval_of(accepted(city), "signage")
    with refused("TOO_LONG", "reason"):
        decide(city.officer("urban_management"), approval, "denied", "长" * 10_000)


def test_an_answer_that_the_kind_of_step_does_not_know_is_refused(city):
    approval = approval_of(accepted(city), "waste")
    with refused("INVALID_CHOICE", "outcome"):
        decide(city.officer("ecology"), approval, "approved")


@pytest.mark.parametrize("role", ["counter", "supervisor"])
def test_inv_07_a_counter_clerk_or_supervisor_never_decides(city, role):
    approval = approval_of(accepted(city), "survey", "market_regulation")
    with refused("FORBIDDEN", "approvalId"):
        decide(city.officer("market_regulation", role), approval)


def test_flt_53_an_office_that_ended_decides_no_more(city):
    approval = approval_of(accepted(city), "signage")
    viewer = city.officer("urban_management")
    gone = replace(viewer, officer_id=uuid4())
    with refused("FORBIDDEN"):
        decide(gone, approval)


def test_atk_37_nobody_decides_the_case_of_an_enterprise_they_represent(city):
    approval = approval_of(accepted(city), "signage")
    conflicted = replace(city.officer("urban_management"), person_id=city.owner.person_id)
    with refused("CONFLICT_OF_INTEREST"):
        decide(conflicted, approval)


def test_atk_39_where_two_opinions_are_needed_one_officer_gives_only_one(city):
    approval = approval_of(accepted(city), "signage")
    Approval.objects.filter(pk=approval.pk).update(opinions_needed=2)
    officer = city.officer("urban_management")
    decide(officer, approval)
    assert approval_of(approval.case, "signage").state == "open"
    with refused("FOUR_EYES"):
        decide(officer, approval)
    decide(city.officer("urban_management", "approver"), approval)
    assert approval_of(approval.case, "signage").state == "decided"
    assert Decision.objects.filter(approval=approval).count() == 1


def test_atk_39_a_second_role_of_the_same_account_is_not_a_second_pair_of_eyes(city):
    approval = approval_of(accepted(city), "signage")
    Approval.objects.filter(pk=approval.pk).update(opinions_needed=2)
    officer = city.officer("urban_management")
    decide(officer, approval)
    first = Officer.objects.get(pk=officer.officer_id)
    second = Officer.objects.create(
        account=first.account,
        department=first.department,
        staff_number="2",
        name=first.name,
        role_id="approver",
        valid_from=first.valid_from,
    )
    other = replace(officer, officer_id=second.pk, roles=frozenset({"approver"}))
    with refused("FOUR_EYES"):
        decide(other, approval)


@pytest.mark.parametrize(
    ("reason", "code"), [("无\u202e理由", "INVALID_CHARACTERS"), ("长" * 2001, "TOO_LONG")]
)
def test_bad_21_words_that_would_disguise_a_sealed_paper_are_refused(city, reason, code):
    approval = approval_of(accepted(city), "signage")
    with refused(code, "reason"):
        decide(city.officer("urban_management"), approval, "denied", reason)


def test_a_certificate_revoked_meanwhile_makes_the_reading_stale(city):
    case = accepted(city)
    approval = approval_of(case, "survey", "fire")
    digest = reading_of(approval).digest
    deed = Certificate.objects.get(pk=case.provenance["premises.area"]["certificate_id"])
    revoke_certificate(
        viewer=city.officer("natural_resources", "approver"),
        key=key(),
        certificate_id=deed.pk,
        reason="登记错误",
    )
    with refused("STALE_VERSION", "readingDigest"):
        decide(city.officer("fire"), approval, digest=digest)


def test_a_joint_inspection_closes_with_its_last_department(city):
    case = accepted(city)
    decide(city.officer("fire"), approval_of(case, "survey", "fire"), "failed", "疏散门宽度不足")
    assert approval_of(case, "food").state == "waiting"
    decide(city.officer("market_regulation"), approval_of(case, "survey", "market_regulation"))
    assert approval_of(case, "food").state == "open"
    assert approval_of(case, "fire").state == "open"


def test_flt_52_a_withdrawn_case_is_decided_no_more(city):
    case = accepted(city)
    approval = approval_of(case, "signage")
    commands.withdraw_case(viewer=city.owner, key=key(), case_id=case.pk, reason="不办了")
    with refused("ILLEGAL_TRANSITION"):
        decide(city.officer("urban_management"), approval)


def test_inv_31_events_hold_names_of_fields_and_no_values(city):
    case = accepted(city)
    decide_step(city, case, "signage", "denied", "招牌遮挡消防救援窗")
    text = repr(list(CaseEvent.objects.filter(case_id=case.pk).values_list("details", flat=True)))
    answers = reload(case).answers
    for value in (
        answers["enterprise"]["name"],
        answers["representative"]["id_number"],
        "13900000001",
    ):
        assert value not in text


def test_after_acceptance_the_lead_too_reads_only_what_its_steps_declare(city):
    lead, case = city.officer("market_regulation"), submitted(city)
    definition = definition_of(case.item_version)
    assert reads_of(lead, case, definition) is None
    case = commands.accept_case(viewer=lead, key=key(), case_id=case.pk)
    reads = reads_of(lead, case, definition)
    assert covers(reads, "enterprise.credit_code")
    assert not covers(reads, "waste.collector")
    assert not covers(reads, "agent.id_number")
    assert reads_of(city.owner, case, definition) is None


def test_atk_37_nobody_accepts_or_decides_a_case_that_they_filed_for_another(city):
    case = submitted(city)
    filed_by = Account.objects.get(pk=case.started_by_id).person_id
    lead = replace(city.officer("market_regulation"), person_id=filed_by)
    with refused("CONFLICT_OF_INTEREST"):
        commands.accept_case(viewer=lead, key=key(), case_id=case.pk)


def test_inv_07_who_holds_two_offices_signs_in_the_one_that_may(city):
    approval = approval_of(accepted(city), "survey", "market_regulation")
    clerk = city.officer("market_regulation", "counter")
    signing = Officer.objects.get(pk=clerk.officer_id)
    signing = Officer.objects.create(
        account_id=signing.account_id,
        department_id=signing.department_id,
        staff_number=signing.staff_number,
        name=signing.name,
        role_id="officer",
        valid_from=signing.valid_from,
    )
    both = replace(clerk, roles=frozenset({"counter", "officer"}))
    decide(both, approval)
    assert Decision.objects.get(approval=approval).officer == signing
