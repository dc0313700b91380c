"""A clerk in a browser: an old woman without a telephone consents before two clerks, and her form is begun."""

import pytest

from tests.browser.visitor import drained

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CLERK, COLLEAGUE = "liuxi.chuangkou.yi", "liuxi.chuangkou.er"
ITEM = "000511011000"


def test_a_clerk_serves_somebody_whose_consent_a_colleague_has_witnessed(visitor):
    clerk, colleague = visitor(), visitor()
    clerk.sign_in(CLERK)
    clerk.go("/counter")
    clerk.page.check("[name=consent][value=paper]")
    typed = {"name": "沈秋水", "id_number": "990102194602140023", "paper_number": "柳溪7号"}
    for name, value in typed.items():
        clerk.page.fill(f"[name={name}]", value)
    item = clerk.page.locator("[name=item]")
    item.select_option(ITEM)
    with clerk.page.expect_navigation():
        item.locator("xpath=ancestor::form").locator("button").last.click()
    place = clerk.page.url

    colleague.sign_in(COLLEAGUE)
    colleague.go("/counter")
    with colleague.page.expect_navigation():
        colleague.page.locator("form[action$='/witness'] button").click()

    clerk.page.goto(place)
    with clerk.page.expect_navigation():
        clerk.page.locator("main form button").first.click()
    assert "窗口代办" in clerk.page.locator("body").inner_text()
    clerk.go(f"/items/{ITEM}")
    clerk.press("开始办理")
    assert "身份证" in clerk.text()
    clerk.press("同意并自动填写")
    assert "沈秋水" in clerk.text()
    drained()
    assert clerk.complaints == []
