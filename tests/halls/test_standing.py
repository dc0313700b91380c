"""Where a case is and why, in the words of its page; the frame around pages without scripts."""

import pytest
from django.test import Client

from halls.standing import milestones, standing_of
from tests.restaurant import accepted, approval_of, decide_step, draft


def a_case(**facts):
    """A case as the document `case` gives it."""
    known = {"state": "draft", "stateName": "草稿", "startedAt": "2026-11-02T09:00:00+08:00"}
    return known | {"approvals": [], "outcomeName": "", "lead": None} | facts


def part(name, step, state):
    """One department's part."""
    return {"department": {"name": name}, "stepName": step, "state": state}


def test_a_case_under_way_says_who_works_now_and_who_comes_next():
    parts = [
        part("市监局", "踏勘", "decided"),
        part("消防", "踏勘", "open"),
        part("消防", "检查", "waiting"),
        part("生态环境局", "意见", "void"),
    ]
    case = a_case(state="reviewing", approvals=parts, appliedAt="1", acceptedAt="2")
    standing = standing_of(case)
    assert standing.sentence == "已受理，各部门正在审查：3 个环节办完 1 个。"
    assert (standing.now, standing.after) == (["消防"], ["消防（检查）"])
    assert [one.how for one in milestones(case)] == ["done", "done", "done", "now", "ahead"]


def test_a_case_that_ended_early_shows_what_it_passed_and_its_end():
    case = a_case(state="not_accepted", stateName="不予受理", appliedAt="1")
    assert [(one.name, one.how) for one in milestones(case)] == [
        ("填报", "done"),
        ("收件", "done"),
        ("不予受理", "ended"),
    ]
    assert "不予受理" in standing_of(case).sentence


@pytest.mark.django_db
def test_large_print_is_kept_without_scripts_and_never_leads_to_another_site():
    client = Client()
    assert "halls/usual.css" in client.get("/verify").content.decode()
    answer = client.post("/appearance", {"size": "large", "back": "/verify"})
    assert answer["Location"] == "/verify"
    assert "halls/large.css" in client.get("/verify").content.decode()
    away = client.post("/appearance", {"size": "usual", "back": "https://evil.example/"})
    assert away["Location"] == "/"


@pytest.mark.django_db
def test_open_cases_show_every_departments_part_to_their_applicant_only(city, owner, sits):
    draft(city)
    decide_step(city, accepted(city), "waste")
    shown = owner.get("/me").content.decode()
    assert shown.count("open-case") == 2
    assert "云澜市生态环境局" in shown
    assert "新增代办人" in shown
    stranger = sits("hezhiyuan", "enterprise").get("/me").content.decode()
    assert "没有正在办理的事项" in stranger


@pytest.mark.django_db
def test_an_officer_claims_and_releases_an_approval_on_its_page(city, sits):
    task = approval_of(accepted(city), "waste")
    officer, at = sits("huanbao.chengban"), f"/desk/approvals/{task.pk}"
    assert officer.post(f"{at}/claim", {"key": "k" * 20}).status_code == 302
    assert "退回待领" in officer.get(at).content.decode()
    assert officer.post(f"{at}/release", {"key": "r" * 20}).status_code == 302
    assert "无人领办" in officer.get(at).content.decode()


@pytest.mark.django_db
def test_the_lead_extends_a_case_on_its_page_and_the_applicant_reads_it(city, sits, owner):
    case = accepted(city)
    lead, at = sits("minghu.shijian.pizhun"), f"/desk/cases/{case.pk}"
    assert "延长期限" in lead.get(at).content.decode()
    empty = lead.post(f"{at}/extend", {"key": "e" * 20, "reason": ""})
    assert (empty.status_code, "请写明理由" in empty.content.decode()) == (422, True)
    sent = {"key": "x" * 20, "reason": "需要现场复核"}
    assert lead.post(f"{at}/extend", sent).status_code == 302
    assert "经批准延长" in owner.get(f"/cases/{case.pk}").content.decode()
    refused = lead.post(f"{at}/stop", {"key": "s" * 20, "reasonCode": "none", "expectedUntil": ""})
    assert "请选择预计到哪一天" in refused.content.decode()
    nobody = owner.post("/me/mandates", {"key": "m" * 20, "agentName": "陈默"}).content.decode()
    assert "请选择到哪一天止" in nobody
    assert 'value="陈默"' in nobody
