"""Mandates through the door: given, listed with the names of their items, taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.graphql.asking import codes, done, key, told
from tests.restaurant import ITEM

pytestmark = pytest.mark.django_db
AGENT = {"agentName": "陈默", "agentIdNumber": "110101190311210062"}


def test_a_mandate_is_given_listed_and_taken_back(city, caller_of):
    owner, agent = caller_of(city.owner), caller_of(city.neighbour)
    today = timezone.localdate()
    given = {
        **AGENT,
        "itemCodes": [ITEM],
        "validFrom": today.isoformat(),
        "validUntil": (today + timedelta(days=365)).isoformat(),
    }
    mandate = done(owner.ask("grantMandate", **given, idempotencyKey=key()), "grantMandate")[
        "mandate"
    ]
    assert (mandate["agentName"], mandate["status"]) == ("陈默", "valid")
    assert mandate["items"][0]["code"] == ITEM
    assert mandate["items"][0]["name"] != ITEM
    assert mandate["agentIdNumberMask"].count("*") >= 8
    listed = owner.ask("mandates")["data"]["mandates"]["nodes"]
    assert [row["agentName"] for row in listed] == ["陈默", "周望舒"]
    mine = agent.ask("mandates")["data"]["mandates"]["nodes"]
    assert [row["enterprise"]["name"] for row in mine] == [city.restaurant.name]
    revoked = owner.ask("revokeMandate", mandateId=mandate["id"], idempotencyKey=key())
    assert done(revoked, "revokeMandate")["mandate"]["status"] == "revoked"
    assert caller_of(city.stranger).ask("mandates")["data"]["mandates"]["nodes"] == []


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"itemCodes": ["nothing"]}, "itemCodes", "ITEM_NOT_AVAILABLE"),
        ({"agentName": "陈不默"}, "agentName", "IDENTITY_MISMATCH"),
        ({"validUntil": "2020-01-01"}, "validUntil", "MANDATE_PERIOD_INVALID"),
    ],
)
def test_what_is_wrong_with_a_mandate_is_told_at_its_field(city, caller_of, given, field, code):
    days = dict.fromkeys(["validFrom", "validUntil"], timezone.localdate().isoformat())
    answer = caller_of(city.owner).ask(
        "grantMandate", **{**AGENT, **days, **given}, idempotencyKey=key()
    )
    assert told(answer, "grantMandate") == {field: code}


def test_bad_45_a_day_that_is_none_is_told_before_anything_runs(city, caller_of):
    given = {**AGENT, "validFrom": "2026-02-30", "validUntil": "morgen"}
    answer = caller_of(city.owner).ask("grantMandate", **given, idempotencyKey=key())
    assert codes(answer) == ["INVALID_DATE", "INVALID_DATE"]
