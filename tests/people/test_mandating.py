"""Mandates: given by the legal representative alone, to a person known by the whole identity, until taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from bus.models import OutboxLetter
from people import commands
from people.errors import Refusal
from people.models import AuditRecord, Mandate
from people.queries import may_act_for, visible_mandates
from people.tokens import viewer_of
from people.viewer import Viewer
from tests.people.conftest import PASSWORD, SYSTEM
from tests.unchanged import refused

ITEM = "99TCN0003"
GIVEN = {"agent_name": "周闻", "agent_id_number": "440524188001010014", "item_codes": [ITEM]}


@pytest.fixture
def representative(account, person, enterprise):
    return Viewer(
        kind="enterprise",
        account_id=account.pk,
        person_id=person.pk,
        enterprise_id=enterprise.pk,
    )


def grant(viewer, *, first=0, last=30, **given):
    today = timezone.localdate()
    return commands.grant_mandate(
        viewer=viewer,
        key=uuid4().hex,
        valid_from=today + timedelta(days=first),
        valid_until=today + timedelta(days=last),
        **{**GIVEN, **given},
    )


def test_inv_27_grant_mandate_lets_act_and_revoke_mandate_stops_the_very_next_act(
    representative, other_person, enterprise
):
    commands.enter_account(
        viewer=SYSTEM, sign_in_name="zhouwen", password=PASSWORD, person=other_person
    )
    mandate = grant(representative)
    signed_in = commands.sign_in(
        sign_in_name="zhouwen", password=PASSWORD, acting_for=enterprise.credit_code
    )
    today = timezone.localdate()
    assert may_act_for(signed_in.viewer, ITEM, today) == enterprise
    assert list(visible_mandates(signed_in.viewer)) == [mandate]
    for _ in range(2):
        commands.revoke_mandate(viewer=representative, key=uuid4().hex, mandate_id=mandate.pk)
    with pytest.raises(Refusal, match="UNAUTHENTICATED"):
        viewer_of(signed_in.access_token)
    with pytest.raises(Refusal, match="MANDATE_INVALID"):
        may_act_for(signed_in.viewer, ITEM, today)
    noted = AuditRecord.objects.filter(subject_kind="mandate").order_by("id")
    assert list(noted.values_list("action", flat=True)) == ["grant_mandate", "revoke_mandate"]
    assert "440524188001010014" not in str(list(noted.values()))
    posted = OutboxLetter.objects.order_by("id")
    assert list(posted.values_list("topic", flat=True)) == ["mandate.granted", "mandate.revoked"]
    assert posted[0].envelope["data"]["accounts"] == [str(signed_in.viewer.account_id)]


@pytest.mark.parametrize(
    ("code", "field", "given"),
    [
        ("IDENTITY_MISMATCH", "agent_name", {"agent_name": "周不闻"}),
        ("IDENTITY_MISMATCH", "agent_name", {"agent_id_number": "110101190109120039"}),
        ("INVALID_ID_NUMBER", "agent_id_number", {"agent_id_number": "440524188001010015"}),
        (
            "MANDATE_TO_ONESELF",
            "agent_name",
            {"agent_name": "林小满", "agent_id_number": "110101190001010014"},
        ),
        ("MANDATE_PERIOD_INVALID", "valid_from", {"first": -1}),
        ("MANDATE_PERIOD_INVALID", "valid_until", {"first": 2, "last": 1}),
        ("MANDATE_PERIOD_INVALID", "valid_until", {"last": 365 * 6}),
        ("TOO_LONG", "item_codes", {"item_codes": [str(n) for n in range(51)]}),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(representative, other_person, code, field, given):
    with refused(code, field):
        grant(representative, **given)


def test_bad_37_nobody_but_the_representative_gives_or_takes_back_a_mandate(
    representative, other_person, mandate_for
):
    theirs = mandate_for(other_person)
    agent = Viewer(
        kind="enterprise",
        account_id=uuid4(),
        person_id=other_person.pk,
        enterprise_id=representative.enterprise_id,
        mandate_id=theirs.pk,
    )
    for act in (
        lambda: grant(agent),
        lambda: commands.revoke_mandate(viewer=agent, key=uuid4().hex, mandate_id=theirs.pk),
    ):
        with refused("NOT_AUTHORIZED_AGENT"):
            act()
    assert AuditRecord.objects.filter(outcome="NOT_AUTHORIZED_AGENT").count() == 2
    with refused("NOT_FOUND"):
        commands.revoke_mandate(viewer=representative, key=uuid4().hex, mandate_id=uuid4())
    assert Mandate.objects.get().revoked_at is None
