"""办理前看一看: questions, what they come to, and the start with the answers; all of it without scripts."""

import pytest
from django.test import Client

from tests import newborn, residence, walking
from tests.restaurant import ITEM, draft
from workflows.models import Case

pytestmark = pytest.mark.django_db

PERMIT = f"/items/{residence.ITEM}/prepare"
WORKING = "situation.half_year=true&situation.kinds=&situation.kinds=employment"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_anybody_sees_what_an_item_takes_and_whether_it_is_for_them(city):
    nobody = Client()
    page = text_of(nobody.get(f"/items/{residence.ITEM}"))
    assert f'href="{PERMIT}"' in page
    page = text_of(nobody.get(PERMIT))
    assert "到本市居住是否已满半年" in page
    assert "可以办理" not in page
    page = text_of(nobody.get(f"{PERMIT}?{WORKING}"))
    assert "可以办理" in page
    assert "13 个自然日" in page
    assert "不用开证明" in page
    assert "登录后办理" in page
    page = text_of(nobody.get(f"{PERMIT}?situation.half_year=false"))
    assert "住满半年后再来申领" in page
    assert "开始办理" not in page
    assert "登录后办理" not in page
    assert "还差 1 个问题" in text_of(nobody.get(f"{PERMIT}?situation.half_year=true"))


def test_who_signed_in_sees_what_the_library_has_and_starts_with_the_answers(city, sits):
    lady = sits("yezhiqiu", "person")
    page = text_of(lady.get(f"{PERMIT}?{WORKING}"))
    assert "已有电子证照，不用提交" in page
    typed = {"prepared": "1", "situation.half_year": "true", "situation.kinds": ["", "employment"]}
    refused = lady.post(
        f"/items/{residence.ITEM}/start", {**typed, "situation.half_year": "false", "key": "a"}
    )
    assert refused.status_code == 422
    assert "不符合办理条件" in text_of(refused)
    started = lady.post(f"/items/{residence.ITEM}/start", {**typed, "key": "b"})
    case = Case.objects.get(item_code=residence.ITEM)
    assert started.url == f"/cases/{case.pk}/consent"
    assert case.answers["situation"] == {"half_year": True, "kinds": ["employment"]}
    away = Client().post(f"/items/{residence.ITEM}/start", typed)
    assert "situation.half_year%3Dtrue" in away.url


def test_wrong_numbers_are_told_at_their_question_and_the_rest_is_answered(city):
    page = Client().get(f"/items/{ITEM}/prepare?situation.licence=food_small&premises.area=many")
    assert page.status_code == 422
    assert "“经营面积”不是有效的数字" in text_of(page)
    assert "食品小经营许可" in text_of(page)
    page = text_of(
        Client().get(f"/items/{ITEM}/prepare?situation.licence=food_small&premises.area=60")
    )
    assert "请改选食品经营许可证" in page


def test_a_changed_answer_of_a_draft_says_what_becomes_of_the_rest(city, owner):
    case = draft(city)
    form = {"revision": case.revision, "key": "k", "act": "save", "signboard.wanted": "false"}
    page = text_of(owner.post(f"/cases/{case.pk}/form", form))
    assert "不再需要的环节：户外招牌设置许可。" in page
    case.refresh_from_db()
    turned = {**form, "revision": case.revision, "act": "turn", "situation.licence": "food_small"}
    page = text_of(owner.post(f"/cases/{case.pk}/form", turned, headers={"HX-Request": "true"}))
    assert "不再需要的环节：食品经营许可。" in page
    assert "请改选食品经营许可证" in page


def test_the_case_page_tells_how_each_part_stands_and_why_one_ended(city, sits):
    lady = sits("shenzhixia", "person")
    case = newborn.accepted(city)
    page = text_of(lady.get(f"/cases/{case.pk}"))
    assert "各联办事项办理情况" in page
    walking.decided(city, case, "birth", "denied", "与出生医学记录不符")
    page = text_of(lady.get(f"/cases/{case.pk}"))
    assert "“出生医学证明首次签发”没有准予，需要它签发的证照才能办理" in page
    assert "“出生医学证明首次签发”没有准予，需要它的结果的“出生登记”不再办理" in page
