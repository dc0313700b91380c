"""Signing in, as whom, and how a session goes on and ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people import commands
from people.commands import refresh_session, sign_in, sign_out
from people.errors import Refusal
from people.models import Account, AuditRecord, Session
from people.tokens import viewer_of
from people.viewer import Viewer

SYSTEM = Viewer.system("tests")
PASSWORD = "a long enough password"


def enter(acting_for="", password=PASSWORD, name="linxiaoman"):
    return sign_in(sign_in_name=name, password=password, acting_for=acting_for, request_id="r-1")


def code_of(act, *arguments, **named):
    with pytest.raises(Refusal) as refused:
        act(*arguments, **named)
    return refused.value.code


def test_sign_in_gives_a_token_that_says_who_asks(account, person):
    signed_in = enter()
    viewer = viewer_of(signed_in.access_token, "r-2")
    assert (viewer.kind, viewer.person_id, viewer.request_id) == ("person", person.pk, "r-2")
    assert viewer.account_id == account.pk == signed_in.viewer.account_id
    assert signed_in.expires_in <= 600
    assert AuditRecord.objects.get(action="sign_in").outcome == "done"


def test_nothing_secret_of_a_session_is_stored(account):
    signed_in = enter()
    session = Session.objects.get()
    assert signed_in.refresh_token.encode() not in bytes(session.refresh_digest)
    assert len(session.refresh_digest) == 32


@pytest.mark.parametrize("name", ["nobody", "", "a\x00b", "\ud800", "x" * 10_000])
def test_atk_63_unknown_name_and_wrong_password_are_the_same_answer(account, name):
    known, unknown = code_of(enter, password="wrong"), code_of(enter, name=name)
    assert known == unknown == "SIGN_IN_FAILED"
    assert not Session.objects.exists()


@pytest.mark.parametrize("password", ["", "\x00", "\ud800", "p" * 1_000_000])
def test_an_odd_password_is_a_wrong_password(account, password):
    assert code_of(enter, password=password) == "SIGN_IN_FAILED"


def test_failures_are_noted_and_an_unknown_name_only_as_a_digest(account):
    code_of(enter, password="wrong")
    code_of(enter, name="my-password-by-mistake")
    known, unknown = AuditRecord.objects.filter(action="sign_in").order_by("id")
    assert (known.subject_kind, known.subject_id) == ("account", str(account.pk))
    assert unknown.subject_kind == "sign_in_name"
    assert "mistake" not in unknown.subject_id


def test_five_failures_lock_the_account_for_a_while_with_the_same_answer(account):
    for _ in range(5):
        assert code_of(enter, password="wrong") == "SIGN_IN_FAILED"
    assert code_of(enter) == "SIGN_IN_FAILED"
    account.refresh_from_db()
    assert account.locked_until > timezone.now()
    Account.objects.update(locked_until=timezone.now())
    assert enter().viewer.kind == "person"


def test_failures_while_locked_do_not_lengthen_the_lock_and_a_success_forgets_them(account):
    for _ in range(4):
        code_of(enter, password="wrong")
    enter()
    account.refresh_from_db()
    assert account.failed_attempts == 0
    for _ in range(5):
        code_of(enter, password="wrong")
    account.refresh_from_db()
    until = account.locked_until
    code_of(enter, password="wrong")
    account.refresh_from_db()
    assert account.locked_until == until


def test_a_closed_account_is_answered_like_an_unknown_one(account):
    Account.objects.update(is_active=False)
    assert code_of(enter) == "SIGN_IN_FAILED"


def test_the_legal_representative_acts_for_the_enterprise(account, enterprise):
    viewer = enter(enterprise.credit_code.lower()).viewer
    assert (viewer.kind, viewer.enterprise_id) == ("enterprise", enterprise.pk)
    assert viewer.mandate_id is None


def test_an_agent_acts_by_the_mandate(enterprise, other_person, mandate_for):
    commands.enter_account(
        viewer=SYSTEM, sign_in_name="agent", password=PASSWORD, person=other_person
    )
    mandate = mandate_for(other_person)
    viewer = enter(enterprise.credit_code, name="agent").viewer
    assert (viewer.kind, viewer.mandate_id) == ("enterprise", mandate.pk)


@pytest.mark.parametrize(
    "acting_for",
    ["91110000600037341L", "not a code", "91350100M000100Y44", "office:fire.990102000000"],
)
def test_bad_37_nobody_acts_for_who_has_not_asked_them(account, other_person, acting_for):
    commands.enter_enterprise(
        viewer=SYSTEM,
        credit_code="91110000600037341L",
        name="别家公司",
        legal_representative=other_person,
        address="云澜市",
    )
    assert code_of(enter, acting_for) == "NOT_AUTHORIZED_AGENT"
    assert AuditRecord.objects.get(action="sign_in").outcome == "NOT_AUTHORIZED_AGENT"


def test_bad_38_an_ended_mandate_is_told(enterprise, other_person, mandate_for):
    commands.enter_account(
        viewer=SYSTEM, sign_in_name="agent", password=PASSWORD, person=other_person
    )
    mandate_for(other_person, until=-1)
    assert code_of(enter, enterprise.credit_code, name="agent") == "MANDATE_INVALID"


def test_bad_36_a_closed_enterprise_is_told_to_its_representative(account, enterprise):
    enterprise.is_active = False
    enterprise.save()
    assert code_of(enter, enterprise.credit_code) == "ENTITY_NOT_ACTIVE"


def test_an_officer_acts_in_the_office_with_all_roles_of_today(account, department_in, officer_in):
    fire = department_in("fire", "lake")
    officer_in(account, fire, "officer")
    officer_in(account, fire, "approver")
    officer_in(account, fire, "supervisor", until=-1)
    viewer = enter("office:fire.990102000000").viewer
    assert viewer.roles == {"officer", "approver"}
    assert (viewer.department_id, viewer.department_function) == (fire.pk, "fire")
    assert viewer.holds("approver")
    assert not viewer.is_applicant


def test_an_account_without_a_person_acts_in_its_only_office(department_in, officer_in):
    staff = commands.enter_account(viewer=SYSTEM, sign_in_name="staff", password=PASSWORD)
    assert code_of(enter, name="staff") == "NOT_AUTHORIZED_AGENT"
    officer_in(staff, department_in("fire", "lake"))
    assert enter(name="staff").viewer.department_function == "fire"
    officer_in(staff, department_in("ecology", "lake"))
    assert code_of(enter, name="staff") == "NOT_AUTHORIZED_AGENT"


def test_refresh_session_rotates_the_token_and_the_session_stays_the_same(account):
    first = enter()
    second = refresh_session(refresh_token=first.refresh_token)
    assert second.refresh_token != first.refresh_token
    assert second.viewer.session_id == first.viewer.session_id
    third = refresh_session(refresh_token=second.refresh_token)
    assert viewer_of(third.access_token).account_id == account.pk


def test_atk_58_a_spent_token_gives_the_same_successor_within_the_grace(account):
    first = enter()
    second = refresh_session(refresh_token=first.refresh_token)
    again = refresh_session(refresh_token=first.refresh_token)
    assert again.refresh_token == second.refresh_token


@pytest.mark.parametrize("rotations", [1, 2, 5])
def test_atk_58_a_token_spent_long_ago_ends_the_whole_session(account, rotations):
    first = newest = enter()
    for _ in range(rotations):
        newest = refresh_session(refresh_token=newest.refresh_token)
    Session.objects.update(rotated_at=timezone.now() - timedelta(seconds=11))
    assert code_of(refresh_session, refresh_token=first.refresh_token) == "UNAUTHENTICATED"
    assert code_of(refresh_session, refresh_token=newest.refresh_token) == "UNAUTHENTICATED"
    assert code_of(viewer_of, newest.access_token) == "UNAUTHENTICATED"
    assert AuditRecord.objects.filter(outcome="REFRESH_TOKEN_REUSED").count() == 1


def test_a_token_two_rotations_old_ends_the_session_even_within_the_grace(account):
    first = enter()
    second = refresh_session(refresh_token=first.refresh_token)
    refresh_session(refresh_token=second.refresh_token)
    assert code_of(refresh_session, refresh_token=first.refresh_token) == "UNAUTHENTICATED"
    assert Session.objects.get().revoked_at is not None


def test_a_made_up_token_for_a_real_session_does_not_end_it(account):
    signed_in = enter()
    session = signed_in.refresh_token.partition(".")[0]
    for odd in (
        f"{session}.{'A' * 43}",
        f"{session}.",
        session,
        "",
        "..",
        "x" * 5_000_000,
        "键.键",
    ):
        assert code_of(refresh_session, refresh_token=odd) == "UNAUTHENTICATED"
    assert refresh_session(refresh_token=signed_in.refresh_token)


def test_sign_out_stops_both_tokens_at_once_and_may_be_repeated(account):
    signed_in = enter()
    sign_out(viewer=signed_in.viewer)
    sign_out(viewer=signed_in.viewer)
    assert code_of(viewer_of, signed_in.access_token) == "UNAUTHENTICATED"
    assert code_of(refresh_session, refresh_token=signed_in.refresh_token) == "UNAUTHENTICATED"
    assert AuditRecord.objects.filter(action="sign_out").count() == 1


def test_a_session_ends_for_good_at_its_day_however_often_it_is_refreshed(account):
    signed_in = enter()
    Session.objects.update(expires_at=timezone.now())
    assert code_of(viewer_of, signed_in.access_token) == "UNAUTHENTICATED"
    assert code_of(refresh_session, refresh_token=signed_in.refresh_token) == "UNAUTHENTICATED"


def test_atk_62_the_eleventh_session_ends_the_oldest(account):
    signed_in = [enter() for _ in range(11)]
    assert code_of(viewer_of, signed_in[0].access_token) == "UNAUTHENTICATED"
    assert all(viewer_of(later.access_token) for later in signed_in[1:])
