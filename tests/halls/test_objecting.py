"""Whoever disagrees with a register objects on a page, and the desk shows the objection to an officer."""

import pytest
from django.urls import reverse

from tests.residence import WORKS, accepted, ask_registers
from tests.restaurant import approval_of

pytestmark = pytest.mark.django_db


def test_object_to_mismatch_by_the_page_and_at_the_desk(city, sits):
    case = accepted(city, WORKS | {"employment.employer": "云澜市拾光书店"})
    approval = approval_of(case, "employment")
    officer = sits("renshe.chengban")
    desk = reverse("halls:approval", args=[approval.pk])
    assert "正在向“就业参保登记”核验" in officer.get(desk).content.decode()
    ask_registers()

    person = sits("yezhiqiu", "person")
    page = person.get(reverse("halls:case", args=[case.pk])).content.decode()
    address = reverse("halls:object", args=[case.pk, approval.pk])
    assert address in page
    assert "用人单位名称" in page
    assert "云帆软件" not in page  # the register's own value is never shown
    form = person.get(address).content.decode()
    assert "就业核验" in form
    refused = person.post(address, {"reason": " ", "key": "a1"}).content.decode()
    assert "请写明理由" in refused
    done = person.post(address, {"reason": "上月已换工作", "key": "a2"})
    assert done.status_code == 302
    assert "上月已换工作" in officer.get(desk).content.decode()
    page = person.get(reverse("halls:case", args=[case.pk])).content.decode()
    assert address not in page
    other = sits("chenmo", "person").get(address)
    assert other.status_code == 404


def test_whoever_decides_reads_what_the_registers_said(city, sits):
    case = accepted(city, WORKS | {"employment.employer": "云澜市拾光书店"})
    ask_registers()
    police = sits("gongan.chengban")
    page = police.get(reverse("halls:approval", args=[approval_of(case, "grant").pk]))
    assert "登记的内容与填报的不一致：用人单位名称" in page.content.decode()


def test_the_desk_counts_what_is_left_in_the_kind_of_days_of_the_limit(city, sits):
    case = accepted(city, WORKS)
    ask_registers()
    police = sits("gongan.chengban")
    left = "还剩 10 天"  # calendar days, as the law of residence permits counts
    assert left in police.get(f"/desk/approvals/{approval_of(case, 'grant').pk}").content.decode()
    assert left in police.get(reverse("halls:desk")).content.decode()
