"""A citizen with a telephone: finds the residence permit by an everyday word, asks for it, and follows it."""

import pytest

from tests.browser.visitor import drained
from tests.residence import TYPED, WORKS

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"


def test_a_newcomer_asks_for_the_residence_permit_on_a_telephone_and_sees_where_it_is(visitor):
    citizen = visitor(width=390, height=844)
    citizen.sign_in("yezhiqiu", "person")
    citizen.page.fill("#q", "刚搬来，想办暂住证")
    citizen.press("搜索")
    citizen.press("居住证申领")
    assert "您需要准备什么" in citizen.text()
    citizen.press("开始办理")
    citizen.press("同意并自动填写")
    kept = citizen.page.locator("#w-f-applicant-name")
    assert "来自居民身份证" in kept.inner_text()
    assert kept.locator("input").count() == 0
    for path, value in {**TYPED, **WORKS}.items():
        citizen.fill(path, value)
    citizen.press("提交申请")
    assert "申请已提交" in citizen.text()
    citizen.press("查看办理进度")
    assert "办理过程" in citizen.text()
    assert citizen.page.locator(".milestones .done").count() >= 2
    drained()
    citizen.page.reload()
    assert int(citizen.page.locator(".bubble").inner_text().split()[-1]) >= 1
    citizen.page.locator("nav a").filter(has_text="消息").click()
    citizen.press("查看办件")
    assert "居住证申领" in citizen.text()

    usual = citizen.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    citizen.page.locator("#size button").click()
    citizen.page.wait_for_function(
        "usual => parseFloat(getComputedStyle(document.body).fontSize) > usual", arg=usual
    )
    for path in ("/", "/certificates", "/me"):
        citizen.go(path)
        assert citizen.page.evaluate(SIDEWAYS) <= 0, path
    assert "叶知秋" in citizen.text()
    assert citizen.complaints == []
