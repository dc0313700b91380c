"""What an elderly lady and the officer who pays her see: no legal limit, and the account for whom it is."""

import pytest

from tests.elderly import CARD, ITEM, accepted
from tests.restaurant import approval_of

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
