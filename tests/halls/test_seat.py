"""Who sits before a page: the cookie, its renewal and its end."""

import time

import pytest
from django.core import signing
from django.test import Client

from halls.seat import COOKIE, SALT
from people.models import Session
from tests.city import PASSWORD

pytestmark = pytest.mark.django_db


def kept(client: Client) -> dict[str, object]:
    return signing.loads(client.cookies[COOKIE].value, salt=SALT)


def put(client: Client, **changes: object) -> None:
    changed = signing.dumps({**kept(client), **changes}, salt=SALT, compress=True)
    client.cookies[COOKIE] = changed


def test_scripts_cannot_read_the_cookie_and_other_sites_cannot_send_it(owner):
    cookie = owner.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_in_for_an_enterprise_leaves_one_session_open(owner):
    assert kept(owner)["name"] == "云澜市明湖区小满餐饮有限公司"
    assert Session.objects.filter(revoked_at=None).count() == 1


def test_a_wrong_password_says_nothing_about_which_was_wrong_and_keeps_the_name(city):
    for name in ("linxiaoman", "nobody"):
        typed = {"name": name, "password": "wrong", "capacity": "enterprise"}
        page = Client().post("/sign-in", typed)
        assert page.status_code == 422
        assert "登录名或密码不正确" in page.content.decode()
        assert f'value="{name}"' in page.content.decode()
        assert COOKIE not in page.cookies or not page.cookies[COOKIE].value


@pytest.mark.parametrize(
    ("account", "capacity", "words"),
    [("chenmo", "enterprise", "没有可以代表的企业"), ("chenmo", "officer", "没有工作人员身份")],
)
def test_a_capacity_that_one_does_not_have_opens_nothing(city, account, capacity, words):
    typed = {"name": account, "password": PASSWORD, "capacity": capacity}
    page = Client().post("/sign-in", typed)
    assert words in page.content.decode()
    assert not Session.objects.filter(revoked_at=None).exists()


def test_an_access_token_that_ends_is_renewed_without_a_word(owner):
    before = kept(owner)
    put(owner, until=time.time())
    assert owner.get("/cases").status_code == 200
    assert kept(owner)["refresh"] != before["refresh"]
    assert float(str(kept(owner)["until"])) > time.time() + 60


def test_a_session_that_was_ended_elsewhere_leads_to_signing_in_and_back(owner):
    for session in Session.objects.all():
        session.revoked_at = session.expires_at
        session.save()
    page = owner.get("/cases")
    assert page["Location"] == "/sign-in?next=%2Fcases"
    assert owner.cookies[COOKIE].value == ""


def test_a_cookie_that_was_tampered_with_is_nobodys(owner):
    owner.cookies[COOKIE] = owner.cookies[COOKIE].value[:-2] + "xx"
    assert owner.get("/cases")["Location"].startswith("/sign-in")


def test_signing_out_ends_the_session_on_the_server_too(owner):
    cookie = owner.cookies[COOKIE].value
    owner.post("/sign-out")
    assert not Session.objects.filter(revoked_at=None).exists()
    owner.cookies[COOKIE] = cookie
    assert owner.get("/cases").status_code == 302


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_after_signing_in_one_never_lands_on_another_site(city, wanted):
    typed = {"name": "linxiaoman", "password": PASSWORD, "capacity": "person", "next": wanted}
    assert Client().post("/sign-in", typed)["Location"] == "/"


def test_demo_sign_ins_are_offered_in_a_demo_only(city, settings):
    settings.DEMO = False
    assert PASSWORD not in Client().get("/sign-in").content.decode()
    settings.DEMO = True
    assert PASSWORD in Client().get("/sign-in").content.decode()
