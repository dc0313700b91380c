"""Who holds what ends soon is told at each mark once, days that were missed made up for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bus.models import Chore, OutboxLetter
from ecert import tasks
from ecert.models import Certificate, ExpiryNotice
from ecert.tasks import tell_expiring_day


def told(licence, days, on=0):
    """What is told when the licence ends in `days`, `on` days from now."""
    today = timezone.localdate()
    Certificate.objects.filter(pk=licence.pk).update(valid_until=today + timedelta(days=days))
    before = set(OutboxLetter.objects.values_list("id", flat=True))
    tell_expiring_day((today + timedelta(days=on)).isoformat())
    letters = OutboxLetter.objects.filter(topic="certificate.expiring").exclude(id__in=before)
    return [letter.envelope["data"] for letter in letters]


def test_each_mark_is_told_once_also_when_its_day_was_missed(licence, owner):
    assert told(licence, 61) == []
    [first] = told(licence, 60)
    assert (first["days"], first["name"]) == ("60", licence.type.name)
    assert first["accounts"] == [str(owner.account_id)]
    assert told(licence, 60, on=1) == []
    [second] = told(licence, 60, on=33)  # the day of the 30 was missed
    assert second["days"] == "27"
    [third] = told(licence, 60, on=60)
    assert third["days"] == "0"
    assert told(licence, 60, on=60) == []
    assert told(licence, 60, on=61) == []
    assert sorted(ExpiryNotice.objects.values_list("mark", flat=True)) == [7, 30, 60]
    assert licence.number not in str(list(OutboxLetter.objects.values()))


@pytest.mark.parametrize("status", ["revoked", "superseded", "issuing"])
def test_who_holds_what_is_not_valid_is_not_told_that_it_ends(licence, owner, status):
    Certificate.objects.filter(pk=licence.pk).update(status=status)
    assert told(licence, 30) == []


def test_a_day_longer_than_a_chores_lease_goes_on_in_the_next_chore(licence, owner, monkeypatch):
    monkeypatch.setattr(tasks, "LONGEST_SECONDS", -1)
    assert len(told(licence, 30)) == 1
    assert Chore.objects.get(kind="tell_expiring").state == "open"
    assert told(licence, 30) == []
