"""The counter without scripts: an old woman without a telephone is served, fetches nothing else, and is followed."""

import re

import pytest
from django.test import Client

from people.models import CounterSitting
from tests.city import City
from tests.restaurant import submitted
from workflows.models import Case
from workflows.progress import check_code_of

ITEM = "000511011000"
CLERK, COLLEAGUE = "liuxi.chuangkou.yi", "liuxi.chuangkou.er"


def begun(client: Client, **more: str) -> str:
    """Asks for a consent; where the page leads."""
    typed = {"name": "沈秋水", "id_number": "990102194602140023", "item": ITEM, "key": "k"}
    answer = client.post("/counter/begin", {**typed, **more})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def test_an_old_woman_is_served_on_paper_and_the_clerk_sees_only_this(city: City, sits):
    clerk, colleague = sits(CLERK), sits(COLLEAGUE)
    assert clerk.get("/counter").status_code == 200
    refused = clerk.post("/counter/begin", {"consent": "paper", "name": "沈秋水"})
    assert "授权书的编号" in refused.content.decode()
    place = begun(clerk, consent="paper", paper_number="柳溪7号")
    assert "另一名" in clerk.post(place, {"key": "a"}).content.decode()
    sitting = CounterSitting.objects.get()
    assert "沈**" in colleague.get("/counter").content.decode()
    assert (
        colleague.post(f"/counter/sittings/{sitting.pk}/witness", {"key": "w"}).status_code == 302
    )
    assert clerk.post(place, {"key": "b"})["Location"] == "/counter/serving"
    shown = clerk.get("/counter/serving").content.decode()
    assert "窗口代办" in shown
    for closed in ("/certificates", "/messages"):
        assert clerk.get(closed).status_code == 403
    started = clerk.post(f"/items/{ITEM}/start", {"key": "s"})
    case = Case.objects.get()
    assert started["Location"] == f"/cases/{case.pk}/consent"
    assert (case.apply_type, case.counter.code) == ("counter", "service_hall.990102101000")
    assert "身份证" in clerk.get(f"/cases/{case.pk}/consent").content.decode()
    missing = clerk.get(f"/cases/{case.pk}/missing").content.decode()
    assert missing.count("<li>") >= 3
    assert clerk.get(f"/cases/{case.pk}/form").status_code == 200
    assert clerk.post("/counter/end", {"key": "e"})["Location"] == "/counter"
    assert "沈秋水" not in clerk.get("/counter").content.decode()
    assert clerk.get(f"/cases/{case.pk}").status_code in {403, 404}


def test_a_sitting_that_ended_elsewhere_gives_the_clerk_the_counter_back(city: City, sits):
    clerk, colleague = sits(CLERK), sits(COLLEAGUE)
    place = begun(clerk, consent="paper", paper_number="7")
    sitting = CounterSitting.objects.get()
    colleague.post(f"/counter/sittings/{sitting.pk}/witness", {"key": "w"})
    clerk.post(place, {"key": "b"})
    colleague.post("/counter/end", {"key": "e", "sitting": str(sitting.pk)})
    assert clerk.get("/counter/serving")["Location"] == "/counter?over=1"
    assert "可以接待下一位" in clerk.get("/counter?over=1").content.decode()


def test_anybody_follows_a_case_by_its_codes_and_learns_no_names(city: City, owner: Client):
    case = submitted(city)
    code = str(case.query_code)
    receipt = owner.get(f"/cases/{case.pk}/receipt").content.decode()
    assert f"{code[:4]}-{code[4:]}" in receipt
    check = check_code_of(case.pk, code)
    assert check in receipt
    stranger = Client()
    assert f'value="{code}"' in stranger.get(f"/progress?code={code}").content.decode()
    found = stranger.post("/progress", {"query": code.lower(), "check": check})
    page = found.content.decode()
    assert found.status_code == 200
    assert "已收件" in page
    assert not re.search("小满|荷风路|林", page)
    answers = [stranger.post("/progress", {"query": code, "check": "AAAAAA"}) for _ in range(11)]
    assert [a.status_code for a in answers] == [422] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("path", ["/counter", "/counter/serving"])
def test_the_counter_is_for_those_who_sit_there(city: City, owner: Client, path):
    assert Client().get(path).status_code == 302
    assert owner.get(path).status_code in {302, 403}
