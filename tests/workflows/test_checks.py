"""Data checks: registers answer, one of several suffices, a mismatch denies nothing and may be objected to."""

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from bus.models import Chore, OutboxLetter
from config.embedded import drain
from ecert.models import Certificate
from registers.models import RegisterEntry
from tests.residence import (
    ALL,
    CHECKS,
    RENTS,
    WORKS,
    accepted,
    ask_registers,
    granted,
    newcomer,
    states,
    switch,
)
from tests.restaurant import approval_of, decide, decide_step, key, reload
from tests.supplies import attached, pdf
from tests.unchanged import refused
from workflows import commands
from workflows.models import Decision
from workflows.queries import reading_of, worklist
from workflows.tasks import MOST_TRIES

pytestmark = pytest.mark.django_db
OTHER_EMPLOYER = {"employment.employer": "云澜市拾光书店"}


def test_any_match_ends_the_other_checks_and_the_permit_is_granted_from_data(city):
    case = accepted(city, ALL)
    assert states(case) == dict.fromkeys(CHECKS, "open") | {"grant": "waiting"}
    education = city.officer("education")
    schooling = worklist(education).get()
    commands.claim_approval(viewer=education, key=key(), approval_id=schooling.pk)
    ask_registers()
    found = states(case)
    assert sorted(found[step] for step in CHECKS) == ["match", "void", "void"]
    assert found["grant"] == "open"
    voided = OutboxLetter.objects.filter(topic="approval.voided", subject=case.number)
    assert voided.count() == 2
    assert not worklist(education).exists()
    drain()
    assert approval_of(case, "schooling").claimed_by is None
    case = granted(city, case)
    drain()
    case = reload(case)
    assert (case.state, case.outcome) == ("concluded", "approved")
    permit = Certificate.objects.get(source_case=case.pk)
    assert permit.status == "valid"
    assert permit.face["address"] == "云澜市明湖区采菱街21号2幢301室"
    decided = Decision.objects.exclude(approval__step="grant").get(approval__case=case)
    assert (decided.source, decided.outcome, decided.officer) == ("register", "match", None)


def test_when_no_register_knows_anything_the_checks_inform_and_the_police_still_decide(city):
    case = accepted(city, ALL | OTHER_EMPLOYER, "沈初晓")
    RegisterEntry.objects.filter(register="ENROLMENT").delete()
    ask_registers()
    assert states(case) == {
        "employment": "mismatch",
        "tenancy": "not_found",
        "schooling": "not_found",
        "grant": "open",
    }
    employment = approval_of(case, "employment")
    assert employment.differs == ["employment.employer"]
    told = OutboxLetter.objects.filter(topic="check.mismatched", subject=case.number)
    assert told.count() == 3
    decide_step(city, case, "grant", "denied", "就业、住所、就读均未能证明")
    case = reload(case)
    assert (case.state, case.outcome) == ("concluded", "denied")


def test_when_nothing_matches_the_applicant_uploads_a_proof_and_is_granted_the_permit(city):
    case = accepted(city, WORKS, "陈默")
    ask_registers()
    assert states(case) == {"employment": "not_found", "grant": "open"}
    asked = [{"field": "materials.employment_proof", "message": "请提交劳动合同"}]
    police, person = city.officer("public_security"), newcomer("陈默")
    commands.request_corrections(viewer=police, key=key(), case_id=case.pk, items=asked)
    case = attached(person, reload(case), "employment_proof", pdf("劳动合同"), "合同.pdf")
    case = commands.answer_corrections(
        viewer=person, key=key(), case_id=case.pk, revision=case.revision, answers={}
    )
    # the check stands as it was: nothing that its register was asked about has changed
    assert states(case) == {"employment": "not_found", "grant": "open"}
    read = reading_of(approval_of(case, "grant")).data["materials"]
    proof = next(one for one in read if one["id"] == "employment_proof")
    assert len(proof["files"]) == 1
    case = granted(city, case)
    assert (case.state, case.outcome) == ("decided", "approved")


def test_flt_an_absent_register_is_asked_again_later_and_at_once_when_it_is_reconciled(city):
    switch("EMPLOYMENT", is_available=False)
    case = accepted(city, WORKS)
    approval = approval_of(case, "employment")
    chore = Chore.objects.get(kind="check_register", subject=str(approval.pk))
    for tries in range(1, MOST_TRIES + 1):
        assert chore.state == "open"
        Chore.objects.filter(pk=chore.pk).update(due_at=Now())
        ask_registers()
        chore.refresh_from_db()
        approval.refresh_from_db()
        assert (approval.tries, approval.state) == (tries, "open")
    assert chore.state == "done"
    assert worklist(city.officer("human_resources")).get().pk == approval.pk
    switch("EMPLOYMENT", is_available=True)
    call_command("check_registers")
    assert states(case) == {"employment": "match", "grant": "open"}
    assert approval_of(case, "employment").tries == MOST_TRIES + 1


def test_an_officer_may_decide_by_hand_and_the_register_then_changes_nothing(city):
    case = accepted(city, WORKS)
    decide(city.officer("human_resources"), approval_of(case, "employment"), "match")
    ask_registers()
    decision = Decision.objects.get(approval__case=case)
    assert (decision.source, decision.outcome) == ("desk", "match")


def test_object_to_mismatch_asks_an_officer_who_decides_by_hand(city):
    case = accepted(city, WORKS | OTHER_EMPLOYER)
    ask_registers()
    approval = approval_of(case, "employment")
    given = {"viewer": newcomer(), "approval_id": approval.pk, "reason": "上月已换工作，合同为证"}
    with refused("REASON_REQUIRED", "reason"):
        commands.object_to_mismatch(**given | {"reason": " "}, key=key())
    with refused("NOT_FOUND"):
        commands.object_to_mismatch(**given | {"viewer": newcomer("沈初晓")}, key=key())
    with refused("FORBIDDEN"):
        officer = city.officer("human_resources")
        commands.object_to_mismatch(**given | {"viewer": officer}, key=key())
    again = key()
    commands.object_to_mismatch(**given, key=again)
    commands.object_to_mismatch(**given, key=again)
    approval = approval_of(case, "employment")
    assert (approval.round, approval.state, approval.tries) == (2, "open", 0)
    assert states(case)["grant"] == "waiting"
    call_command("check_registers")
    assert approval_of(case, "employment").state == "open"
    decide(city.officer("human_resources"), approval, "match")
    assert states(case) == {"employment": "match", "grant": "open"}
    with refused("OBJECTION_DECIDED"):
        commands.object_to_mismatch(**given, key=key())
    case = granted(city, case)
    assert case.outcome == "approved"


def test_nothing_is_objected_to_where_nothing_is_to_be_gained(city):
    case = accepted(city, {**WORKS, **RENTS, **OTHER_EMPLOYER, "situation.kinds": list(CHECKS[:2])})
    given = {"viewer": newcomer(), "reason": "登记有误"}
    employment, tenancy = (approval_of(case, step) for step in CHECKS[:2])
    with refused("NOTHING_TO_OBJECT"):
        commands.object_to_mismatch(**given, approval_id=tenancy.pk, key=key())
    ask_registers()
    assert states(case) == {"employment": "mismatch", "tenancy": "match", "grant": "open"}
    with refused("OBJECTION_NOT_NEEDED"):
        commands.object_to_mismatch(**given, approval_id=employment.pk, key=key())
    granted(city, case)
    with refused("ILLEGAL_TRANSITION"):
        commands.object_to_mismatch(**given, approval_id=employment.pk, key=key())
