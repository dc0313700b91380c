"""A department officer in a browser: takes a task, proposes what is missing, gives it back; a colleague decides."""

import pytest

from tests.restaurant import accepted, approval_of, reload
from workflows.models import Proposal

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_an_officer_takes_a_task_proposes_a_correction_and_a_colleague_decides(visitor, city):
    case = accepted(city)
    task = approval_of(case, "signage")
    officer = visitor()
    officer.sign_in("minghu.chengguan.chengban")
    officer.press("户外招牌设置许可")
    assert "小满餐饮" in officer.text()
    assert "体检日期" not in officer.text()  # what its step does not read

    officer.press("领办")
    assert "（我）" in officer.text()
    officer.press("提出补正意见")
    officer.page.fill("[name='correct:signboard.size']", "请写明招牌厚度，并与效果图一致")
    with officer.page.expect_navigation():
        officer.page.locator("main form button").last.click()
    assert Proposal.objects.get(case=case).items == [
        {"field": "signboard.size", "message": "请写明招牌厚度，并与效果图一致"}
    ]

    officer.go(f"/desk/approvals/{task.pk}")
    officer.press("退回待领")
    assert "无人领办" in officer.text()

    colleague = visitor(width=820, height=1180)
    colleague.sign_in("minghu.chengguan.pizhun")
    colleague.press("户外招牌设置许可")
    colleague.page.check("[name=outcome][value=denied]")
    colleague.press("作出决定")
    assert "理由" in colleague.page.locator("#errors").inner_text()
    colleague.page.fill("[name=reason]", "招牌遮挡消防救援窗口")
    colleague.page.check("[name=outcome][value=denied]")
    colleague.press("作出决定")
    assert "现在没有需要您操作的" in colleague.text()
    colleague.go("/desk/handled")
    assert str(reload(case).number) in colleague.text()
    assert officer.complaints == colleague.complaints == []
