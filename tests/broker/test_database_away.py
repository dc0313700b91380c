"""An outage of the database is waited for: no letter is lost, counted against, or done twice."""

import os

import pytest
from django.db import connection

from bus.models import InboxLetter

pytestmark = [pytest.mark.postgres, pytest.mark.broker]


def post_some(town, number):
    for subject in range(number):
        town.post(subject=str(subject))


def backends_of(application):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s",
            [application],
        )
        return len(cursor.fetchall())


def test_flt_39_a_consumer_cut_off_from_the_database_keeps_its_letters_and_waits(town):
    wire = town.wire(os.environ["DATABASE_URL"])
    own = f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}"
    town.process("consume", DATABASE_URL=wire.through(own))
    post_some(town, 1)
    relay = town.sending()
    relay.turn()
    town.eventually(lambda: len(town.marks()) == 1)
    wire.cut()
    for subject in range(1, 40):
        town.post(subject=str(subject))
    relay.turn()
    town.eventually(lambda: town.waiting("group.case") < 39)  # some are held, none is answered
    assert len(town.marks()) == 1
    wire.mend()
    town.eventually(lambda: len(town.marks()) == 40)
    assert set(InboxLetter.objects.values_list("state", "attempts")) == {("done", 0)}


@pytest.mark.parametrize("role", ["relay", "consume"])
def test_flt_41_a_killed_backend_is_replaced(town, role):
    town.process(role, PGAPPNAME="victim")
    relay = town.sending()
    if role == "relay":
        town.start_consumer()
    for round_ in range(3):
        post_some(town, 5)
        if role == "consume":
            relay.turn()
        town.eventually(lambda count=5 * (round_ + 1): len(town.marks()) == count)
        assert backends_of("victim") >= 1
    assert len(town.marks()) == 15
