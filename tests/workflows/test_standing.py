"""Clocks that stand still, limits that are extended, and tasks that somebody lets go of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.queries import definition_of
from tests.restaurant import accepted, approval_of, decide, decide_step, key, reload
from tests.unchanged import refused
from workflows import commands
from workflows.clock import Stop, due_on
from workflows.models import Approval, Case, CaseEvent, ClockStop, Document
from workflows.queries import calendar_from

pytestmark = pytest.mark.django_db


def stop(viewer, *, days=8, code="hearing", **subject):
    until = timezone.localdate() + timedelta(days=days)
    given = {"reason_code": code, "expected_until": until, **subject}
    return commands.stop_clock(viewer=viewer, key=key(), **given)


def test_stop_clock_of_one_approval_lets_the_others_work_and_resume_clock_moves_its_day(city):
    case = accepted(city)
    fire, survey = city.officer("fire"), approval_of(case, "survey", "fire")
    stop(fire, code="testing", approval_id=survey.pk)
    survey.refresh_from_db()
    assert survey.due_on is None
    case = reload(case)
    assert (case.state, case.promised_on is not None) == ("reviewing", True)
    with refused("ILLEGAL_TRANSITION"):
        decide(fire, survey)
    decide_step(city, case, "waste")
    paper = Document.objects.get(case=case, kind="stop")
    assert paper.department == city.department("fire")
    assert "第四十五条" in "".join(paper.content["paragraphs"])
    today = timezone.localdate()
    first = today - timedelta(days=6)  # as if it had stood for a week
    Approval.objects.filter(pk=survey.pk).update(opened_at=survey.opened_at - timedelta(days=7))
    ClockStop.objects.update(started_on=first)
    commands.resume_clock(viewer=fire, key=key(), approval_id=survey.pk)
    survey.refresh_from_db()
    start = timezone.localtime(survey.opened_at).date()
    stands = [Stop(first, today)]
    assert survey.due_on == due_on(start, 3, "working", calendar_from(start), stands)
    with refused("STOP_USED", "reason_code"):
        stop(fire, code="testing", approval_id=survey.pk)
    decide(fire, survey)


def test_a_stop_of_the_whole_case_suspends_it_until_the_told_day_is_over(city):
    case = accepted(city)
    promised = case.promised_on
    approver = city.officer("market_regulation", "approver")
    with refused("FORBIDDEN", "caseId"):  # an officer does not stop the others' work
        stop(city.officer("market_regulation"), case_id=case.pk)
    case = stop(approver, case_id=case.pk)
    assert (case.state, case.promised_on, case.statutory_on) == ("suspended", None, None)
    assert not Approval.objects.filter(case=case, state="open", due_on__isnull=False).exists()
    with refused("ILLEGAL_TRANSITION"):
        decide(city.officer("ecology"), approval_of(case, "waste"))
    until = ClockStop.objects.get(case=case).expected_until
    assert commands.sweep_silence(until)["resumed"] == 0
    assert commands.sweep_silence(until + timedelta(days=1))["resumed"] == 1
    case = reload(case)
    assert case.state == "reviewing"
    assert case.promised_on > promised
    assert ClockStop.objects.get(case=case).ended_on == until
    kinds = list(CaseEvent.objects.filter(case_id=case.pk).values_list("kind", flat=True))
    assert kinds[-2:] == ["clock_stopped", "clock_resumed"]
    assert commands.sweep_silence(until + timedelta(days=1))["resumed"] == 0


def test_only_what_the_item_lists_stops_a_clock_and_no_longer_than_it_allows(city):
    case = accepted(city)
    approver = city.officer("market_regulation", "approver")
    with refused("INVALID_CHOICE", "reason_code"):
        stop(approver, code="holiday", case_id=case.pk)
    for days in (0, 60):
        with refused("OUT_OF_RANGE", "expected_until"):
            stop(approver, days=days, case_id=case.pk)
    with refused("ILLEGAL_TRANSITION"):
        commands.resume_clock(viewer=approver, key=key(), case_id=case.pk)
    with refused("NOT_FOUND", "approvalId"):
        stop(approver, approval_id=approval_of(case, "signage").pk)
    with refused("FORBIDDEN"):
        stop(city.owner, case_id=case.pk)


def test_extend_case_moves_all_days_once_and_tells_the_reason(city):
    case = accepted(city)
    approver = city.officer("market_regulation", "approver")
    waste = approval_of(case, "waste")
    with refused("FORBIDDEN", "caseId"):
        commands.extend_case(
            viewer=city.officer("market_regulation"), key=key(), case_id=case.pk, reason="情况复杂"
        )
    with refused("REASON_REQUIRED", "reason"):
        commands.extend_case(viewer=approver, key=key(), case_id=case.pk, reason=" ")
    limits = definition_of(case.item_version).limits
    more = limits.extension.days
    later = commands.extend_case(viewer=approver, key=key(), case_id=case.pk, reason="需要复勘")
    calendar = calendar_from(case.promised_on)
    assert later.promised_on == due_on(case.promised_on, more, "working", calendar)
    assert later.statutory_on == due_on(case.statutory_on, more, "working", calendar)
    assert approval_of(case, "waste").due_on == due_on(waste.due_on, more, "working", calendar)
    paper = Document.objects.get(case=case, kind="extension")
    assert "需要复勘" in "".join(paper.content["paragraphs"])
    with refused("ALREADY_EXTENDED"):
        commands.extend_case(viewer=approver, key=key(), case_id=case.pk, reason="再次延长")


def test_a_limit_that_is_over_is_not_extended(city):
    case = accepted(city)
    Case.objects.filter(pk=case.pk).update(statutory_on=timezone.localdate() - timedelta(days=1))
    with refused("EXTENSION_TOO_LATE"):
        commands.extend_case(
            viewer=city.officer("market_regulation", "approver"),
            key=key(),
            case_id=case.pk,
            reason="情况复杂",
        )


def test_atk_38_a_claimed_approval_is_decided_by_its_holder_or_an_approver(city):
    case = accepted(city)
    signage = approval_of(case, "signage")
    officer, approver = (city.officer("urban_management", r) for r in ("officer", "approver"))
    commands.claim_approval(viewer=approver, key=key(), approval_id=signage.pk)
    with refused("ALREADY_CLAIMED"):
        decide(officer, signage)
    with refused("ALREADY_CLAIMED"):
        commands.claim_approval(viewer=officer, key=key(), approval_id=signage.pk)
    with refused("FORBIDDEN"):
        commands.release_claim(viewer=officer, key=key(), approval_id=signage.pk)
    released = commands.release_claim(viewer=approver, key=key(), approval_id=signage.pk)
    assert released.claimed_by is None
    with refused("NOT_CLAIMED"):
        commands.release_claim(viewer=approver, key=key(), approval_id=signage.pk)
    commands.claim_approval(viewer=officer, key=key(), approval_id=signage.pk)
    taken = commands.claim_approval(viewer=approver, key=key(), approval_id=signage.pk)
    assert taken.claimed_by_id == approver.officer_id
    assert decide(approver, signage).state == "decided"


def test_release_claim_lets_a_supervisor_free_the_task_of_somebody_who_is_away(city):
    survey = approval_of(accepted(city), "survey", "market_regulation")
    commands.claim_approval(
        viewer=city.officer("market_regulation"), key=key(), approval_id=survey.pk
    )
    supervisor = city.officer("market_regulation", "supervisor")
    freed = commands.release_claim(viewer=supervisor, key=key(), approval_id=survey.pk)
    assert freed.claimed_by is None
