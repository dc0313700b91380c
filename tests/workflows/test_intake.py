"""The lead department's answers: accept, decline, one complete notice; and the applicant's corrections."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ecert.models import Certificate, CertificateUse
from services.queries import definition_of
from tests.restaurant import (
    TYPED,
    accepted,
    approval_of,
    decide,
    decide_step,
    key,
    reload,
    submitted,
)
from tests.unchanged import refused
from workflows import commands
from workflows.actions import allowed_actions
from workflows.clock import Stop, due_on
from workflows.models import Approval, Case, ClockStop, Document
from workflows.queries import calendar_from, reading_of

pytestmark = pytest.mark.django_db
SEATS = [{"field": "business.seats", "message": "座位数与平面布置不一致，请核对"}]


def ask(city, case, items=SEATS, role="officer"):
    viewer = city.officer("market_regulation", role)
    return commands.request_corrections(viewer=viewer, key=key(), case_id=case.pk, items=items)


def answer(city, case, answers):
    return commands.answer_corrections(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision, answers=answers
    )


def test_accept_case_starts_the_clocks_and_hands_out_the_notice(city):
    case = accepted(city)
    assert case.state == "reviewing"
    assert case.accepted_by.department == case.lead
    assert case.promised_on <= case.statutory_on
    notice = Document.objects.get(case=case, kind="acceptance")
    assert str(case.promised_on.day) in dict(notice.content["rows"])["承诺办结日期"]
    open_steps = set(
        Approval.objects.filter(case=case, state="open").values_list("step", flat=True)
    )
    assert open_steps == {"survey", "signage", "waste"}


def test_a_step_whose_condition_does_not_hold_asks_no_department(city):
    case = accepted(city, {"premises.area": 120, "signboard.wanted": False})
    steps = set(Approval.objects.filter(case=case).values_list("step", flat=True))
    assert steps == {"survey", "food", "waste"}


def test_what_departments_read_from_certificates_is_logged_as_their_use(city):
    case = accepted(city)
    users = set(CertificateUse.objects.filter(case_id=case.pk).values_list("user", flat=True))
    codes = {
        city.department(f).code
        for f in ("market_regulation", "fire", "urban_management", "ecology")
    }
    assert users == codes | {"platform"}


@pytest.mark.parametrize(("function", "code"), [("fire", "NOT_FOUND"), ("ecology", "NOT_FOUND")])
def test_atk_36_another_department_neither_sees_nor_accepts_a_submitted_case(city, function, code):
    case = submitted(city)
    with refused(code, "caseId"):
        commands.accept_case(viewer=city.officer(function), key=key(), case_id=case.pk)


def test_atk_43_the_applicant_cannot_accept_her_own_case(city):
    case = submitted(city)
    with refused("FORBIDDEN"):
        commands.accept_case(viewer=city.owner, key=key(), case_id=case.pk)


def test_accepting_twice_is_refused_and_opens_nothing_twice(city):
    case = accepted(city)
    with refused("ILLEGAL_TRANSITION"):
        commands.accept_case(viewer=city.officer("market_regulation"), key=key(), case_id=case.pk)


def test_decline_case_gives_its_reason_whom_to_ask_and_the_remedies(city):
    case = submitted(city)
    lead = city.officer("market_regulation")
    with refused("REASON_REQUIRED", "redirect"):
        commands.decline_case(
            viewer=lead, key=key(), case_id=case.pk, reason="不属本局", redirect=""
        )
    case = commands.decline_case(
        viewer=lead,
        key=key(),
        case_id=case.pk,
        reason="不属于本局职权",
        redirect="青石区市场监督管理局",
    )
    assert case.state == "not_accepted"
    paper = Document.objects.get(case=case, kind="non_acceptance")
    assert "青石区市场监督管理局" in "".join(paper.content["paragraphs"])
    assert "行政复议" in paper.content["remedies"][0]


def test_request_corrections_tells_once_and_answer_corrections_brings_the_case_back(city):
    case = ask(city, submitted(city))
    assert (case.state, case.correction_rounds) == ("correcting", 1)
    assert Document.objects.filter(case=case, kind="correction_notice").count() == 1
    case = answer(city, case, {"business.seats": 80})
    assert (case.state, case.corrections) == ("submitted", [])


def test_a_second_notice_before_acceptance_needs_a_supervisor(city):
    case = answer(city, ask(city, submitted(city)), {"business.seats": 80})
    with refused("SECOND_NOTICE_NEEDS_SUPERVISOR"):
        ask(city, case)
    assert ask(city, case, role="supervisor").correction_rounds == 2


def test_only_the_fields_of_the_notice_may_change_and_each_must_be_answered(city):
    case = ask(city, submitted(city))
    with refused("FIELD_NOT_IN_NOTICE", "premises.floor"):
        answer(city, case, {"premises.floor": "二层"})
    with refused("REQUIRED", "business.seats"):
        answer(city, case, {})


def test_bad_63_the_same_answer_again_is_no_correction(city):
    case = ask(city, submitted(city))
    with refused("NOT_CHANGED"):
        answer(city, case, {"business.seats": case.answers["business"]["seats"]})


def test_bad_62_corrections_after_their_limit_are_refused(city):
    case = ask(city, submitted(city))
    past = case.correction_due_on - timedelta(days=60)
    Case.objects.filter(pk=case.pk).update(correction_due_on=past)
    with refused("DEADLINE_PASSED"):
        answer(city, reload(case), {"business.seats": 80})


def test_a_notice_about_an_unknown_field_or_without_words_is_refused(city):
    case = submitted(city)
    with refused("UNKNOWN_FIELD", "business.secret"):
        ask(city, case, [{"field": "business.secret", "message": "请补正"}])
    with refused("REASON_REQUIRED", "business.seats"):
        ask(city, case, [{"field": "business.seats", "message": " "}])
    with refused("REQUIRED", "items"):
        ask(city, case, [])


def test_after_a_correction_only_those_whose_reading_changed_are_asked_again(city):
    case = accepted(city)
    decide_step(city, case, "survey")
    decide_step(city, case, "waste")
    case = answer(city, ask(city, reload(case)), {"business.seats": 60})
    assert case.state == "reviewing"
    rows = {(a.step, a.department.function): a for a in Approval.objects.filter(case=case)}
    assert rows["survey", "fire"].round == 2
    assert rows["survey", "fire"].state == "open"
    assert rows["waste", "ecology"].round == 2
    assert rows["signage", "urban_management"].round == 1
    assert rows["food", "market_regulation"].state == "waiting"


def test_a_step_that_a_correction_makes_needed_opens_and_one_no_longer_needed_is_void(city):
    case = accepted(city)
    notice = [{"field": "signboard.wanted", "message": "现场未见招牌位置，请确认"}]
    case = answer(city, ask(city, case, notice), {"signboard.wanted": False})
    assert approval_of(case, "signage").state == "void"
    again = {path: value for path, value in TYPED.items() if path.startswith("signboard.")}
    case = answer(city, ask(city, case, notice, "supervisor"), again)
    again = approval_of(case, "signage")
    assert (again.state, again.round) == ("open", 2)


def test_what_a_decided_approval_has_read_cannot_be_asked_for_again(city):
    case = accepted(city)
    decide_step(city, case, "signage")
    with refused("FIELD_ALREADY_DECIDED", "signboard.size"):
        ask(city, case, [{"field": "signboard.size", "message": "请核对"}])


def test_bad_64_answers_changed_after_the_officer_opened_the_case_are_stale(city):
    case = accepted(city)
    approval = approval_of(case, "survey", "fire")
    digest = reading_of(approval).digest
    answer(city, ask(city, case), {"business.seats": 60})
    with refused("STALE_VERSION", "readingDigest"):
        decide(city.officer("fire"), approval_of(case, "survey", "fire"), digest=digest)


def test_an_approve_step_waits_for_the_corrections_of_what_it_reads(city):
    case = accepted(city)
    case = ask(city, case, [{"field": "signboard.size", "message": "尺寸与效果图不符"}])
    approval = approval_of(case, "signage")
    with refused("ILLEGAL_TRANSITION"):
        decide(city.officer("urban_management"), approval)
    decide_step(city, case, "waste")  # reads nothing of it and goes on
    answer(city, case, {"signboard.size": "长5米，高1米，厚0.3米"})
    decide(city.officer("urban_management"), approval_of(case, "signage"))
    permit = Certificate.objects.get(source_case=case.pk, source_step="signage")
    assert permit.face["size"] == "长5米，高1米，厚0.3米"


def test_what_an_authoritative_certificate_says_cannot_be_asked_for(city):
    case = submitted(city)
    with refused("READ_ONLY_FIELD", "enterprise.name"):
        ask(city, case, [{"field": "enterprise.name", "message": "请核对"}])


def test_a_field_is_asked_for_once_in_a_notice_and_in_words_of_bounded_length(city):
    case = submitted(city)
    with refused("INVALID_VALUE", "items"):
        ask(city, case, SEATS * 2)
    with refused("TOO_LONG", "business.seats"):
        ask(city, case, [{"field": "business.seats", "message": "请" * 501}])
    with refused("TOO_LONG", "redirect"):
        commands.decline_case(
            viewer=city.officer("market_regulation"),
            key=key(),
            case_id=case.pk,
            reason="不属于本局职权",
            redirect="某" * 201,
        )


def test_a_certificate_that_ends_after_acceptance_does_not_bar_the_corrections(city):
    case = ask(city, accepted(city))
    Certificate.objects.filter(type__code="HEALTH_CERTIFICATE").update(
        valid_until=timezone.localdate() - timedelta(days=1)
    )
    assert "grant_use" not in allowed_actions(city.owner, case)
    assert answer(city, case, {"business.seats": 80}).state == "reviewing"
    seen = reading_of(approval_of(case, "survey", "fire")).data
    assert seen["values"]["business.seats"] == 80


def test_inv_24_days_of_corrections_after_acceptance_do_not_count(city):
    case = ask(city, accepted(city))
    stop = ClockStop.objects.get(case=case)
    assert (stop.expected_until, stop.ended_on) == (case.correction_due_on, None)
    today = timezone.localdate()
    start, first = today - timedelta(days=12), today - timedelta(days=8)
    Case.objects.filter(pk=case.pk).update(accepted_at=case.accepted_at - timedelta(days=12))
    ClockStop.objects.update(started_on=first)
    case = answer(city, reload(case), {"business.seats": 80})
    assert ClockStop.objects.get().ended_on == today
    limits, calendar = definition_of(case.item_version).limits, calendar_from(start)
    for due, limit in (
        (case.promised_on, limits.promised),
        (case.statutory_on, limits.statutory),
    ):
        assert due == due_on(start, limit.days, limit.kind, calendar, [Stop(first, today)])
        assert due > due_on(start, limit.days, limit.kind, calendar)


def test_corrections_before_acceptance_stop_no_clock_that_runs(city):
    case = answer(city, ask(city, submitted(city)), {"business.seats": 80})
    assert not ClockStop.objects.filter(case=case).exists()
    assert case.promised_on is None


def test_the_notice_says_what_the_days_mean_and_on_whose_word(city):
    before = ask(city, submitted(city))
    said = "".join(
        Document.objects.get(case=before, kind="correction_notice").content["paragraphs"]
    )
    assert "从受理之日起算" in said
    after = ask(city, accepted(city))
    said = "".join(Document.objects.get(case=after, kind="correction_notice").content["paragraphs"])
    stop = after.stops.get()
    assert f"依据{stop.basis}，补正期间不计入办理期限" in said


def test_the_division_cannot_be_corrected_for_it_decides_whose_case_it_is(city):
    case = submitted(city)
    with refused("FIELD_ALREADY_DECIDED", "premises.division"):
        ask(city, case, [{"field": "premises.division", "message": "请核对所在区划"}])
