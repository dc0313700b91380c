"""A chore that was asked for is done, whatever happens to the hints and the workers."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from bus import chores
from bus.models import Chore
from bus.table import Table

hinted: list[object] = []


def hint(chore_id):
    hinted.append(chore_id)


class Hands:
    """Counts what was done; fails as long as it is told to."""

    def __init__(self):
        self.done = []
        self.fails = False
        self.meanwhile = lambda: None
        self.table = Table({}, {"render": self.work})

    def work(self, subject):
        if self.fails:
            raise ValueError("a value that must not be stored")
        self.meanwhile()
        self.done.append(subject)


@pytest.fixture
def hands(db, settings):
    hinted.clear()
    settings.CHORE_HINT = f"{__name__}.hint"
    return Hands()


def ask(subject="1"):
    with transaction.atomic():
        return chores.ask("render", subject)


def make_due():
    Chore.objects.update(due_at=timezone.now() - timedelta(hours=1))


def test_a_chore_is_done_once_and_asking_before_that_is_the_same_chore(hands):
    assert ask() == ask()
    assert chores.sweep(hands.table) == 1
    assert chores.sweep(hands.table) == 0
    assert hands.done == ["1"]
    assert Chore.objects.get().state == "done"


def test_asking_costs_two_statements_because_every_paper_asks(hands, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(2):
        chores.ask("render", "1")


def test_asking_again_after_it_was_done_opens_it_again(hands):
    first = ask()
    chores.sweep(hands.table)
    assert ask() == first
    chores.sweep(hands.table)
    assert hands.done == ["1", "1"]


def test_asking_while_it_is_being_done_is_not_swallowed(hands):
    ask()
    hands.meanwhile = lambda: ask() if not hands.done else None
    assert chores.sweep(hands.table) == 1
    assert Chore.objects.get().state == "open"
    assert chores.sweep(hands.table) == 1
    assert hands.done == ["1", "1"]
    assert Chore.objects.get().state == "done"


def test_a_chore_asked_for_in_a_transaction_that_is_undone_is_not_there(hands):
    with transaction.atomic():
        chores.ask("render", "1")
        transaction.set_rollback(True)
    assert Chore.objects.count() == 0


def test_flt_59_a_chore_that_always_fails_is_dead_with_its_cause_and_others_go_on(hands):
    hands.fails = True
    ask()
    for attempt in range(1, chores.ATTEMPTS + 1):
        assert chores.sweep(hands.table) == 0
        assert Chore.objects.get().attempts == attempt
        assert chores.due() == []
        make_due()
    row = Chore.objects.get()
    assert (row.state, row.cause) == ("dead", "ValueError")
    hands.fails = False
    ask("2")
    assert chores.sweep(hands.table) == 1
    assert hands.done == ["2"]


def test_a_dead_chore_that_is_asked_for_again_begins_anew(hands):
    ask()
    Chore.objects.update(state="dead", attempts=chores.ATTEMPTS)
    ask()
    assert chores.sweep(hands.table) == 1


def test_flt_57_a_chore_whose_worker_died_is_taken_over_after_its_lock(hands):
    ask()
    Chore.objects.update(attempts=1, locked_until=timezone.now() + timedelta(minutes=1))
    assert chores.sweep(hands.table) == 0
    Chore.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert chores.sweep(hands.table) == 1


def test_a_chore_that_kills_every_worker_is_given_up(hands):
    ask()
    Chore.objects.update(
        attempts=chores.ATTEMPTS, locked_until=timezone.now() - timedelta(seconds=1)
    )
    assert chores.sweep(hands.table) == 0
    row = Chore.objects.get()
    assert (row.state, row.cause) == ("dead", "no attempt came back")


def test_a_kind_that_nobody_knows_fails_and_is_tried_again_later(hands):
    with transaction.atomic():
        chores.ask("unheard_of", "1")
    assert chores.sweep(hands.table) == 0
    assert (Chore.objects.get().state, Chore.objects.get().cause) == ("open", "KeyError")


def test_flt_56_hints_are_given_after_commit_and_losing_them_loses_nothing(
    hands, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        chore_id = ask()
        assert hinted == []
    assert hinted == [chore_id]
    hinted.clear()
    assert chores.due() == [chore_id]
    assert chores.work(chore_id, hands.table)
    assert not chores.work(chore_id, hands.table)


def test_flt_66_a_daily_chore_is_asked_for_once_a_day_however_many_sweep(hands):
    table = Table({}, {"daily": hands.work}, daily=("daily",))
    assert chores.sweep(table) == 1
    assert chores.sweep(table) == 0
    chores.begin_day(table, timezone.localdate() + timedelta(days=1))
    chores.begin_day(table, timezone.localdate() + timedelta(days=1))
    assert chores.sweep(table) == 1
    assert len(hands.done) == 2
