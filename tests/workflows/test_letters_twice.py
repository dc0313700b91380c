"""The restaurant with every letter delivered two or three times, in any order: the same end."""

import pytest

from bus import chores
from bus.memory import MemoryBus
from bus.receiving import Receiver
from bus.relay import Relay
from bus.retries import retry
from bus.table import DESK
from config.letters import TABLE, queues
from ecert.models import Certificate
from notifications.models import Message
from tests.bus.house import Storm
from tests.restaurant import accepted, decide_all, reload
from workflows.models import Approval, CaseEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seed", range(3))
def test_inv_16_the_restaurant_ends_the_same_with_every_letter_twice_and_shuffled(city, seed):
    memory = MemoryBus(queues)
    memory.consume([*TABLE.groups(), DESK], Receiver(TABLE).receive)
    relay = Relay(Storm(memory, seed))
    case = decide_all(city, accepted(city))
    while chores.sweep(TABLE) + relay.turn() + retry(TABLE):
        pass
    assert (reload(case).state, reload(case).outcome) == ("concluded", "approved")
    issued = Certificate.objects.filter(source_case=case.pk)
    assert sorted(issued.values_list("source_step", "status")) == [
        ("fire", "valid"),
        ("food", "valid"),
        ("signage", "valid"),
    ]
    kinds = list(CaseEvent.objects.filter(case_id=case.pk).values_list("kind", flat=True))
    assert (kinds.count("certificate_issued"), kinds.count("concluded")) == (3, 1)
    assert not Approval.objects.filter(case=case, received_at=None).exists()
    told = list(Message.objects.values_list("account", "event_id"))
    assert told
    assert len(told) == len(set(told))
