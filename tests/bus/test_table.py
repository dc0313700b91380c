"""The one table of letters and chores, and the embedded way to run it."""

import re
from pathlib import Path

import pytest
from django.db import transaction

from bus import chores, outbox
from bus.models import Chore, InboxLetter, OutboxLetter
from config import embedded, letters
from people.models import AuditRecord

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("people", "ecert", "services", "workflows", "notifications")


def sources():
    return [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]


def test_every_posted_topic_has_a_route_and_every_route_a_topic_that_is_posted():
    posted = set()
    for text in sources():
        posted |= set(re.findall(r"(?:post|tell)\(\s*(?:case,\s*)?\"([a-z_]+\.[a-z_]+)\"", text))
    assert posted == set(letters.LETTERS)


def test_every_chore_that_is_asked_for_is_in_the_table():
    asked = set(letters.DAILY)
    for text in sources():
        asked |= set(re.findall(r"\bask\(\s*\"([a-z_]+)\"", text))
        asked |= set(re.findall(r"^CHORE = \"([a-z_]+)\"", text, re.MULTILINE))
    assert asked == set(letters.CHORES)


def test_a_topic_has_one_route_a_group():
    for topic, routes in letters.LETTERS.items():
        groups = [route.group for route in routes]
        assert len(groups) == len(set(groups)), topic


@pytest.mark.django_db
def test_flt_36_a_forged_letter_is_in_the_audit_without_its_values(house):
    delivery = house.delivery(group="telling", data={"secret": "张三"})
    house.receive(delivery.__class__("telling", delivery.body, ""), table=letters.TABLE)
    record = AuditRecord.objects.get()
    assert (record.action, record.outcome) == ("receive_letter", "FORGED")
    assert "张三" not in str(record.details)
    assert InboxLetter.objects.get().state == "dead"


@pytest.mark.django_db
def test_drain_runs_letters_and_chores_until_nothing_is_due(house):
    with transaction.atomic():
        outbox.post("case.concluded", subject="110-1", data={"accounts": []})
        chores.ask("sweep_silence", "2026-07-01")
        chores.ask("unheard_of", "1")
    embedded.drain()
    assert not OutboxLetter.objects.filter(sent_at=None).exists()
    assert InboxLetter.objects.get().state == "done"
    states = Chore.objects.values_list("kind", "subject", "state", "attempts").order_by("kind")
    assert ("sweep_silence", "2026-07-01", "done", 1) in states
    assert ("unheard_of", "1", "open", 1) in states
