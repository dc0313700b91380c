"""A department's proposals on the pages: from the preview into the lead's one notice."""

import re

import pytest

from tests.restaurant import submitted
from workflows.models import Case, Proposal

pytestmark = pytest.mark.django_db


def test_what_fire_proposes_in_its_preview_stands_in_the_leads_notice(city, sits):
    case = submitted(city)
    fire, lead = sits("minghu.xiaofang.chengban"), sits("minghu.shijian.chengban")
    assert f"/desk/previews/{case.pk}" in fire.get("/desk").content.decode()
    shown = fire.get(f"/desk/previews/{case.pk}").content.decode()
    assert "安全出口数" in shown
    assert "取自电子证照，受理后可以查看" in shown
    assert case.answers["premises"]["usage"] not in shown  # a certificate says it
    wrong = fire.post(
        f"/desk/previews/{case.pk}", {"key": "a1", "correct:signboard.size": "请核对"}
    )
    assert wrong.status_code == 422
    assert "不在本部门的阅卷范围之内" in wrong.content.decode()
    sent = fire.post(
        f"/desk/previews/{case.pk}", {"key": "a2", "correct:fire.exits": "与平面布置不一致"}
    )
    assert sent.status_code == 302
    address = f"/desk/cases/{case.pk}/corrections"
    asked = lead.get(address).content.decode()
    assert "1 个部门提出了补正意见" in asked
    assert re.search(r'name="correct:fire.exits"[^>]*>\s*与平面布置不一致', asked)
    items = {
        "key": "b1",
        "correct:fire.exits": "与平面布置不一致",
        "correct:business.seats": "请核对",
    }
    late = lead.post(address, items)  # as if the proposal had come after the page was opened
    assert "又有部门提出了补正意见" in late.content.decode()
    proposal = Proposal.objects.get()
    assert lead.post(address, items | {"proposal": str(proposal.pk)}).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "correcting"
