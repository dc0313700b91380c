"""Signing in, acting for, and leaving, through the door."""

import pytest

from people.models import Account, Session
from tests.city import PASSWORD
from tests.graphql.asking import codes, done, told

pytestmark = pytest.mark.django_db


def sign_in_name(viewer) -> str:
    """The name that a viewer of the demo city signs in with."""
    return Account.objects.get(pk=viewer.account_id).sign_in_name


@pytest.fixture
def name(city) -> str:
    """The owner's sign-in name."""
    return sign_in_name(city.owner)


def test_sign_in_tells_what_one_may_act_as(anonymous, name):
    answer = anonymous.ask("signIn", signInName=name, password=PASSWORD)
    payload = done(answer, "signIn")
    assert payload["me"]["kind"] == "person"
    offered = {c["name"]: c["actingFor"] for c in payload["me"]["capacities"]}
    assert len(offered) == 2
    anonymous.token = payload["signedIn"]["accessToken"]
    assert anonymous.ask("me")["data"]["me"]["idNumberMask"].count("*") >= 8

    enterprise = next(value for value in offered.values() if value)
    anonymous.token = ""
    again = done(
        anonymous.ask("signIn", signInName=name, password=PASSWORD, actingFor=enterprise), "signIn"
    )
    anonymous.token = again["signedIn"]["accessToken"]
    me = anonymous.ask("me")["data"]["me"]
    assert (me["kind"], me["enterprise"]["creditCode"]) == ("enterprise", enterprise)


def test_atk_63_a_wrong_name_and_a_wrong_password_sound_the_same(anonymous, name):
    wrong = [
        told(anonymous.ask("signIn", signInName=who, password=password), "signIn")
        for who, password in [(name, "wrong-password"), ("nobody", PASSWORD), ("", "")]
    ]
    assert wrong[0] == wrong[1] == wrong[2]
    assert set(wrong[0].values()) == {"SIGN_IN_FAILED"}
    assert not Session.objects.exists()


def test_atk_44_nobody_acts_for_an_enterprise_that_is_not_theirs(anonymous, city):
    answer = anonymous.ask(
        "signIn",
        signInName=sign_in_name(city.neighbour),
        password=PASSWORD,
        actingFor=city.restaurant.credit_code,
    )
    assert set(told(answer, "signIn").values()) <= {"NOT_AUTHORIZED_AGENT", "MANDATE_INVALID"}
    assert answer["data"]["signIn"]["signedIn"] is None


def test_refresh_session_gives_new_tokens(anonymous, name):
    signed = done(anonymous.ask("signIn", signInName=name, password=PASSWORD), "signIn")
    token = signed["signedIn"]["refreshToken"]
    fresh = done(anonymous.ask("refreshSession", refreshToken=token), "refreshSession")
    assert fresh["signedIn"]["refreshToken"] != token
    anonymous.token = fresh["signedIn"]["accessToken"]
    assert anonymous.ask("me")["data"]["me"]["name"]


def test_a_refresh_token_is_no_access_token(anonymous, name):
    signed = done(anonymous.ask("signIn", signInName=name, password=PASSWORD), "signIn")
    anonymous.token = signed["signedIn"]["refreshToken"]
    assert codes(anonymous.ask("me")) == ["UNAUTHENTICATED"]
    anonymous.token = ""
    rubbish = anonymous.ask("refreshSession", refreshToken="x" * 43)
    assert "UNAUTHENTICATED" in {*codes(rubbish), *str(rubbish).split("'")}


def test_inv_27_sign_out_ends_the_token_at_once(city, caller_of):
    owner = caller_of(city.owner)
    assert owner.ask("me")["data"]["me"]["name"] == city.restaurant.name
    assert done(owner.ask("signOut"), "signOut")["signedOut"]
    assert codes(owner.ask("me")) == ["UNAUTHENTICATED"]


def test_inv_27_a_disabled_account_stops_at_its_next_request(city, caller_of):
    owner = caller_of(city.owner)
    Account.objects.filter(pk=city.owner.account_id).update(is_active=False)
    assert codes(owner.ask("myCases")) == ["UNAUTHENTICATED"]


def test_an_officer_is_shown_department_and_roles(city, caller_of):
    me = caller_of(city.officer("fire")).ask("me")["data"]["me"]
    assert me["kind"] == "officer"
    assert me["department"]["function"] == "fire"
    assert me["roleNames"] == ["承办人"]


def test_atk_48_two_viewers_in_turn_see_only_their_own(city, caller_of):
    one, other = caller_of(city.owner), caller_of(city.stranger)
    names = [caller.ask("me")["data"]["me"]["name"] for caller in (one, other) * 3]
    assert len(set(names)) == 2
    assert names[:2] * 3 == names
