"""What an operator can do about letters in trouble."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from bus import queries, upkeep
from bus.models import InboxLetter, OutboxLetter
from bus.retries import retry
from bus.table import Route, Table

pytestmark = pytest.mark.django_db


def said(*words):
    out = StringIO()
    call_command("letters", *words, stdout=out)
    return out.getvalue()


def fails(letter):
    raise RuntimeError("no")


def test_a_dead_letter_is_replayed_after_its_handler_was_mended(house):
    assert said() == "没有未发出、等待、停放或失败的信件，一切正常。\n"
    house.receive(house.delivery(), table=Table({"case.submitted": (Route("case", fails),)}))
    InboxLetter.objects.update(state="dead", attempts=8, cause="RuntimeError")
    row = InboxLetter.objects.get()
    assert f"dead     {row.letter_id} case case.submitted 1: RuntimeError" in said()
    assert said("replay", str(row.letter_id)) == "1 to be tried again\n"
    retry(house.table)
    assert house.marks() == ["1"]
    assert said("replay", str(row.letter_id)) == "0 to be tried again\n"


def test_a_forgery_is_never_replayed(house):
    house.receive(replace(house.delivery(), signature=""))
    row = InboxLetter.objects.get()
    assert upkeep.replay(row.letter_id) == 0
    assert InboxLetter.objects.get().state == "dead"


def test_flt_16_what_was_posted_is_sent_again_after_the_broker_lost_it(house):
    for subject in "123":
        house.post(subject=subject)
    house.relay().turn()
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert said("resend", "--since", since) == "3 to be sent again\n"
    assert house.relay().turn() == 3
    assert house.marks() == ["1", "2", "3"]
    assert house.unsent() == []


def test_old_letters_lose_their_facts_and_are_not_sent_again(house):
    house.post(subject="1")
    house.relay().turn()
    house.post(subject="2")
    tomorrow = timezone.now() + timedelta(days=1)
    assert upkeep.empty(tomorrow) == 1
    assert upkeep.empty(tomorrow) == 0
    assert OutboxLetter.objects.filter(envelope={}).get().subject == "1"
    assert upkeep.resend(timezone.now() - timedelta(days=1)) == 1
    house.relay().turn()
    assert house.marks() == ["1", "2"]


def test_inv_13_the_age_of_the_oldest_unsent_letter_is_known(house):
    assert queries.oldest_unsent_age() is None
    house.post()
    OutboxLetter.objects.update(created_at=timezone.now() - timedelta(seconds=90))
    house.post()
    assert 89 < queries.oldest_unsent_age() < 120
    house.relay().turn()
    assert queries.oldest_unsent_age() is None


def test_inv_15_letters_in_trouble_are_counted_by_their_state(house):
    house.receive(house.delivery(), replace(house.delivery(), body=b"?"))
    house.receive(house.delivery(group="telling"))
    assert queries.letters_in_trouble() == {"waiting": 0, "dead": 1, "parked": 1}
