"""What every page owes its reader: no sideways scrolling, labels, headings in order, a quiet console."""

from itertools import pairwise

import pytest

from tests.browser.visitor import SIZES
from tests.restaurant import TYPED, accepted, draft, submitted
from workflows.models import Approval

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(e => !(e.labels && e.labels.length) && !e.getAttribute('aria-label')).map(e => e.name)"""
HEADINGS = """() => [...document.querySelectorAll('h1,h2,h3,h4')].filter(e => e.offsetParent)
  .map(e => +e.tagName[1])"""
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"
DOUBLE_IDS = """() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at) }"""


def looked_at(visitor, path):
    """Everything that is wrong with a page at the three sizes."""
    visitor.go(path)
    page, found = visitor.page, []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{path} scrolls sideways at {width}")
    found += [f"{path}: {name} has no label" for name in page.evaluate(UNLABELLED)]
    found += [f"{path}: id {name} twice" for name in page.evaluate(DOUBLE_IDS)]
    levels = page.evaluate(HEADINGS)
    if levels.count(1) != 1 or any(b - a > 1 for a, b in pairwise(levels)):
        found.append(f"{path}: headings {levels}")
    return found


def test_pages_for_everybody_are_in_order(visitor):
    stranger = visitor()
    paths = ("/", "/?q=没有", "/sign-in", "/items/99TCN0003", "/verify", "/verify?identifier=1.2")
    assert [wrong for path in paths for wrong in looked_at(stranger, path)] == []
    assert stranger.complaints == []
    stranger.go("/nowhere")
    assert "没有找到这个页面" in stranger.text()


def test_pages_of_an_applicant_are_in_order(visitor, city):
    owner = visitor()
    owner.sign_in("linxiaoman", "enterprise")
    one, two = draft(city), submitted(city)
    own = (f"/cases/{one.pk}/consent", f"/cases/{one.pk}/form", f"/cases/{two.pk}")
    more = (f"/cases/{two.pk}/receipt", f"/cases/{two.pk}/withdraw", "/cases", "/messages")
    paths = (*own, *more, "/certificates")
    assert [wrong for path in paths for wrong in looked_at(owner, path)] == []
    assert owner.complaints == []


def test_pages_of_an_officer_are_in_order(visitor, city):
    lead = visitor()
    lead.sign_in("minghu.shijian.chengban")
    waiting, case = submitted(city), accepted(city)
    task = Approval.objects.get(case=case, department__function="market_regulation", state="open")
    cases = (f"/desk/cases/{waiting.pk}", f"/desk/cases/{case.pk}")
    paths = ("/desk", *cases, f"{cases[0]}/corrections", f"/desk/approvals/{task.pk}")
    assert [wrong for path in paths for wrong in looked_at(lead, path)] == []
    assert lead.complaints == []


def test_every_fault_stands_at_its_field_and_in_the_summary_and_what_was_typed_stays(visitor):
    owner = visitor()
    owner.sign_in("linxiaoman", "enterprise")
    owner.go("/items/99TCN0003")
    owner.press("开始办理")
    owner.press("同意并自动填写")
    owner.fill("business.seats", "很多")
    owner.fill("premises.floor", "地上一层")
    owner.press("提交申请")
    assert owner.page.locator("#errors a[href='#f-business-seats']").count() == 1
    assert owner.page.input_value("#f-business-seats") == "很多"
    owner.page.reload()
    assert owner.page.input_value("#f-premises-floor") == "地上一层"  # the good one was saved
    owner.fill("business.seats", "96")
    owner.press("提交申请")
    missing = [text.strip() for text in owner.page.locator("#errors a").all_inner_texts()]
    assert "请填写“联系电话”" in missing
    assert len(missing) > 20
    owner.page.locator("#errors a").first.click()
    assert owner.page.url.endswith("#f-situation-licence")  # what is asked first is told first
    owner.page.locator("#errors a[href='#f-representative-phone']").click()
    assert owner.page.url.endswith("#f-representative-phone")
    assert "请填写“联系电话”" in owner.page.locator("#w-f-representative-phone").inner_text()


def test_fields_that_depend_on_an_answer_come_and_go_and_keep_what_is_being_typed(visitor):
    owner = visitor()
    owner.sign_in("linxiaoman", "enterprise")
    owner.go("/items/99TCN0003")
    owner.press("开始办理")
    owner.press("同意并自动填写")
    sign = owner.page.locator("#w-f-signboard-text")
    assert sign.is_hidden()
    owner.fill("signboard.wanted", True)
    owner.fill("waste.collector", str(TYPED["waste.collector"]))  # while the answer travels
    sign.wait_for(state="visible")
    assert owner.page.input_value("#f-waste-collector") == TYPED["waste.collector"]
    owner.fill("signboard.wanted", False)
    sign.wait_for(state="hidden")
    assert owner.complaints == []
