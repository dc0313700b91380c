"""What an elderly lady and the officer who pays her see: no legal limit, and the account for whom it is."""

import pytest

from tests import walking
from tests.elderly import CARD, ITEM, accepted, elder
from tests.restaurant import approval_of
from workflows.models import Case

pytestmark = pytest.mark.django_db


def test_pages_say_that_no_act_sets_a_limit_and_show_the_account_to_who_pays_only(city, sits):
    lady, officer = sits("gulanting", "person"), sits("minzheng.chengban")
    assert "法律法规未规定" in lady.get(f"/items/{ITEM}").content.decode()
    case = accepted(city)
    page = lady.get(f"/cases/{case.pk}").content.decode()
    assert "法定办结日" not in page
    assert "6217***********4569" in page
    assert CARD not in page
    approval = approval_of(case, "allowance")
    assert CARD in officer.get(f"/desk/approvals/{approval.pk}").content.decode()


def test_bad_48_a_malformed_account_hides_nothing_else_that_is_missing(city, sits):
    lady = sits("gulanting", "person")
    case = walking.draft(elder(), ITEM, {"applicant.phone": "13900000043"})
    typed = {"payment.account": "62170000", "payment.bank": "", "allowance.kind": ""}
    page = lady.post(
        f"/cases/{case.pk}/form",
        {**typed, "act": "submit", "key": "k", "revision": str(case.revision)},
    ).content.decode()
    assert "应为 10 至 28 位数字" in page
    assert "请填写“开户银行”" in page
    assert "请选择“补贴种类”" in page
    assert Case.objects.get().state == "draft"
