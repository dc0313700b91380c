"""Silence: what the law and the item say when an answer does not come; never a licence."""

from datetime import timedelta

import pytest

from tests.restaurant import accepted, approval_of, decide_step, key, reload, submitted
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, Decision

pytestmark = pytest.mark.django_db


def test_no_notice_in_time_is_acceptance_from_the_day_of_receipt(city):
    case = submitted(city)
    last_day = case.notice_due_on
    assert commands.sweep_silence(last_day)["accepted"] == 0
    assert commands.sweep_silence(last_day + timedelta(days=1))["accepted"] == 1
    case = reload(case)
    assert case.state == "reviewing"
    assert case.accepted_at == case.applied_at
    assert case.accepted_by is None
    event = CaseEvent.objects.get(case_id=case.pk, kind="notice_missed")
    assert "第三十二条" in event.details["basis"]
    assert commands.sweep_silence(last_day + timedelta(days=1))["accepted"] == 0


def test_advice_that_the_item_lets_pass_in_silence_is_deemed_given_and_marked(city):
    case = accepted(city)
    waste = approval_of(case, "waste")
    swept = commands.sweep_silence(waste.due_on + timedelta(days=1))
    assert swept["consented"] == 1
    decision = Decision.objects.get(approval=waste)
    assert (decision.outcome, decision.source, decision.officer) == ("agree", "silence", None)


def test_silence_grants_no_licence(city):
    case = accepted(city)
    for step in ("survey",):
        decide_step(city, case, step)
    far = case.accepted_at.date() + timedelta(days=365)
    commands.sweep_silence(far)
    open_steps = Approval.objects.filter(case=case, state="open").values_list("step", flat=True)
    assert set(open_steps) == {"food", "fire", "signage"}
    assert reload(case).state == "reviewing"


def test_unanswered_corrections_lapse_after_their_limit(city):
    case = submitted(city)
    case = commands.request_corrections(
        viewer=city.officer("market_regulation"),
        key=key(),
        case_id=case.pk,
        items=[{"field": "business.seats", "message": "请核对座位数"}],
    )
    assert commands.sweep_silence(case.correction_due_on)["lapsed"] == 0
    assert commands.sweep_silence(case.correction_due_on + timedelta(days=1))["lapsed"] == 1
    assert reload(case).state == "lapsed"


def test_a_licence_that_was_granted_stands_when_corrections_of_the_rest_do_not_come(city):
    case = accepted(city)
    decide_step(city, case, "signage")
    case = commands.request_corrections(
        viewer=city.officer("market_regulation"),
        key=key(),
        case_id=case.pk,
        items=[{"field": "business.seats", "message": "请核对座位数"}],
    )
    commands.sweep_silence(case.correction_due_on + timedelta(days=1))
    case = reload(case)
    assert (case.state, case.outcome, case.corrections) == ("decided", "partly", [])
    states = Approval.objects.filter(case=case).exclude(step="signage")
    assert set(states.values_list("state", flat=True)) == {"void"}
    kinds = CaseEvent.objects.filter(case_id=case.pk).values_list("kind", flat=True)
    assert {"corrections_missed", "decided"} <= set(kinds)


def test_one_case_that_cannot_be_judged_does_not_hold_up_the_others(city):
    bad, good = submitted(city), submitted(city)
    Case.objects.filter(pk=bad.pk).update(applied_at=bad.applied_at - timedelta(days=4000))
    day = good.notice_due_on + timedelta(days=1)
    assert commands.sweep_silence(day)["accepted"] == 1
    assert (reload(bad).state, reload(good).state) == ("submitted", "reviewing")
