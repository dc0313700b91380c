"""kill -9 of relays and consumers at their worst moments: nothing lost, nothing done twice."""

import signal

import pytest

from bus.models import InboxLetter, OutboxLetter

pytestmark = [pytest.mark.postgres, pytest.mark.broker]


def post_some(town, number):
    for subject in range(number):
        town.post(subject=str(subject))


def test_flt_22_a_consumer_killed_between_commit_and_acknowledgement_has_one_effect(town):
    post_some(town, 30)
    town.sending().turn()
    victim = town.process("consume", TONGBAN_FAILPOINT="consumer.committed")
    assert victim.wait(timeout=30) == -signal.SIGKILL
    done = len(town.marks())
    assert done > 0
    town.process("consume")
    town.eventually(lambda: sum(InboxLetter.objects.values_list("duplicates", flat=True)) >= done)
    town.eventually(lambda: len(town.marks()) == 30)
    town.eventually(lambda: not InboxLetter.objects.exclude(state="done").exists())
    assert town.waiting("group.case") == 0


def test_flt_21_a_consumer_killed_in_its_transaction_has_one_effect_after_all(town):
    post_some(town, 5)
    town.sending().turn()
    victim = town.process("consume", TONGBAN_FAILPOINT="consumer.effect")
    assert victim.wait(timeout=30) == -signal.SIGKILL
    assert town.marks() == []
    town.process("consume")
    town.eventually(lambda: len(town.marks()) == 5)


def test_flt_29_a_letter_that_kills_every_consumer_is_counted_and_put_behind(town):
    post_some(town, 1)
    town.sending().turn()
    for _ in range(2):  # at first in the batch, then from the database
        victim = town.process("consume", TONGBAN_FAILPOINT="consumer.effect")
        assert victim.wait(timeout=30) == -signal.SIGKILL
    row = InboxLetter.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)
    town.due_now()
    town.process("consume")
    town.eventually(lambda: town.marks() == ["0"])
    assert InboxLetter.objects.get().attempts == 2
    town.eventually(lambda: town.waiting("group.case") == 0)


@pytest.mark.parametrize("point", ["relay.claimed", "relay.confirmed"])
def test_flt_06_07_08_what_a_killed_relay_had_claimed_is_sent_by_another(town, point):
    post_some(town, 20)
    victim = town.process("relay", TONGBAN_FAILPOINT=point)
    assert victim.wait(timeout=30) == -signal.SIGKILL
    assert len(town.unsent()) == 20
    relay = town.sending()
    assert relay.turn() == 0  # claimed, until the lease ends
    town.due_now()
    assert relay.turn() == 20
    assert town.unsent() == []
    town.start_consumer()
    town.eventually(lambda: len(town.marks()) == 20)
    town.eventually(lambda: town.waiting("group.case") == 0)
    assert len(town.marks()) == 20


def test_a_consumer_told_to_stop_finishes_what_it_holds_and_ends_well(town):
    process = town.process("consume")
    post_some(town, 1)
    town.sending().turn()
    town.eventually(lambda: len(town.marks()) == 1)
    process.terminate()
    assert process.wait(timeout=20) == 0
    post_some(town, 3)
    town.sending().turn()
    town.eventually(lambda: town.waiting("group.case") == 3)
    assert InboxLetter.objects.filter(duplicates__gt=0).count() == 0


def test_a_relay_told_to_stop_ends_well(town):
    process = town.process("relay")
    post_some(town, 3)
    town.eventually(lambda: town.unsent() == [])
    process.terminate()
    assert process.wait(timeout=20) == 0
    assert OutboxLetter.objects.exclude(attempts=1).count() == 0
