"""Files on pages, without a script: chosen and sent with the form, and nothing that was typed is lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.supplies import PDF, draft, pdf, publish_signboard, submitted
from workflows.models import Approval, Case, CaseFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signboard(city):
    publish_signboard()


def stamps(page: str) -> dict[str, str]:
    """The hidden key and revision of a form, to send back."""
    found = {n: re.search(rf'name="{n}" value="([^"]*)"', page) for n in ("key", "revision")}
    return {name: match[1] for name, match in found.items() if match}


def chosen(content: bytes, name: str = "效果图.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, PDF)


def test_a_form_sends_files_keeps_what_was_typed_promises_and_submits(city, owner):
    case = draft(city)
    address = f"/cases/{case.pk}/form"
    typed = {**stamps(owner.get(address).content.decode()), "signboard.text": "新招牌"}
    sent = {**typed, "act": "attach", "file:drawing": chosen(pdf("图")), "file:deed": chosen(b"x")}
    page = owner.post(address, sent)
    shown = page.content.decode()
    assert page.status_code == 422
    assert "效果图.pdf：这份材料只接受 PDF" in shown
    assert "已通过检查" in shown
    assert Case.objects.get(pk=case.pk).answers["signboard"]["text"] == "新招牌"
    owner.post(address, {**stamps(shown), "act": "promise:safety"})
    shown = owner.get(address).content.decode()
    assert "已承诺受理后 5 个工作日内补齐" in shown
    last = {**stamps(shown), "act": "submit", "file:lease": chosen(pdf("租"), "租赁合同.pdf")}
    assert owner.post(address, last).url.endswith("/receipt")
    case = Case.objects.get(pk=case.pk)
    assert case.state == "reviewing"
    page = owner.get(f"/cases/{case.pk}").content.decode()
    assert "需要您补齐的材料" in page
    again = owner.post(f"/cases/{case.pk}/files", {**stamps(page), "act": "attach"})
    assert (again.status_code, "请先选择文件" in again.content.decode()) == (422, True)
    given = {**stamps(page), "act": "attach", "file:safety": chosen(pdf("安全"), "证明.pdf")}
    assert owner.post(f"/cases/{case.pk}/files", given).status_code == 302
    assert "需要您补齐的材料" not in owner.get(f"/cases/{case.pk}").content.decode()
    assert CaseFile.objects.filter(case=case).count() == 3


def test_the_same_form_sent_twice_attaches_once_and_a_file_is_taken_away(city, owner):
    case = draft(city)
    address = f"/cases/{case.pk}/form"
    first = stamps(owner.get(address).content.decode())
    for _ in range(2):
        owner.post(address, {**first, "act": "attach", "file:drawing": chosen(pdf("图"))})
    file = CaseFile.objects.get(case=case)
    page = owner.get(address).content.decode()
    owner.post(address, {**stamps(page), "act": f"detach:{file.pk}"})
    assert not CaseFile.objects.filter(case=case).exists()


def test_bad_69_a_file_that_is_too_large_is_told_and_not_kept(city, owner, settings):
    settings.UPLOAD_MOST_BYTES = 100_000
    case = draft(city)
    address = f"/cases/{case.pk}/form"
    given = stamps(owner.get(address).content.decode())
    page = owner.post(address, {**given, "act": "save", "file:drawing": chosen(b"%PDF-" * 50_000)})
    assert "效果图.pdf：文件太大" in page.content.decode()
    assert not CaseFile.objects.filter(case=case).exists()


def test_officers_ask_for_other_files_see_them_and_fetch_them(city, owner, sits):
    case = submitted(city, promising=False)
    officer = sits("minghu.chengguan.chengban")
    task = Approval.objects.get(case=case)
    shown = officer.get(f"/desk/approvals/{task.pk}").content.decode()
    address = re.search(r'href="(/files/files/[^"]+)"', shown)
    assert address
    fetched = officer.get(address[1])
    assert fetched["Content-Disposition"].startswith("attachment")
    assert (fetched.content[:5], fetched["X-Content-Type-Options"]) == (b"%PDF-", "nosniff")
    ask = officer.get(f"/desk/cases/{case.pk}/corrections").content.decode()
    asked = {**stamps(ask), "correct:materials.drawing": "请标明尺寸"}
    officer.post(f"/desk/cases/{case.pk}/corrections", asked)
    page = owner.get(f"/cases/{case.pk}/corrections").content.decode()
    assert "请标明尺寸" in page
    old = CaseFile.objects.get(case=case, material="drawing")
    page = owner.post(
        f"/cases/{case.pk}/corrections", {**stamps(page), "act": f"detach:{old.pk}"}
    ).content.decode()
    last = {**stamps(page), "act": "answer", "file:drawing": chosen(pdf("新"), "新图.pdf")}
    assert owner.post(f"/cases/{case.pk}/corrections", last).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "reviewing"
