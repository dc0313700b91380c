"""Letters over RabbitMQ: confirmed and routed, settled and acknowledged, in every kind of weather."""

import threading

import pytest
from django.utils import timezone

from bus import upkeep
from bus.models import InboxLetter, OutboxLetter
from bus.parcel import Parcel
from bus.rabbit import UNROUTABLE
from bus.table import Route, Table
from bus.topology import DEAD_QUEUE
from keys.time_ordered import time_ordered_id

pytestmark = [pytest.mark.postgres, pytest.mark.broker]


def fails(letter):
    raise RuntimeError("no")


def test_letters_cross_the_broker_and_take_effect_once(town):
    for number in range(300):
        town.post("case.decided" if number % 3 else "case.submitted", subject=str(number % 7))
    town.post("approval.requested", "x", recipient=town.fire)
    town.start_consumer()
    relay = town.sending()
    assert relay.turn() == 301
    assert town.unsent() == []
    town.eventually(lambda: len(town.marks()) == 100 + 2 * 200 + 1)
    assert set(InboxLetter.objects.values_list("state", "duplicates")) == {("done", 0)}


def test_a_relay_is_woken_by_the_commit_and_needs_no_poll(town):
    town.start_relay()
    town.start_consumer()
    for number in range(5):
        town.post(subject=str(number))
        town.eventually(lambda count=number + 1: len(town.marks()) == count)


def test_flt_18_an_unroutable_letter_stays_unsent_and_its_neighbours_leave(town):
    town.post(subject="1")
    town.post("approval.requested", "2", recipient="transport.990102000000")
    town.post(subject="3")
    town.sending().turn()
    (row,) = town.unsent()
    assert (row.subject, row.cause) == ("2", UNROUTABLE)
    assert town.waiting("group.case") == 2


def test_flt_38_letters_posted_while_the_broker_is_away_leave_when_it_is_back(town):
    wire = town.wire(town.url)
    wire.cut()
    town.start_relay(wire.through(town.url))
    town.start_consumer()
    for number in range(20):
        town.post(subject=str(number))
    assert len(town.unsent()) == 20
    assert set(OutboxLetter.objects.values_list("attempts", flat=True)) == {0}
    wire.mend()
    town.eventually(lambda: len(town.marks()) == 20)
    town.eventually(lambda: town.unsent() == [])


def test_flt_11_nothing_is_marked_sent_without_a_confirm(town):
    wire = town.wire(town.url)
    relay = town.sending(wire.through(town.url))
    assert relay.carrier.is_ready()
    town.post()
    wire.is_deaf = True
    cut = threading.Timer(1, wire.cut)
    cut.start()
    assert relay.turn() == 1
    (row,) = town.unsent()
    assert row.cause == "NO_CONFIRM"
    wire.mend()
    town.due_now()
    town.eventually(lambda: relay.turn() == 1)
    assert town.unsent() == []


def test_flt_24_a_lost_acknowledgement_brings_the_letter_again_without_a_second_effect(town):
    wire = town.wire(town.url)
    town.start_consumer(wire.through(town.url))
    town.post(subject="0")
    town.sending().turn()
    town.eventually(lambda: town.marks() == ["0"])
    wire.is_deaf = True  # the broker hears no acknowledgement from now on
    for number in range(1, 6):
        town.post(subject=str(number))
    town.sending().turn()
    town.eventually(lambda: len(town.marks()) == 6)
    wire.cut()
    wire.mend()
    town.eventually(lambda: sum(InboxLetter.objects.values_list("duplicates", flat=True)) >= 5)
    assert len(town.marks()) == 6
    assert town.waiting("group.case") == 0


def test_flt_28_rubbish_from_outside_is_a_dead_row_and_its_neighbours_pass(town):
    town.post(subject="1")
    relay = town.sending()
    relay.turn()
    rubbish = Parcel(time_ordered_id(), "case.submitted", "case.submitted", b"rubbish", "")
    assert relay.carrier.publish([rubbish, rubbish]) == ["", ""]
    town.post(subject="2")
    relay.turn()
    town.start_consumer()
    town.eventually(lambda: town.marks() == ["1", "2"])
    town.eventually(lambda: InboxLetter.objects.filter(state="dead", duplicates=1).exists())


def test_flt_29_a_handler_that_always_raises_keeps_its_letter_and_its_neighbours_pass(town):
    table = Table({**town.table.letters, "approval.answered": (Route("case", fails),)})
    town.post("approval.answered", "bad")
    for number in range(60):
        town.post(subject=str(number))
    town.sending().turn()
    town.start_consumer(table=table)
    town.eventually(lambda: len(town.marks()) == 60)
    town.eventually(lambda: InboxLetter.objects.filter(state="waiting").count() == 1)
    town.eventually(lambda: town.waiting("group.case") == 0)


def test_flt_18_a_deleted_queue_comes_back_to_its_consumer(town):
    town.start_consumer()
    town.post(subject="1")
    relay = town.sending()
    relay.turn()
    town.eventually(lambda: town.marks() == ["1"])
    town.raw(lambda channel: channel.queue_delete("group.case"))
    town.post(subject="2")

    def arrives():
        town.due_now()
        relay.turn()
        return town.marks() == ["1", "2"]

    town.eventually(arrives)
    assert town.unsent() == []


def test_flt_16_after_the_broker_lost_everything_queues_come_back_and_letters_are_sent_again(town):
    town.start_consumer()
    town.start_relay()
    town.post(subject="1")
    town.eventually(lambda: town.marks() == ["1"])
    since = timezone.now()
    town.raw(town.lose_everything)
    for subject in "234":
        town.post(subject=subject)
    upkeep.resend(since)

    def arrive():
        town.due_now()
        return town.marks() == ["1", "2", "3", "4"]

    town.eventually(arrive)


def test_a_department_that_is_added_gets_its_queue(town):
    town.start_consumer()
    town.departments.append(("transport.990102000000", "desk"))
    town.post("approval.requested", "7", recipient="transport.990102000000")
    relay = town.sending()

    def arrives():
        town.due_now()
        relay.turn()
        return town.marks() == ["7"]

    town.eventually(arrives)


def test_inv_15_what_the_broker_gives_up_has_a_dead_row(town):
    town.post(subject="1")
    town.sending().turn()

    def crash_again_and_again(channel):
        for _ in range(21):
            method = None
            while method is None:
                method, _properties, _body = channel.basic_get("group.case")
            channel.basic_nack(method.delivery_tag, requeue=True)

    town.raw(crash_again_and_again)
    town.eventually(lambda: town.waiting(DEAD_QUEUE) == 1)
    town.start_consumer()
    town.eventually(lambda: InboxLetter.objects.filter(state="dead").exists())
    row = InboxLetter.objects.get()
    assert (row.consumer, row.cause) == ("case", "DELIVERY_LIMIT: group.case")
    assert row.body["subject"] == "1"


def test_flt_26_heartbeats_are_answered_while_a_handler_is_slow(town):
    slow = threading.Event()
    table = Table({"case.submitted": (Route("case", lambda letter: slow.wait(6)),)})
    town.post(subject="1")
    town.sending().turn()
    town.start_consumer(f"{town.url}?heartbeat=1", table=table)
    town.eventually(lambda: InboxLetter.objects.exists())
    town.eventually(lambda: town.waiting("group.case") == 0)
    assert InboxLetter.objects.get().duplicates == 0
