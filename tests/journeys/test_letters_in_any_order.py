"""INV-16: whatever the order in which letters come, and however often, the case comes to the same end."""

import random

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from bus.models import InboxLetter, OutboxLetter
from bus.parcel import Delivery
from bus.receiving import Receiver
from bus.relay import Relay
from bus.retries import retry
from bus.topology import reached
from config.letters import TABLE, queues
from ecert.commands import complete_certificate
from ecert.models import Certificate
from notifications.models import Message
from tests.long_run import rounds
from tests.restaurant import accepted, decide
from workflows.models import Approval, CaseEvent, Decision

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


class Postman:
    """A carrier that keeps what it is given: each letter `copies` times, handed out in any order."""

    def __init__(self, chance: random.Random, copies: int) -> None:
        self.chance, self.copies = chance, copies
        self.bag: list[Delivery] = []
        self.queues = queues()
        self.receiver = Receiver(TABLE)

    def is_ready(self) -> bool:
        return True

    def publish(self, parcels):
        for parcel in parcels:
            for queue in reached(self.queues, parcel.key):
                for copy in range(self.copies):
                    repeated = bool(copy) and self.chance.random() < 0.5
                    self.bag.append(Delivery(queue.group, parcel.body, parcel.signature, repeated))
        return [""] * len(parcels)

    def deliver(self) -> None:
        """Some letters, whichever come to hand; one from a redelivery may come first."""
        self.chance.shuffle(self.bag)
        some = self.chance.randint(1, 6)
        batch, self.bag = self.bag[:some], self.bag[some:]
        self.receiver.receive(batch)


class Turn:
    """One run of a case to its end, everything that may happen next chosen by chance."""

    def __init__(self, city, case, seed: int, copies: int, outcomes: dict[str, str]) -> None:
        self.city, self.case, self.outcomes = city, case, outcomes
        self.chance = random.Random(seed)
        self.postman = Postman(self.chance, copies)
        self.relay = Relay(self.postman)

    def run(self) -> dict[str, object]:
        """Goes on until nothing is left to do; what stands in the database then."""
        while acts := self.possible():
            self.chance.choice(acts)()
        return self.end()

    def possible(self):
        waiting = InboxLetter.objects.filter(state="waiting").exists()
        found = {
            self.postman.deliver: bool(self.postman.bag),
            self.relay.turn: OutboxLetter.objects.filter(sent_at=None).exists(),
            self.again: waiting,
            self.decide: self.open_approvals().exists(),
            self.finish: self.unfinished().exists(),
        }
        return [act for act, is_possible in found.items() if is_possible]

    def open_approvals(self):
        rows = Approval.objects.select_related("department", "case__item_version")
        return rows.filter(case=self.case, state="open")

    def unfinished(self):
        return Certificate.objects.filter(source_case=self.case.pk, status="issuing")

    def again(self) -> None:
        retry(TABLE)

    def decide(self) -> None:
        approval = self.chance.choice(list(self.open_approvals().order_by("id")))
        office = approval.department
        officer = self.city.officer(office.function, division=office.division_id)
        outcome = self.outcomes.get(approval.step, "")
        decide(officer, approval, outcome)

    def finish(self) -> None:
        """What the chore does after printing and sealing."""
        one = self.chance.choice(list(self.unfinished().order_by("id")))
        complete_certificate(certificate_id=one.pk, pdf=b"%PDF-1.7 sealed", statement="a.b.c")

    def end(self) -> dict[str, object]:
        letters = InboxLetter.objects.aggregate(rows=Count("pk"), extra=Sum("duplicates"))
        assert letters["extra"] == letters["rows"] * (self.postman.copies - 1)
        self.case = type(self.case).objects.get(pk=self.case.pk)
        approvals = Approval.objects.filter(case=self.case)
        events = CaseEvent.objects.filter(case_id=self.case.pk)
        return {
            "case": (self.case.state, self.case.outcome),
            "approvals": sorted(
                approvals.values_list("step", "department__code", "state", "round")
            ),
            "arrived": approvals.filter(received_at=None).exclude(state="void").count(),
            "decisions": sorted(
                Decision.objects.filter(approval__in=approvals).values_list(
                    "approval__step", "approval__department__code", "outcome"
                )
            ),
            "certificates": sorted(
                Certificate.objects.filter(source_case=self.case.pk).values_list(
                    "type__code", "status", "version"
                )
            ),
            "events": sorted(events.values_list("kind", "step", "department")),
            "messages": sorted(
                Message.objects.values_list("topic", "account").annotate(Count("id"))
            ),
            "letters": sorted(InboxLetter.objects.values_list("topic", "consumer", "state")),
            "unsent": OutboxLetter.objects.filter(sent_at=None).count(),
        }


def ends(city, case, seeds, copies, **outcomes: str) -> list[dict[str, object]]:
    """The end of one run a seed, each undone before the next."""
    found = []
    for seed in seeds:
        with transaction.atomic():
            found.append(Turn(city, case, seed, copies, outcomes).run())
            transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    ("outcomes", "end", "orders"),
    [
        ({}, ("concluded", "approved"), rounds(20)),
        ({"fire": "denied"}, ("concluded", "partly"), rounds(10)),
        ({"food": "denied", "fire": "denied", "signage": "denied"}, ("concluded", "denied"), 5),
    ],
    ids=["all granted", "fire denied", "all denied"],
)
def test_inv_16_flt_34_letters_twice_and_shuffled_come_to_the_same_end(city, outcomes, end, orders):
    case = accepted(city)
    (once,) = ends(city, case, [0], copies=1, **outcomes)
    assert (once["case"], once["unsent"], once["arrived"]) == (end, 0, 0)
    assert {state for _, _, state in once["letters"]} == {"done"}
    for seed, twice in enumerate(
        ends(city, case, range(1, orders + 1), copies=2, **outcomes), start=1
    ):
        assert twice == once, f"seed {seed}"
