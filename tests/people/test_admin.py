"""The administration: rights are given and ended, numbers are not shown, everything is noted."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import timezone

from people.models import Account, AuditRecord, Enterprise

PAGES = [
    "account",
    "auditrecord",
    "department",
    "division",
    "enterprise",
    "mandate",
    "officer",
    "person",
    "session",
    "staffrole",
]


@pytest.fixture
def administrator(db, client):
    account = Account.objects.create_superuser("root", "a password of the administration")
    client.force_login(account)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_every_list_and_every_row_opens_without_a_number(administrator, city, page):
    listed = administrator.get(reverse(f"admin:people_{page}_changelist"))
    assert listed.status_code == 200
    model = listed.context["cl"].model
    pages = listed.content.decode()
    assert "Select " not in pages
    for row in model.objects.all()[:1]:
        opened = administrator.get(reverse(f"admin:people_{page}_change", args=[row.pk]))
        assert opened.status_code == 200
        pages += opened.content.decode()
    for number in ("110101190003070029", "13800000001", "argon2", "sealed", "digest"):
        assert number not in pages


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_deleted(administrator, city, page):
    model = administrator.get(reverse(f"admin:people_{page}_changelist")).context["cl"].model
    for row in model.objects.all()[:1]:
        assert administrator.get(
            reverse(f"admin:people_{page}_delete", args=[row.pk])
        ).status_code in {302, 403}


def test_closing_an_enterprise_is_noted_with_who_and_which_fields(administrator, enterprise):
    administrator.post(
        reverse("admin:people_enterprise_change", args=[enterprise.pk]),
        {"name": enterprise.name, "address": enterprise.address},
    )
    assert not Enterprise.objects.get().is_active
    record = AuditRecord.objects.get(subject_kind="enterprise", details={"fields": ["is_active"]})
    assert record.actor == f"account:{Account.objects.get(sign_in_name='root').pk}"


def test_an_account_is_made_with_a_password_of_some_length(administrator):
    for password, made in [("short", False), ("a longer password", True)]:
        administrator.post(
            reverse("admin:people_account_add"),
            {"sign_in_name": "new", "password1": password, "password2": password},
        )
        assert Account.objects.filter(sign_in_name="new").exists() is made
    assert AuditRecord.objects.filter(action="enter_account").exists()


def test_the_administration_locks_out_like_the_halls(db):
    account = Account.objects.create(sign_in_name="root", password=make_password("right"))
    assert authenticate(username="root", password="right") == account
    for _ in range(5):
        assert authenticate(username="root", password="wrong") is None
    assert authenticate(username="root", password="right") is None
    account.refresh_from_db()
    assert account.locked_until > timezone.now()
    assert authenticate(username="nobody", password="wrong") is None
