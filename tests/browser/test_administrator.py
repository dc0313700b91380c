"""An administrator in a browser: ends an officer's role, and that officer's desk is closed at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.models import Account, AuditRecord, Officer
from tests.city import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRE = "minghu.xiaofang.chengban"


def test_an_administrator_ends_a_role_and_the_desk_of_that_officer_closes_at_once(visitor):
    Account.objects.create_superuser("guanliyuan", PASSWORD)
    officer = visitor()
    officer.sign_in(FIRE)
    assert "工作台" in officer.text()

    administrator = visitor()
    administrator.go("/admin/")
    administrator.page.fill("#id_username", "guanliyuan")
    administrator.page.fill("#id_password", PASSWORD)
    with administrator.page.expect_navigation():
        administrator.page.locator("[type=submit]").click()
    row = Officer.objects.get(account__sign_in_name=FIRE)
    administrator.go(f"/admin/people/officer/?q={row.staff_number}")
    administrator.press(row.name)
    yesterday = timezone.localdate() - timedelta(days=1)
    administrator.page.fill("#id_valid_until", yesterday.isoformat())
    with administrator.page.expect_navigation():
        administrator.page.locator("[name=_save]").click()

    officer.go("/desk")
    assert "等待办理" not in officer.text()
    noted = AuditRecord.objects.filter(action="enter_officer").latest("at")
    assert (noted.subject_id, noted.details) == (str(row.pk), {"fields": ["valid_until"]})
    assert administrator.complaints == []
