"""Relays, consumers and workers at the same instant, on PostgreSQL (SQLite ignores skip_locked)."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.db.models import F

from bus import chores
from bus.models import Chore, InboxLetter
from bus.receiving import Receiver
from bus.relay import Relay
from bus.table import Route, Table

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(number, act):
    """Runs `act` on some threads that begin together; raises what one of them raised."""
    start, faults = threading.Barrier(number), []

    def body():
        try:
            start.wait()
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=body) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


class Slow:
    """A carrier that takes what it is given, and writes down what that was."""

    def __init__(self):
        self.taken = Counter()
        self.pause = threading.Event()

    def is_ready(self):
        return True

    def publish(self, parcels):
        self.pause.wait(0.01)
        self.taken.update(parcel.letter_id for parcel in parcels)
        return [""] * len(parcels)


def test_flt_09_four_relays_claim_no_letter_twice(house, monkeypatch):
    monkeypatch.setattr("bus.relay.BATCH", 7)
    letters = {house.post(subject=str(number)) for number in range(100)}
    carrier = Slow()

    def relay():
        while Relay(carrier).turn():
            pass

    at_once(4, relay)
    assert carrier.taken == Counter(letters)
    assert house.unsent() == []


def test_inv_14_consumers_that_get_the_same_letters_at_once_have_one_effect(house):
    deliveries = [house.delivery(subject=str(number % 5)) for number in range(40)]
    at_once(4, lambda: Receiver(house.table).receive(deliveries))
    assert len(house.marks()) == 40
    assert InboxLetter.objects.count() == 40
    assert set(InboxLetter.objects.values_list("state", flat=True)) == {"done"}


def test_flt_46_consumers_that_lock_the_same_cases_in_another_order_all_end(house):
    subjects = [str(number) for number in range(6)]
    for subject in subjects:
        Chore.objects.create(kind="case", subject=subject)

    def lock_the_case(letter):
        Chore.objects.select_for_update().get(kind="case", subject=letter.subject)
        Chore.objects.filter(kind="case", subject=letter.subject).update(asked=F("asked") + 1)

    table = Table({"case.submitted": (Route("case", lock_the_case),)})
    orders = iter([subjects, subjects[::-1]] * 4)

    def consume():
        batch = [house.delivery(subject=subject) for subject in next(orders)]
        Receiver(table).receive(batch)

    at_once(8, consume)
    assert set(Chore.objects.filter(kind="case").values_list("asked", flat=True)) == {9}
    assert set(InboxLetter.objects.values_list("state", flat=True)) == {"done"}


def test_a_chore_that_many_workers_look_at_is_done_by_one(house):
    done = Counter()
    table = Table({}, {"render": lambda subject: done.update([subject])})
    for number in range(30):
        with transaction.atomic():
            chores.ask("render", str(number))

    def work():
        for chore_id in list(Chore.objects.values_list("id", flat=True)):
            chores.work(chore_id, table)

    at_once(4, work)
    assert done == Counter(str(number) for number in range(30))


def test_a_chore_asked_for_by_many_at_once_is_one_chore(house):
    def ask():
        with transaction.atomic():
            chores.ask("render", "1")

    at_once(8, ask)
    assert Chore.objects.get().asked == 8
