"""The administration by roles: who enters, what each role may, and that all of it is in the audit."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from people.models import Account, AuditRecord, Department, Officer, Session
from tests.city import PASSWORD

pytestmark = pytest.mark.django_db


def enter(client, name, password=PASSWORD):
    """Signs in at the administration; the answer."""
    return client.post(
        reverse("admin:login"), {"username": name, "password": password, "next": "/admin/"}
    )


@pytest.fixture
def administrator(db, client):
    client.force_login(Account.objects.create_superuser("root", "a password of some length"))
    return client


def test_the_door_is_chinese_for_every_browser_and_notes_who_came_and_went(city, client):
    shown = client.get("/admin/login/", headers={"Accept-Language": "en"}).content.decode()
    assert "管理后台" in shown
    assert "登录名" in shown
    assert "Log in" not in shown
    assert enter(client, "zhengshu.shenji").status_code == 302
    client.post(reverse("admin:logout"))
    acts = AuditRecord.objects.filter(subject_kind="administration").order_by("id")
    assert list(acts.values_list("action", "outcome")) == [
        ("sign_in", "done"),
        ("sign_out", "done"),
    ]


@pytest.mark.parametrize("name", ["linxiaoman", "shijian.chengban", "minghu.shijian.fuzeren"])
def test_who_has_no_role_in_the_administration_is_answered_like_a_wrong_password(
    city, client, name
):
    refused = enter(client, name)
    assert "没有管理权限" in refused.content.decode()
    wrong = enter(client, "zhengshu.shenji", "wrong password")
    assert "没有管理权限" in wrong.content.decode()
    assert client.get("/admin/people/person/").status_code == 302


def test_atk_49_an_auditor_reads_the_audit_and_nothing_else_and_each_attempt_is_noted(city, client):
    enter(client, "zhengshu.shenji")
    listed = client.get(reverse("admin:people_auditrecord_changelist"), {"since": "all"})
    assert listed.status_code == 200
    assert "zhengshu.shenji" in listed.content.decode()
    office = Officer.objects.get(account__sign_in_name="zhengshu.shenji")
    AuditRecord.objects.create(
        at=timezone.now(),
        actor="system:test",
        acting_for=f"department:{office.department_id}",
        action="read",
        subject_kind="case",
        subject_id=str(office.pk),
        outcome="done",
    )
    named = client.get(reverse("admin:people_auditrecord_changelist")).content.decode()
    assert office.department.name in named
    assert f"办件 …{str(office.pk)[-12:]}" in named
    record = AuditRecord.objects.latest("id")
    shown = reverse("admin:people_auditrecord_change", args=[record.pk])
    assert client.get(shown).status_code == 200
    assert client.post(shown, {"actor": "nobody"}).status_code == 403
    for page in ("people_account", "people_person", "services_itemversion", "ecert_certificate"):
        assert client.get(reverse(f"admin:{page}_changelist")).status_code == 403
    refused = AuditRecord.objects.filter(action="administer", outcome="FORBIDDEN")
    assert refused.count() == 5
    found = client.get(reverse("admin:people_auditrecord_changelist"), {"q": "zhengshu.shenji"})
    assert found.context["cl"].result_count == 6


def test_inv_27_a_role_that_ended_yesterday_opens_no_page_today(city, client):
    enter(client, "zhengshu.shenji")
    yesterday = timezone.localdate() - timedelta(days=1)
    Officer.objects.filter(account__sign_in_name="zhengshu.shenji").update(valid_until=yesterday)
    assert client.get(reverse("admin:people_auditrecord_changelist")).status_code == 302


def test_a_department_is_entered_with_its_code_and_its_seal(administrator, city):
    given = {
        "function": "culture",
        "division": "990100000000",
        "name": "云澜市文化和旅游局",
        "credit_code": "119901000031000800",
        "document_word": "云文旅",
        "channel": "desk",
    }
    page = reverse("admin:people_department_add")
    assert administrator.post(page, {**given, "credit_code": "1"}).status_code == 200
    assert administrator.post(page, {**given, "function": "文旅"}).status_code == 200
    assert administrator.post(page, given).status_code == 302
    assert Department.objects.get(code="culture.990100000000").name == "云澜市文化和旅游局"
    assert AuditRecord.objects.filter(action="enter_department", outcome="done").latest("id")


def test_a_role_is_given_and_ended_by_days_and_a_password_is_set_anew(administrator, city):
    account = Account.objects.get(sign_in_name="shijian.chengban")
    office = account.offices.get()
    day = timezone.localdate()
    given = {
        "account": str(account.pk),
        "department": str(office.department_id),
        "role": "supervisor",
        "staff_number": "SJ0101",
        "name": office.name,
        "valid_from": day.isoformat(),
    }
    page = reverse("admin:people_officer_add")
    wrong = {**given, "valid_until": (day - timedelta(days=1)).isoformat()}
    assert "不能早于" in administrator.post(page, wrong).content.decode()
    assert administrator.post(page, given).status_code == 302
    assert set(account.offices.values_list("role", flat=True)) == {"officer", "supervisor"}
    Session.objects.create(
        account=account, refresh_digest=b"0" * 32, expires_at=timezone.now() + timedelta(days=1)
    )
    word = "a new and longer word"
    administrator.post(
        reverse("admin:auth_user_password_change", args=[account.pk]),
        {"password1": word, "password2": word, "usable_password": "true"},
    )
    assert Session.objects.get(account=account).revoked_at is not None
    acts = AuditRecord.objects.filter(actor__contains=Account.objects.get(sign_in_name="root").pk)
    assert set(acts.values_list("action", flat=True)) == {"enter_officer", "set_password"}


def test_create_first_admin_once_with_a_password_that_holds(db, monkeypatch, capsys):
    def create(name, password):
        monkeypatch.setenv("TONGBAN_ADMIN_PASSWORD", password)
        call_command("create_first_admin", name=name)

    with pytest.raises(CommandError, match="PASSWORD_TOO_WEAK"):
        create("guanli", "short")
    with pytest.raises(CommandError, match="REQUIRED"):
        create(" ", "a long enough password")
    assert not Account.objects.exists()
    create("guanli", "a long enough password")
    assert "/admin/" in capsys.readouterr().out
    with pytest.raises(CommandError, match="ADMIN_EXISTS"):
        create("another", "a long enough password")
    assert AuditRecord.objects.filter(action="create_first_admin").count() == 1
