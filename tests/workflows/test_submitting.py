"""Submitting and withdrawing: everything told at once, one receipt, one case."""

import pytest

from bus.models import OutboxLetter
from ecert.commands import revoke_certificate
from ecert.models import Certificate
from tests.restaurant import ITEM, SIGNBOARD_ITEM, accepted, decide_step, draft, key, submitted
from tests.unchanged import refused
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, Document

pytestmark = pytest.mark.django_db
SIGNBOARD = {
    "enterprise.phone": "13900000001",
    "signboard.division": "990102000000",
    "signboard.text": "小满餐饮",
    "signboard.size": "长6米，高1.2米，厚0.3米",
    "signboard.position": "门楣上方",
    "signboard.lit": True,
    "signboard.truthful": True,
}


def submit(city, case, with_key=None):
    return commands.submit_case(
        viewer=city.owner, key=with_key or key(), case_id=case.pk, revision=case.revision
    )


def test_bad_48_everything_that_is_missing_is_told_at_once(city):
    case = commands.start_case(viewer=city.owner, key=key(), item_code=ITEM)
    with refused("REQUIRED", "representative.phone") as told:
        submit(city, case)
    required = {p.field for p in told[0].problems if p.code == "REQUIRED"}
    assert {"enterprise.name", "premises.division", "promises.truthful"} <= required
    materials = {p.field for p in told[0].problems if p.code == "MATERIAL_MISSING"}
    assert "materials.identity" in materials


def test_submit_case_numbers_it_hands_out_a_receipt_and_starts_only_the_notice_clock(city):
    case = submitted(city)
    assert case.state == "submitted"
    assert case.number is not None
    lead = city.department("market_regulation")
    assert case.number.startswith(f"{lead.credit_code}4{ITEM}000")
    assert (case.accepted_at, case.promised_on) == (None, None)
    assert case.notice_due_on is not None
    receipt = Document.objects.get(case=case)
    assert receipt.kind == "receipt"
    assert receipt.number.startswith(lead.document_word)
    assert not Approval.objects.filter(case=case).exists()
    assert OutboxLetter.objects.filter(topic="case.submitted", subject=case.number).count() == 1


def test_bad_56_inv_02_submitting_again_with_the_same_key_is_the_same_answer(city):
    case, one = draft(city), key()
    first = submit(city, case, one)
    again = submit(city, case, one)
    assert first.number == again.number
    assert Document.objects.filter(case=case).count() == 1
    assert CaseEvent.objects.filter(case_id=case.pk, kind="submitted").count() == 1


def test_bad_57_the_same_key_with_another_body_is_refused(city):
    case, one = draft(city), key()
    submit(city, case, one)
    with refused("IDEMPOTENCY_CONFLICT"):
        commands.submit_case(viewer=city.owner, key=one, case_id=case.pk, revision=99)


def test_a_second_submission_under_a_new_key_is_no_second_receipt(city):
    case = submitted(city)
    with refused("ILLEGAL_TRANSITION"):
        submit(city, case)


def test_inv_12_a_certificate_revoked_after_the_prefill_stops_the_submission(city):
    case = draft(city)
    deed = Certificate.objects.get(pk=case.provenance["premises.usage"]["certificate_id"])
    revoke_certificate(
        viewer=city.officer("natural_resources", "approver"),
        key=key(),
        certificate_id=deed.pk,
        reason="登记错误",
    )
    with refused("SOURCE_NO_LONGER_VALID", "premises.usage"):
        submit(city, case)


def test_automatic_acceptance_follows_in_the_same_transaction(city):
    case = commands.start_case(viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM)
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    case = commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers=SIGNBOARD,
    )
    case = submit(city, case)
    assert case.state == "reviewing"
    assert case.accepted_by is None
    assert Approval.objects.get(case=case).state == "open"
    kinds = set(Document.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == {"receipt", "acceptance"}


def test_withdraw_case_ends_open_approvals_and_is_final(city):
    case = accepted(city)
    case = commands.withdraw_case(viewer=city.owner, key=key(), case_id=case.pk, reason="暂不开业")
    assert case.state == "withdrawn"
    assert set(Approval.objects.filter(case=case).values_list("state", flat=True)) == {"void"}
    with refused("ILLEGAL_TRANSITION"):
        commands.withdraw_case(viewer=city.owner, key=key(), case_id=case.pk, reason="再撤")


def test_withdrawing_a_submitted_case_needs_a_reason(city):
    case = submitted(city)
    with refused("REASON_REQUIRED", "reason"):
        commands.withdraw_case(viewer=city.owner, key=key(), case_id=case.pk, reason=" ")


def test_inv_10_numbers_of_a_day_follow_one_another(city):
    numbers = [submitted(city).number for _ in range(3)]
    assert [int(n[-4:]) for n in numbers if n] == [1, 2, 3]
    assert Case.objects.count() == 3


def test_inv_23_a_value_whose_source_was_revoked_becomes_the_applicants_own_after_a_new_consent(
    city,
):
    case = draft(city)
    deed = Certificate.objects.get(pk=case.provenance["premises.usage"]["certificate_id"])
    revoke_certificate(
        viewer=city.officer("natural_resources", "approver"),
        key=key(),
        certificate_id=deed.pk,
        reason="登记错误",
    )
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    assert "premises.usage" not in case.provenance
    assert case.answers["premises"]["usage"]
    case = commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers={
            "premises.usage": "商业服务",
            "premises.tenure": "leased",
            "premises.lessor": "出租人",
            "premises.lease_until": "2030-01-01",
        },
    )
    assert submit(city, case).state == "submitted"


def test_a_mere_denial_leaves_the_rest_open_to_withdrawal_but_a_grant_does_not(city):
    case = accepted(city)
    decide_step(city, case, "signage", "denied")
    assert (
        commands.withdraw_case(viewer=city.owner, key=key(), case_id=case.pk, reason="不办了").state
        == "withdrawn"
    )
    other = accepted(city)
    decide_step(city, other, "signage")
    with refused("ILLEGAL_TRANSITION"):
        commands.withdraw_case(viewer=city.owner, key=key(), case_id=other.pk, reason="不办了")
