"""The restaurant through the pages: its owner, four departments, certificates, a stranger."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.visitor import drained
from tests.restaurant import TYPED

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LEAD = "minghu.shijian.chengban"
OFFICERS = (LEAD, "minghu.xiaofang.chengban", "minghu.chengguan.chengban", "huanbao.chengban")


def starts_and_consents(owner):
    owner.sign_in("linxiaoman", "enterprise")
    owner.press("开办餐饮店一件事")
    assert "已有" in owner.text()
    owner.press("开始办理")
    assert "办理开办餐饮店一件事" in owner.text()
    assert "营业执照" in owner.text()
    owner.press("同意并自动填写")


def answers_and_submits(owner):
    for path, value in TYPED.items():
        owner.fill(path, value)
    owner.page.wait_for_load_state("networkidle")
    owner.press("提交申请")
    assert "申请已提交" in owner.text()
    return owner.page.url.split("/")[-2]


def grants_a_mandate(owner):
    """Lets a neighbour act for the enterprise, and takes it back."""
    owner.page.locator("summary").filter(has_text="新增代办人").click()
    typed = {"agentName": "陈默", "agentIdNumber": "110101190311210062"}
    today = timezone.localdate()
    typed |= {"validFrom": today.isoformat()}
    typed |= {"validUntil": (today + timedelta(days=90)).isoformat()}
    for name, value in typed.items():
        owner.page.fill(f"[name={name}]", value)
    owner.press("授权")
    given = owner.page.locator(".mandates li").filter(has_text="陈默")
    assert "全部事项" in given.inner_text()
    with owner.page.expect_navigation():
        given.locator("button").click()
    assert "已撤销" in given.inner_text()


def works_off_the_desk(officer, outcomes):
    """Claims and decides everything on an officer's desk; `outcomes`: {step name: outcome code}."""
    while True:
        officer.go("/desk")
        tasks = officer.page.locator("a[href*='/desk/approvals/']")
        if tasks.count() == 0:
            return
        tasks.first.click()
        step = officer.page.locator("h1").inner_text()
        officer.press("领办")
        outcome = outcomes.get(step, "")
        chosen = f"[name=outcome][value='{outcome}']" if outcome else "[name=outcome]"
        officer.page.locator(chosen).first.check()
        if outcome:
            officer.page.fill("[name=reason]", "东侧安全出口被货架占用")
        officer.press("作出决定")
        assert "现在没有需要您操作的" in officer.text()


def test_the_owner_fills_four_departments_decide_and_a_stranger_verifies(visitor):
    owner = visitor()
    starts_and_consents(owner)
    source = owner.page.locator("#w-f-enterprise-name")
    assert "来自营业执照 · 云澜市明湖区市场监督管理局 · 20" in source.inner_text()
    assert source.locator("input").count() == 0
    case = answers_and_submits(owner)

    officers = {name: visitor() for name in OFFICERS}
    for name, officer in officers.items():
        officer.sign_in(name)
    lead = officers[LEAD]
    lead.press("开办餐饮店一件事")
    lead.press("受理")
    assert "各部门办理情况" in lead.text()
    refusal = {"公众聚集场所投入使用、营业前消防安全检查（一般程序）": "denied"}
    for _round in range(2):  # the survey comes before food and fire
        for officer in officers.values():
            works_off_the_desk(officer, refusal)
    drained()

    owner.go(f"/cases/{case}")
    assert "已办结 · 部分准予" in owner.text()
    assert "东侧安全出口被货架占用" in owner.text()
    assert "行政复议" in owner.text()
    owner.go("/me")
    assert "没有正在办理的事项" in owner.text()
    grants_a_mandate(owner)
    owner.go("/certificates")
    owner.press("食品经营许可证")
    identifier = str(owner.page.locator(".identifier").text_content())
    with owner.page.expect_download() as download:
        owner.page.click("text=下载 PDF")
    assert all(not one.complaints for one in (owner, *officers.values()))

    stranger = visitor()
    stranger.go("/verify")
    stranger.page.fill("#f-identifier", identifier)
    stranger.press("核验标识")
    assert stranger.page.locator(".verdict.good h2").inner_text() == "有效"
    stranger.page.set_input_files("#f-file", download.value.path())
    stranger.press("核验文件")
    assert stranger.page.locator(".verdict.good h2").inner_text() == "有效"
    assert "1101011900" not in stranger.text()

    lead.go("/desk/handled")
    lead.press("开办餐饮店一件事")
    lead.page.locator("[name=receiver]").first.fill("林小满")
    lead.press("登记")
    assert "已送达" in lead.text()
    owner.go("/certificates")
    owner.press("营业执照")
    assert "办理开办餐饮店一件事" in owner.text()


def test_the_whole_form_is_filled_and_submitted_without_scripts(visitor):
    owner = visitor(scripts=False)
    starts_and_consents(owner)
    later = ("agent.", "premises.certificate", "business.kitchen", "fire.", "signboard.")
    known = ("agent.appointed", "fire.gas", "signboard.wanted")
    first = {p: v for p, v in TYPED.items() if p in known or not p.startswith(later)}
    first.pop("promises.fire_rules", None)
    for path, value in first.items():
        owner.fill(path, value)
    owner.press("保存草稿")
    assert "草稿已保存" in owner.text()
    for path in TYPED.keys() - first.keys():  # what the answers call for has appeared
        owner.fill(path, TYPED[path])
    owner.press("提交申请")
    assert "申请已提交" in owner.text()
