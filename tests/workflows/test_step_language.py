"""Whatever the step language allows, a case can run: every kind of step and every join, walked by commands."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bus.models import OutboxLetter
from config.env import ROOT
from ecert.models import Certificate
from people.viewer import Viewer
from services.commands import publish_item
from services.importing import load_definition
from tests import restaurant
from tests.restaurant import approval_of, decide, decide_step, key, reload
from tests.supplies import ANSWERS, ITEM
from tests.unchanged import refused
from tests.walking import submitted
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, ClockStop, Document

pytestmark = pytest.mark.django_db
SYSTEM = Viewer.system("tests")


def published(path, **changes):
    """A fixture published with some of its keys changed."""
    data = load_definition((ROOT / path).read_text(encoding="utf-8")) | changes
    return publish_item(viewer=SYSTEM, key=key(), definition=data)


def step(name, kind, department, *before, **more):
    """One step of one working day."""
    within = {"days": 1, "kind": "working"}
    known = {"id": name, "name": name, "kind": kind, "department": department, "within": within}
    return {**known, "before": list(before), "reads": ["enterprise", "signboard"], **more}


def every_kind():
    """The signboard with a step of each kind, and a hearing that stops its clock."""
    granted = {"item": "990117001000", "basis": ["b"], "result": "SIGNBOARD_PERMIT"}
    route = [
        step("check", "verify", "market_regulation", "permit"),
        step("advice", "advise", "ecology", "permit", on_silence="escalate"),
        step("survey", "inspect", ["urban_management", "fire"], "hearing"),
        step("hearing", "evaluate", "urban_management", "permit", stop="hearing"),
        step("permit", "approve", "urban_management", "making", **granted),
        step("making", "issue", "urban_management"),
    ]
    stop = {"code": "hearing", "name": "听证", "basis": "《行政许可法》第四十五条", "days": 20}
    path = "fixtures/services/signboard.yaml"
    limits = load_definition((ROOT / path).read_text(encoding="utf-8"))["limits"]
    limits = {**limits, "promised": {"days": 5, "kind": "working"}}
    published(path, route=route, stops=[{**stop, "kind": "working"}], limits=limits)


def states(case):
    """{step: state} of a case's approvals."""
    return dict(Approval.objects.filter(case=case).values_list("step", "state"))


def test_a_case_runs_through_a_step_of_every_kind(city):
    every_kind()
    case = submitted(city.owner, ITEM, ANSWERS)
    promised = case.promised_on
    waiting = {"hearing": "waiting", "permit": "waiting", "making": "waiting"}
    assert states(case) == {"check": "open", "advice": "open", "survey": "open", **waiting}
    for name in ("check", "advice", "survey"):
        decide_step(city, case, name)
    hearing, stop = approval_of(case, "hearing"), ClockStop.objects.get(case=case)
    assert (hearing.state, hearing.due_on, stop.code) == ("open", None, "hearing")
    assert Document.objects.filter(case=case, kind="stop", approval=hearing).exists()
    letter = OutboxLetter.objects.filter(topic="approval.requested").order_by("-id").first()
    assert letter.envelope["data"]["due_on"] > str(stop.expected_until)
    past = timezone.localdate() - timedelta(days=9)  # as if it had stood for nine days
    ClockStop.objects.update(started_on=past)
    Case.objects.filter(pk=case.pk).update(accepted_at=case.accepted_at - timedelta(days=10))
    decide_step(city, case, "hearing")  # the result may come before the told day
    stop.refresh_from_db()
    assert stop.ended_on == timezone.localdate()
    assert reload(case).promised_on >= promised - timedelta(days=2)
    decide_step(city, case, "permit")
    assert approval_of(case, "making").state == "open"
    decide_step(city, case, "making")
    assert reload(case).outcome == "approved"
    assert Certificate.objects.filter(source_case=case.pk).count() == 1


def test_nothing_is_left_to_issue_after_a_denial(city):
    every_kind()
    case = submitted(city.owner, ITEM, ANSWERS)
    for name in ("check", "advice", "survey", "hearing"):
        decide_step(city, case, name)
    decide_step(city, case, "permit", "denied")
    assert states(case)["making"] == "void"
    assert reload(case).outcome == "denied"


def test_a_hearing_that_is_asked_again_does_not_stop_the_clock_twice(city):
    every_kind()
    case = submitted(city.owner, ITEM, ANSWERS)
    for name in ("check", "advice", "survey"):
        decide_step(city, case, name)
    hearing = approval_of(case, "hearing")
    ClockStop.objects.filter(approval=hearing).update(ended_on=timezone.localdate())
    until = timezone.localdate() + timedelta(days=3)
    with refused("STOP_USED", "reason_code"):
        commands.stop_clock(
            viewer=city.officer("urban_management"),
            key=key(),
            reason_code="hearing",
            expected_until=until,
            approval_id=hearing.pk,
        )


def test_silence_that_the_item_escalates_is_told_to_the_superiors_once_and_decides_nothing(city):
    every_kind()
    case = submitted(city.owner, ITEM, ANSWERS)
    advice, check = approval_of(case, "advice"), approval_of(case, "check")
    assert commands.sweep_silence(advice.due_on)["escalated"] == 0
    late = advice.due_on + timedelta(days=1)
    assert commands.sweep_silence(late)["escalated"] == 1
    assert commands.sweep_silence(late)["escalated"] == 0
    advice.refresh_from_db()
    assert (advice.state, advice.escalated_at is not None) == ("open", True)
    check.refresh_from_db()
    assert check.escalated_at is None
    letter = OutboxLetter.objects.get(topic="approval.escalated")
    approver = city.officer("ecology", "approver")
    assert str(approver.account_id) in letter.envelope["data"]["accounts"]
    assert not {str(city.owner.account_id)} & {*letter.envelope["data"]["accounts"]}
    assert CaseEvent.objects.filter(case_id=case.pk, kind="approval_escalated").count() == 1
    decide(city.officer("ecology"), advice)


@pytest.mark.parametrize(
    ("join", "food", "expected", "signage"),
    [
        ("each", "denied", "partly", "open"),
        ("all", "denied", "denied", "void"),
        ("veto", "denied", "denied", "void"),
        ("any", "approved", "approved", "void"),
        ("quorum", "denied", "approved", "open"),
    ],
)
def test_a_case_runs_under_every_join(city, join, food, expected, signage):
    quorum = {"quorum": 1} if join == "quorum" else {}
    published("fixtures/onething/restaurant.yaml", join=join, **quorum)
    case = restaurant.accepted(city, {"premises.area": 100, "signboard.wanted": True})
    decide_step(city, case, "survey")
    decide_step(city, case, "food", food)
    assert states(case)["signage"] == signage
    if signage == "open":
        decide_step(city, case, "signage")
    decide_step(city, case, "waste")
    assert reload(case).outcome == expected
    granted = {"each": 1, "any": 1, "quorum": 1}.get(join, 0)
    assert Certificate.objects.filter(source_case=case.pk).count() == granted
