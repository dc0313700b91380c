"""What pages say when something is refused, and what they never do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.restaurant import TYPED, accepted, draft, submitted
from workflows.models import Approval, Case, Decision

pytestmark = pytest.mark.django_db


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_every_page_forbids_scripts_and_styles_that_are_not_ours(owner):
    policy = owner.get("/cases")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert owner.get("/cases")["Cache-Control"] == "no-store"


def test_anothers_case_is_not_found_in_chinese(city, sits):
    stranger, case = sits("hezhiyuan", "enterprise"), submitted(city)
    for path in ("", "/form", "/consent", "/receipt", "/withdraw", "/corrections"):
        page = stranger.get(f"/cases/{case.pk}{path}")
        assert page.status_code == 404
        assert "没有找到这个页面" in page.content.decode()


def test_a_page_that_is_not_found_or_not_allowed_still_says_who_sits_before_it(sits):
    officer = sits("huanbao.chengban")
    for path, status in (("/nothing", 404), ("/messages", 403)):
        page = officer.get(path)
        shown = page.content.decode()
        assert page.status_code == status
        assert "云澜市生态环境局" in shown
        assert "工作台" in shown
        assert "登录" not in shown


def test_an_officer_of_another_department_does_not_find_an_approval(city, sits):
    case = accepted(city)
    task = Approval.objects.get(case=case, department__function="ecology")
    page = sits("minghu.xiaofang.chengban").get(f"/desk/approvals/{task.pk}")
    assert page.status_code == 404


def test_a_form_without_its_token_changes_nothing_and_says_so_in_chinese(city):
    client = Client(enforce_csrf_checks=True)
    page = client.post("/items/99TCN0003/start")
    assert page.status_code == 403
    assert "页面已过期" in page.content.decode()
    assert not Case.objects.exists()


def test_an_applicant_at_the_desk_and_an_officer_in_the_hall_are_refused_in_words(owner, sits):
    page = owner.get("/desk")
    assert (page.status_code, "没有办理此项操作的权限" in page.content.decode()) == (403, True)
    page = sits("minghu.shijian.chengban").get("/cases")
    assert page.status_code == 403


def test_the_same_form_sent_twice_starts_one_case(owner):
    key = hidden(owner.get("/items/99TCN0003").content.decode(), "key")
    first = owner.post("/items/99TCN0003/start", {"key": key})
    second = owner.post("/items/99TCN0003/start", {"key": key})
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_read_only_value_cannot_be_changed_by_typing_it_into_the_request(city, owner):
    case = draft(city)
    page = owner.get(f"/cases/{case.pk}/form").content.decode()
    assert 'name="enterprise.name"' not in page
    typed = {"key": "k" * 20, "revision": hidden(page, "revision"), "enterprise.name": "别家"}
    answer = owner.post(f"/cases/{case.pk}/form", {**typed, "act": "save"})
    assert answer.status_code == 422
    assert "取自电子证照，不能改动" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).answers == case.answers


def test_a_form_that_another_window_has_changed_keeps_what_was_typed(city, owner):
    case = draft(city)
    seen = hidden(owner.get(f"/cases/{case.pk}/form").content.decode(), "revision")
    typed = {"key": "k" * 20, "revision": str(int(seen) - 1), "premises.floor": "地下一层"}
    answer = owner.post(f"/cases/{case.pk}/form", {**typed, "act": "save"}).content.decode()
    assert "内容已经变化" in answer
    assert 'value="地下一层"' in answer
    assert hidden(answer, "revision") == seen


def test_what_is_typed_is_never_read_as_markup(city, owner):
    bad = '<script>alert("x")</script>'
    case = draft(city, {"premises.floor": bad})
    for path in ("form", ""):
        page = owner.get(f"/cases/{case.pk}/{path}".rstrip("/")).content.decode()
        assert bad not in page
        assert "&lt;script&gt;" in page


def test_stale_version_asks_to_read_again_and_marks_what_changed(city, sits):
    case = accepted(city)
    task = Approval.objects.get(case=case, department__function="ecology")
    officer = sits("huanbao.chengban")
    page = officer.get(f"/desk/approvals/{task.pk}").content.decode()
    case = Case.objects.get(pk=case.pk)
    case.answers["waste"]["daily_amount"] = 400
    case.save(update_fields=["answers"])
    sent = {"outcome": "agree", "reason": "已阅", "key": "k" * 20}
    sent |= {"digest": hidden(page, "digest"), "seen": hidden(page, "seen").replace("&quot;", '"')}
    answer = officer.post(f"/desk/approvals/{task.pk}", sent).content.decode()
    assert "内容已变化，请重新阅读" in answer
    assert answer.count("已变化</span>") == 1
    assert "已阅" in answer
    assert not Decision.objects.exists()


def test_correction_notice_and_its_answer_go_through_the_pages(city, sits, owner):
    case = submitted(city)
    lead = sits("minghu.shijian.chengban")
    note = {"key": "k" * 20, "correct:premises.floor": "请写明具体楼层"}
    offered = lead.get(f"/desk/cases/{case.pk}/corrections").content.decode()
    assert 'name="correct:premises.floor"' in offered
    assert "correct:enterprise.name" not in offered, (
        "what a certificate says is not the applicant's"
    )
    empty = lead.post(f"/desk/cases/{case.pk}/corrections", {"key": "e" * 20})
    assert empty.status_code == 422
    assert "请填写“需要补正的内容”" in empty.content.decode()
    assert 'name="correct:premises.floor"' in empty.content.decode()
    assert lead.post(f"/desk/cases/{case.pk}/corrections", note).status_code == 302
    page = owner.get(f"/cases/{case.pk}/corrections").content.decode()
    assert "请写明具体楼层" in page
    sent = {"key": hidden(page, "key"), "revision": hidden(page, "revision")}
    unchanged = owner.post(f"/cases/{case.pk}/corrections", {**sent, "premises.floor": "地上一层"})
    assert unchanged.status_code == 422
    answer = {**sent, "premises.floor": "地上一层至二层"}
    assert owner.post(f"/cases/{case.pk}/corrections", answer).status_code == 302
    assert Case.objects.get(pk=case.pk).answers["premises"]["floor"] == "地上一层至二层"


def test_decline_without_a_reason_is_refused_at_its_fields(city, sits):
    case = submitted(city)
    page = sits("minghu.shijian.chengban").post(
        f"/desk/cases/{case.pk}/decline", {"key": "k" * 20, "reason": "", "redirect": ""}
    )
    assert page.status_code == 422
    shown = page.content.decode()
    assert "请写明理由" in shown
    assert "请写明应当向谁申请" in shown
    assert Case.objects.get(pk=case.pk).state == "submitted"


def test_withdraw_asks_for_a_reason_once_a_case_has_a_number(city, owner):
    case = submitted(city)
    assert owner.post(f"/cases/{case.pk}/withdraw", {"key": "k" * 20}).status_code == 422
    sent = {"key": "k" * 20, "reason": "改变主意"}
    assert owner.post(f"/cases/{case.pk}/withdraw", sent).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "withdrawn"


def test_verification_shows_no_personal_number_and_names_what_is_missing(city):
    client = Client()
    assert "没有查到" in client.get("/verify?identifier=1.2.3").content.decode()
    assert client.post("/verify", {"identifier": ""}).status_code == 422
    other = SimpleUploadedFile("letter.pdf", b"%PDF-1.7", content_type="application/pdf")
    assert (
        "没有查到这个文件" in client.post("/uploads/pages/verify", {"file": other}).content.decode()
    )
    assert TYPED["representative.phone"] not in client.get("/verify").content.decode()


def test_an_address_that_only_answers_an_act_leads_to_the_page_above_it(city, sits):
    officer = sits("minghu.shijian.chengban")
    case = f"/desk/cases/{submitted(city).pk}"
    for act in ("accept", "decline", "stop", "extend", "deliver"):
        assert officer.get(f"{case}/{act}").url == case
    sized = officer.post("/appearance", {"size": "large", "back": f"{case}/decline"})
    assert officer.get(sized.url, follow=True).redirect_chain[-1] == (case, 302)
    void = "/desk/documents/0199d26b-2684-7ecc-8daa-84fc70846faf/void"
    assert officer.get(void).url == "/desk"
    assert officer.delete("/desk").status_code == 405


def test_bad_69_a_form_brings_files_only_from_who_signed_in_and_within_limits(owner, settings):
    def small(name: str = "a.pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, b"%PDF-1.7" * 10, "application/pdf")

    anybody = Client().post("/sign-in", {"name": "x", "file": small()})
    assert (anybody.status_code, anybody.url) == (302, "/sign-in")
    assert Client().post("/uploads/pages/verify", {"file": small()}).status_code == 200
    two = Client().post("/uploads/pages/verify", {"file": [small(), small()]})
    settings.UPLOAD_MOST_BYTES_A_FORM = 100
    large = owner.post("/uploads/pages/verify", {"file": [small(), small()]})
    for answer in (two, large):
        assert answer.status_code == 400
        assert "上传的文件太多" in answer.content.decode()
