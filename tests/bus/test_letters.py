"""From a command's transaction to one effect, without a broker."""

import random
from dataclasses import replace

import pytest
from django.db import transaction

from bus import inbox, outbox
from bus.envelope import BadLetter, parse
from bus.models import InboxLetter, OutboxLetter
from bus.retries import ATTEMPTS, retry
from bus.table import Route, Table

pytestmark = pytest.mark.django_db


def failing(letter):
    raise RuntimeError("no")


def test_a_letter_takes_effect_in_every_group_that_its_topic_names(house):
    house.post("case.decided", "7")
    assert house.relay().turn() == 1
    assert house.marks() == ["7", "7"]
    assert house.unsent() == []


def test_a_letter_for_a_department_reaches_its_desk_and_no_other_queue(house):
    house.post("approval.requested", "7", recipient=house.fire)
    house.relay().turn()
    assert house.marks() == ["7"]
    assert InboxLetter.objects.get().consumer == house.desk


def test_inv_13_an_unroutable_letter_stays_unsent_and_leaves_when_there_is_a_queue(house):
    house.post("approval.requested", "7", recipient="transport.990102000000")
    house.relay().turn()
    (row,) = house.unsent()
    assert (row.cause, row.attempts) == ("UNROUTABLE", 1)
    OutboxLetter.objects.update(recipient=house.fire)
    house.due_now()
    house.relay().turn()
    assert house.unsent() == []


def test_a_command_that_is_undone_posts_nothing(house):
    with transaction.atomic():
        outbox.post("case.submitted", subject="1", data={})
        transaction.set_rollback(True)
    assert house.relay().turn() == 0


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_an_error():
    with pytest.raises(transaction.TransactionManagementError):
        outbox.post("case.submitted", subject="1", data={})


def test_flt_19_too_large_a_letter_is_refused_when_posting_and_writes_nothing(house):
    with pytest.raises(BadLetter, match="TOO_LARGE"), transaction.atomic():
        outbox.post("case.submitted", subject="1", data={"text": "x" * 300_000})
    assert OutboxLetter.objects.count() == 0


@pytest.mark.parametrize("seed", range(10))
def test_inv_16_letters_delivered_twice_and_shuffled_take_effect_once(house, seed):
    subjects = [str(random.Random(seed).randrange(5)) for _ in range(12)]
    for subject in subjects:
        house.post(subject=subject)
    relay = house.storm(seed)
    while relay.turn():
        pass
    assert house.marks() == sorted(subjects)
    counted = sum(InboxLetter.objects.values_list("duplicates", flat=True))
    assert counted == 2 * len(subjects)


def test_inv_16_a_batch_that_holds_its_own_duplicates_takes_effect_once(house):
    one, two = house.delivery(), house.delivery(subject="2")
    house.receive(one, two, one, two, one)
    assert house.marks() == ["1", "2"]


def test_flt_32_a_hundred_duplicates_have_one_effect_and_are_counted(house):
    delivery = house.delivery()
    for _ in range(100):
        house.receive(delivery)
    assert house.marks() == ["1"]
    assert InboxLetter.objects.get().duplicates == 99


def test_flt_33_the_same_id_with_another_body_is_refused_as_tampering(house):
    delivery = house.delivery()
    letter = parse(delivery.body)
    house.receive(delivery)
    house.receive(house.delivery(id=str(letter.id), data={"n": 2}))
    assert house.marks() == ["1"]
    assert sorted(state for state, _ in house.inbox()) == ["dead", "done"]
    assert [cause.split(":")[0] for cause in house.refused] == ["TAMPERED"]


def test_once_refuses_another_body_under_a_known_id(house):
    letter = parse(house.delivery().body)
    assert inbox.once(letter, "case", lambda _: None)
    assert not inbox.once(letter, "case", failing)
    with pytest.raises(inbox.Tampered):
        inbox.once(replace(letter, digest=b"other"), "case", failing)


def test_inv_14_an_effect_that_fails_leaves_no_row_of_its_letter(house):
    letter = parse(house.delivery().body)
    with pytest.raises(RuntimeError):
        inbox.once(letter, "case", failing)
    assert InboxLetter.objects.count() == 0
    assert inbox.once(letter, "case", lambda _: None)


def test_flt_28_rubbish_becomes_a_dead_row_and_its_neighbours_pass(house):
    rubbish = replace(house.delivery(), body=b"\x00 not json")
    house.receive(house.delivery(), rubbish, house.delivery(subject="2"))
    assert house.marks() == ["1", "2"]
    dead = InboxLetter.objects.get(state="dead")
    assert dead.cause.startswith("NOT_JSON")
    house.receive(rubbish)
    assert InboxLetter.objects.filter(state="dead").get().duplicates == 1


def test_flt_29_a_handler_that_always_raises_ends_dead_and_its_neighbours_pass(house):
    fails = Table({**house.table.letters, "case.withdrawn": (Route("case", failing),)})
    bad = house.delivery(type="case.withdrawn", dataschema="urn:tongban:letter:case.withdrawn:1")
    house.receive(house.delivery(), bad, house.delivery(subject="2"), table=fails)
    assert house.marks() == ["1", "2"]
    for attempt in range(2, ATTEMPTS + 1):
        row = InboxLetter.objects.get(topic="case.withdrawn")
        assert (row.state, row.attempts) == ("waiting", attempt - 1)
        assert retry(fails) == 0  # not due yet
        house.due_now()
        assert retry(fails) == 1
    row = InboxLetter.objects.get(topic="case.withdrawn")
    assert (row.state, row.attempts, row.cause) == ("dead", ATTEMPTS, "RuntimeError")
    house.due_now()
    assert retry(fails) == 0


def test_a_letter_that_failed_takes_effect_when_its_handler_is_mended(house):
    broken = Table({"case.submitted": (Route("case", failing),)})
    house.receive(house.delivery(), table=broken)
    house.due_now()
    assert retry(house.table) == 1
    assert house.marks() == ["1"]
    row = InboxLetter.objects.get()
    assert (row.state, row.body) == ("done", None)


def test_a_repeated_delivery_is_kept_and_tried_from_the_database(house):
    delivery = replace(house.delivery(), is_repeated=True)
    house.receive(delivery)
    assert (house.marks(), house.inbox()) == ([], [("waiting", "")])
    assert retry(house.table) == 1
    assert house.marks() == ["1"]
    house.receive(delivery)
    assert retry(house.table) == 0
    assert house.marks() == ["1"]


def test_flt_31_an_unknown_schema_version_is_parked_and_replayed_after_an_upgrade(house):
    house.receive(house.delivery(dataschema="urn:tongban:letter:case.submitted:99"))
    assert (house.marks(), house.inbox()) == ([], [("parked", "PARKED: schema version 99")])
    InboxLetter.objects.update(state="waiting")
    house.due_now()
    newer = Route(
        "case", house.table.letters["case.submitted"][0].handler, versions=frozenset({1, 99})
    )
    assert retry(Table({"case.submitted": (newer,)})) == 1
    assert house.marks() == ["1"]


def test_a_topic_without_a_route_here_is_parked(house):
    house.receive(house.delivery(group="telling"))
    assert house.inbox() == [("parked", "PARKED: no route for case.submitted")]


def test_a_letter_that_the_broker_gave_up_has_a_dead_row_with_its_queue(house):
    house.receive(replace(house.delivery(group="tongban.dead"), died_in=f"desk.{house.fire}"))
    (row,) = InboxLetter.objects.all()
    assert (row.state, row.consumer, row.cause) == (
        "dead",
        "desk",
        f"DELIVERY_LIMIT: desk.{house.fire}",
    )
