"""Whom an access token still speaks for: a stopped identity stops at its next request."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from keys import jose
from people import commands
from people.commands import sign_in
from people.errors import Refusal
from people.models import Account, Enterprise, Mandate, Officer, Session
from people.tokens import access_token_of, viewer_of
from people.viewer import Viewer

PASSWORD = "a long enough password"


def token_for(acting_for="", name="linxiaoman"):
    return sign_in(sign_in_name=name, password=PASSWORD, acting_for=acting_for).access_token


def refused(token):
    with pytest.raises(Refusal) as refusal:
        viewer_of(token)
    return refusal.value.code == "UNAUTHENTICATED"


def test_inv_27_a_closed_account_stops(account):
    token = token_for()
    Account.objects.update(is_active=False)
    assert refused(token)


def test_inv_27_an_officer_whose_role_ended_stops(account, department_in, officer_in):
    officer_in(account, department_in("fire", "lake"))
    token = token_for("office:fire.990102000000")
    assert viewer_of(token).roles == {"officer"}
    Officer.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    assert refused(token)


def test_inv_27_an_agent_whose_mandate_was_revoked_stops(enterprise, other_person, mandate_for):
    commands.enter_account(
        viewer=Viewer.system("tests"), sign_in_name="agent", password=PASSWORD, person=other_person
    )
    mandate_for(other_person)
    token = token_for(enterprise.credit_code, "agent")
    assert viewer_of(token).kind == "enterprise"
    Mandate.objects.update(revoked_at=timezone.now())
    assert refused(token)


def test_inv_27_a_replaced_representative_and_a_closed_enterprise_stop(
    account, enterprise, other_person
):
    token = token_for(enterprise.credit_code)
    Enterprise.objects.update(legal_representative=other_person)
    assert refused(token)
    Enterprise.objects.update(legal_representative=account.person, is_active=False)
    assert refused(token)


def test_a_right_token_of_nobodys_session_is_refused(account):
    token_for()
    session = Session.objects.get()
    other = Account.objects.create(sign_in_name="other")
    stranger = Session(pk=session.pk, account=other)
    assert refused(access_token_of(stranger))
    assert refused(access_token_of(Session(pk=uuid4(), account=account)))
    assert refused(jose.sign_access({"sub": str(account.pk), "jti": "no session"}))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\x00", "键", "x" * 5_000_000])
def test_atk_61_rubbish_is_refused(db, token):
    assert refused(token)


def test_a_request_costs_one_statement_for_a_person_and_two_for_an_office(
    account, department_in, officer_in, django_assert_num_queries
):
    officer_in(account, department_in("fire", "lake"))
    person, officer = token_for(), token_for("office:fire.990102000000")
    with django_assert_num_queries(1):
        viewer_of(person)
    with django_assert_num_queries(2):
        viewer_of(officer)
