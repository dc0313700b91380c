"""FLT-36: a letter is from whoever signed it, to whom it was signed, about what was signed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from bus.models import InboxLetter
from keys.time_ordered import first_id_of

pytestmark = pytest.mark.django_db

ANSWER = {"type": "approval.answered", "dataschema": "urn:tongban:letter:approval.answered:1"}


def refused(house):
    return (house.marks(), [state for state, _ in house.inbox()], len(house.refused))


def test_flt_36_an_answer_signed_by_its_department_takes_effect(house):
    house.receive(house.delivery(source=house.fire, **ANSWER))
    assert refused(house) == (["1"], ["done"], 0)


@pytest.mark.parametrize("signature", ["", "a..b", "eyJhbGciOiJub25lIn0.."])
def test_flt_36_an_answer_without_a_right_signature_is_dead(house, signature):
    delivery = house.delivery(source=house.fire, **ANSWER)
    house.receive(replace(delivery, signature=signature))
    assert refused(house) == ([], ["dead"], 1)


def test_flt_36_an_answer_signed_by_another_department_is_dead(house):
    theirs = house.delivery(source=house.ecology, **ANSWER)
    ours = house.delivery(source=house.fire, **ANSWER)
    house.receive(replace(ours, signature=theirs.signature))
    assert refused(house) == ([], ["dead"], 1)


def test_flt_36_a_department_cannot_write_the_letters_of_the_platform(house):
    house.receive(house.delivery(source=house.fire))
    assert refused(house) == ([], ["dead"], 1)
    assert "fire" in house.refused[0]


def test_flt_36_one_changed_byte_is_noticed(house):
    delivery = house.delivery()
    house.receive(replace(delivery, body=delivery.body.replace(b'"n":1', b'"n":2')))
    assert refused(house) == ([], ["dead"], 1)


def test_a_forgery_does_not_take_the_place_of_the_true_letter(house):
    true = house.delivery()
    house.receive(replace(true, signature=""))
    house.receive(true)
    assert house.marks() == ["1"]


@pytest.mark.parametrize("days", [-8, 8])
def test_a_departments_letter_with_an_id_outside_seven_days_is_parked(house, days):
    old = UUID(int=first_id_of(timezone.now() + timedelta(days=days)).int + 9)
    house.receive(house.delivery(id=str(old), source=house.fire, **ANSWER))
    assert house.marks() == []
    assert InboxLetter.objects.get().state == "parked"
