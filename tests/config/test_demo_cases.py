"""The seeded cases: told once, each situation there as promised, and every page of the tour opens."""

from io import StringIO
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from bus.memory import MemoryBus
from bus.receiving import Receiver
from bus.relay import Relay
from bus.table import DESK
from config import demo_tour
from config.demo_cases import STORIES
from config.letters import TABLE, queues
from config.seeding import told_cases
from ecert.models import Certificate
from registers.models import Register
from tests.city import PASSWORD
from workflows.models import Approval, Case, CaseEvent, Decision, Document, Objection

pytestmark = pytest.mark.django_db


def tell() -> str:
    said = StringIO()
    call_command("load_cases", stdout=said)
    return said.getvalue()


@pytest.fixture
def told(city) -> dict[str, Case]:
    tell()
    return {story: Case.objects.get(pk=pk) for story, pk in told_cases().items()}


def deliver() -> None:
    """All letters; no paper is printed."""
    memory = MemoryBus(queues)
    memory.consume([*TABLE.groups(), DESK], Receiver(TABLE).receive)
    relay = Relay(memory)
    while relay.turn():
        pass


def rows() -> dict[str, int]:
    kinds = [kind for label in ("workflows", "ecert", "people", "bus") for kind in models_of(label)]
    return {kind._meta.label: kind._default_manager.count() for kind in kinds}


def models_of(label):
    return apps.get_app_config(label).get_models()


def outcomes(case: Case) -> dict[str, str]:
    decided = Decision.objects.filter(approval__case=case).order_by("at")
    return dict(decided.values_list("approval__step", "outcome"))


def test_the_stories_are_told_once_however_often_they_are_loaded(told):
    assert set(told) == set(STORIES)
    before = rows()
    assert tell() == ""
    assert rows() == before


def test_each_promised_situation_is_there(told):
    today = timezone.localdate()
    notice = told["merged_notice"]
    asked = {one for item in notice.corrections for one in item["departments"]}
    assert notice.state == "correcting"
    assert asked == {"云澜市明湖区消防救援大队", "云澜市明湖区城市管理局"}
    assert any(not item["departments"] for item in notice.corrections)  # the lead's own
    assert notice.correction_due_on > today

    split = told["fire_denied"]
    assert split.outcome == "partly"
    assert (outcomes(split)["food"], outcomes(split)["fire"]) == ("approved", "denied")
    assert Certificate.objects.filter(source_case=split.pk, source_step="food").exists()

    for denied in (split, told["signboard_denied"]):
        paper = Document.objects.get(case=denied, kind="denial_decision")
        assert any("行政复议" in line for line in paper.content["remedies"])

    yellow, red = (Approval.objects.get(case=told[s]) for s in ("yellow_clock", "red_clock"))
    assert (yellow.state, red.state) == ("open", "open")
    assert yellow.due_on >= today > red.due_on
    assert yellow.department == red.department

    away = Approval.objects.get(case=told["register_away"], step="schooling")
    assert (away.tries, outcomes(told["register_away"])) == (3, {"schooling": "match"})
    assert Register.objects.get(code="ENROLMENT").is_available

    permit = told["mismatch_objected"]
    sources = Decision.objects.filter(approval__case=permit, approval__step="employment")
    assert list(sources.order_by("round").values_list("source", "outcome")) == [
        ("register", "mismatch"),
        ("desk", "match"),
    ]
    assert Objection.objects.filter(approval__case=permit).count() == 1
    assert permit.outcome == "approved"

    elder = told["elder_at_counter"]
    assert (elder.state, elder.apply_type) == ("submitted", "counter")
    assert elder.counter.name == "明湖区柳溪镇便民服务中心"

    for case in told.values():
        events = CaseEvent.objects.filter(case_id=case.pk).order_by("seq")
        moments = list(events.values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= timezone.now()


def test_letters_tell_the_open_case_that_its_certificate_was_revoked_and_the_tour_opens(told):
    deliver()
    shaken = told["certificate_revoked"]
    assert CaseEvent.objects.filter(case_id=shaken.pk, kind="certificate_changed").exists()
    found = [stop["account"] for stop in demo_tour.stops()]
    assert len(found) == 6
    shown = {one.get("story") for stop in demo_tour.stops() for one in stop["pages"]}
    on_the_worklist = {"yellow_clock", "red_clock"}
    assert shown - {None} == set(told) - on_the_worklist
    texts: list[str] = []
    for stop in demo_tour.stops():
        browser = signed_in(stop)
        for path, _ in demo_tour.pages(stop, {s: UUID(str(c.pk)) for s, c in told.items()}):
            page = browser.get(path)
            assert page.status_code == 200, (stop["account"], path)
            texts.append(page.content.decode())
    assert any("代办授权：本人签署书面授权书（编号" in text for text in texts)


def signed_in(stop) -> Client:
    browser = Client()
    typed = {"name": stop["account"], "password": PASSWORD, "capacity": stop["capacity"]}
    if stop["capacity"]:
        assert browser.post("/sign-in", typed).status_code == 302
    else:
        typed = {"username": stop["account"], "password": PASSWORD}
        assert browser.post("/admin/login/?next=/admin/", typed).status_code == 302
    return browser
