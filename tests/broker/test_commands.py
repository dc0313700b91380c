"""The project's own processes: topology, relay, consume and work, with the real table of letters."""

import pytest
from celery import Celery
from django.db import transaction

from bus import chores, outbox
from bus.models import Chore, InboxLetter
from config import letters

pytestmark = [pytest.mark.postgres, pytest.mark.broker]


def conclude(number):
    with transaction.atomic():
        outbox.post("case.concluded", subject=number, data={"accounts": []})


def test_a_posted_letter_crosses_the_processes_and_each_ends_when_told(town):
    assert town.manage("topology").wait(timeout=30) == 0
    processes = [town.manage("relay"), town.manage("consume", "--all")]
    conclude("110-1")
    town.eventually(lambda: InboxLetter.objects.filter(consumer="telling", state="done").exists())
    conclude("110-2")
    town.eventually(lambda: InboxLetter.objects.filter(subject="110-2").exists())
    for process in processes:
        process.terminate()
    assert [process.wait(timeout=20) for process in processes] == [0, 0]
    assert town.unsent() == []


def test_every_queue_of_the_real_table_is_declared(town):
    assert town.manage("topology").wait(timeout=30) == 0
    assert {town.waiting(queue.name) for queue in letters.queues()} == {0}


def test_flt_56_a_worker_looks_where_a_hint_says_and_a_sweep_where_a_hint_was_lost(town, settings):
    settings.CHORE_HINT = "config.celery.hint_chore"
    town.manage("work", "--beat", "--concurrency", "1")
    with transaction.atomic():
        hinted = chores.ask("unheard_of", "hinted")
    lost = Chore.objects.create(kind="unheard_of", subject="lost").id
    for chore_id in (hinted, lost):
        town.eventually(
            lambda chore_id=chore_id: Chore.objects.get(id=chore_id).cause == "KeyError"
        )
    town.eventually(lambda: Chore.objects.filter(kind="sweep_silence", state="done").exists())


def test_flt_56_asking_while_the_broker_is_away_succeeds_and_the_chore_stays(
    town, settings, monkeypatch, caplog
):
    settings.CHORE_HINT = "config.celery.hint_chore"
    away = Celery("away", broker="amqp://127.0.0.1:1//")
    away.conf.update(broker_connection_timeout=2, task_publish_retry=False)
    monkeypatch.setattr("config.celery.app", away)
    with transaction.atomic():
        asked = [chores.ask("unheard_of", subject) for subject in "123"]
    assert chores.due() == asked
    assert caplog.text.count("chore.hint_lost") == 1  # and then it is left alone for a while
    monkeypatch.setattr("config.celery._hints.quiet_until", 0.0)
