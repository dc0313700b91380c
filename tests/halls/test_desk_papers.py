"""An approval's clock and a paper on the desk's pages: stopped, resumed, voided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.restaurant import accepted, approval_of, decide_step
from workflows.models import ClockStop, Document

pytestmark = pytest.mark.django_db


def test_a_department_stops_and_resumes_its_own_clock_on_the_page(city, sits):
    task = approval_of(accepted(city), "signage")
    signs, address = sits("minghu.chengguan.chengban"), f"/desk/approvals/{task.pk}"
    until = timezone.localdate() + timedelta(days=7)
    typed = {"key": "s1", "reason": "testing", "until": "", "expected": ""}
    refused = signs.post(f"{address}/stop", typed | {"reason": "hearing"})
    assert refused.status_code == 422
    assert "请选择预计到哪一天" in refused.content.decode()
    assert 'value="hearing" selected' in refused.content.decode()
    late = (until + timedelta(days=900)).isoformat()
    refused = signs.post(f"{address}/stop", typed | {"until": late})
    assert (refused.status_code, f'value="{late}"' in refused.content.decode()) == (422, True)
    typed |= {"key": "s2", "until": until.isoformat()}
    assert signs.post(f"{address}/stop", typed).status_code == 302
    shown = signs.get(address).content.decode()
    assert "检验检测" in shown
    assert "已经结束，恢复计时" in shown
    assert signs.post(f"{address}/resume", {"key": "r1"}).status_code == 302
    assert ClockStop.objects.get().ended_on == timezone.localdate()


def test_an_approver_voids_a_paper_and_the_page_lists_both_numbers(city, sits):
    case = accepted(city)
    decide_step(city, case, "signage", "denied")
    old = Document.objects.get(case=case, kind="denial_decision")
    task = approval_of(case, "signage")
    approver = sits("minghu.chengguan.pizhun")
    assert "作废并换发" in approver.get(f"/desk/approvals/{task.pk}").content.decode()
    typed = {"key": "v1", "reason": "印章加盖有误", "task": str(task.pk)}
    back = approver.post(f"/desk/documents/{old.pk}/void", typed)
    assert back["Location"] == f"/desk/approvals/{task.pk}"
    shown = approver.get(back["Location"]).content.decode()
    assert old.number in shown
    assert Document.objects.get(replaces=old).number in shown
    assert "印章加盖有误" in shown


def test_a_refused_void_stays_beside_its_form_with_the_reason_that_was_typed(city, sits):
    case = accepted(city)
    decide_step(city, case, "signage", "denied")
    paper = Document.objects.get(case=case, kind="denial_decision")
    task = approval_of(case, "signage")
    approver, long = sits("minghu.chengguan.pizhun"), "印章加盖有误" * 100
    typed = {"key": "v1", "reason": long, "task": str(task.pk)}
    refused = approver.post(f"/desk/documents/{paper.pk}/void", typed)
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert f'href="#f-void-{paper.pk}"' in shown
    assert f'value="{long}"' in shown
    again = approver.post(f"/desk/approvals/{task.pk}/resume", {"key": "r"})
    assert again.status_code == 422
    assert task.case.number in again.content.decode()
