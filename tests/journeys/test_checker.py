"""The checker itself: one broken row at a time, and it says which promise is broken."""

import pytest
from django.db import connection, transaction

from bus.models import Chore, InboxLetter, OutboxLetter
from config import embedded
from ecert.models import Certificate
from notifications.models import Message
from people.models import CommandReceipt, Officer
from tests.checker import ALWAYS, SETTLED, broken
from tests.restaurant import accepted, decide_all
from workflows.models import Approval, Case, CaseEvent, Decision, Document

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

# Promise (its first words are enough): what breaks it.
FAULTS = {
    "INV-02 one effect": lambda: CommandReceipt.objects.update(outcome={}),
    "INV-04 no gap": lambda: CaseEvent.objects.filter(seq=2).delete(),
    "INV-04 the last event": lambda: CaseEvent.objects.filter(kind="concluded").delete(),
    "INV-05": lambda: CaseEvent.objects.filter(kind="accepted").update(state="concluded"),
    "INV-06 decided with": lambda: Decision.objects.filter(approval__step="food").delete(),
    "INV-07": lambda: Decision.objects.filter(approval__step="food").update(
        officer=Officer.objects.filter(department__function="health").first()
    ),
    "INV-08 decided when": lambda: Approval.objects.filter(step="waste").update(state="open"),
    "INV-08 the outcome": lambda: Case.objects.update(outcome="partly"),
    "INV-08 decided once": lambda: CaseEvent.objects.filter(kind="accepted").update(kind="decided"),
    "INV-09 one certificate": lambda: Certificate.objects.filter(source_step="fire").delete(),
    "INV-17": lambda: CaseEvent.objects.filter(kind="approval_decided", step="fire").delete(),
    "INV-09 every": lambda: Certificate.objects.filter(source_step="fire").update(status="issuing"),
    "INV-09 noted": lambda: CaseEvent.objects.filter(kind="certificate_issued").update(step="none"),
    "INV-11": lambda: Document.objects.update(file=None),
    "INV-13": lambda: OutboxLetter.objects.update(sent_at=None),
    "INV-14": lambda: InboxLetter.objects.filter(topic="case.decided").delete(),
    "INV-15 no letter": lambda: InboxLetter.objects.update(state="dead"),
    "INV-15 no chore": lambda: Chore.objects.update(state="dead"),
    "every task": lambda: Approval.objects.filter(step="food").update(received_at=None),
}
# What the tables' own unique keys refuse already.
BY_CONSTRAINT = ("INV-02 one case", "INV-06 one decision", "INV-10", "one message")


def found() -> dict[str, object]:
    with connection.cursor() as cursor:
        return broken(cursor, settled=True)


def test_the_checker_is_silent_after_a_good_run_and_names_each_promise_that_is_broken(city):
    case = accepted(city)
    embedded.drain()
    decide_all(city, case)
    embedded.drain()
    assert Message.objects.exists()
    assert found() == {}
    for promise, fault in FAULTS.items():
        with transaction.atomic():
            fault()
            told = found()
            transaction.set_rollback(True)
        assert [name for name in told if name.startswith(promise)], (promise, told)
    assert found() == {}


def test_each_promise_is_broken_once_in_this_file():
    named = [*FAULTS, *BY_CONSTRAINT]
    for promise in ALWAYS | SETTLED:
        assert [start for start in named if promise.startswith(start)], promise
