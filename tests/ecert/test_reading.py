"""Who sees which certificate, and how much of its face (INV-19, INV-20)."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from ecert.models import Certificate
from ecert.queries import (
    certificate_for,
    face_for,
    facts_of,
    held_by,
    held_certificates,
    labelled_face,
    opens_for,
    visible_certificates,
)
from people.errors import Refusal
from people.models import Mandate
from people.viewer import Viewer

from .conftest import SYSTEM


def keys(viewer):
    return {certificate.pk for certificate in visible_certificates(viewer)}


def pages(*viewers):
    """A row says that its page opens exactly when the list of the viewer has it."""
    for viewer in viewers:
        rows = Certificate.objects.select_related("type", "issuer")
        assert {row.pk for row in rows if opens_for(viewer, row)} == keys(viewer)


def test_each_sees_the_own_and_officers_see_none(
    licence, id_card, citizen, owner, stranger, approver
):
    assert keys(citizen) == {id_card.pk}
    assert keys(owner) == {id_card.pk, licence.pk}
    assert keys(stranger) == set()
    assert keys(approver) == set()
    assert keys(Viewer.anonymous()) == set()
    assert keys(SYSTEM) == {id_card.pk, licence.pk}


def test_bad_38_an_agent_for_some_items_sees_nothing_of_the_enterprises_wallet(city):
    whole = keys(city.owner)
    assert not keys(city.agent) & whole
    assert keys(replace(city.agent, mandate_id=None)) & whole  # what the mandate takes away
    theirs = held_certificates(city.agent).filter(enterprise=city.agent.enterprise_id)
    assert theirs.exists()  # and can still be used for a case
    pages(city.agent, city.owner, city.stranger, city.owner_herself)
    Mandate.objects.update(items=[])
    pages(city.agent)
    assert set(theirs.values_list("pk", flat=True)) <= keys(city.agent)


def test_another_holders_certificate_is_not_found_like_none(licence, stranger):
    for pk in (licence.pk, uuid4()):
        with pytest.raises(Refusal, match="NOT_FOUND"):
            certificate_for(stranger, pk)


def test_an_id_number_is_masked_for_everyone_but_the_holder(
    id_card, citizen, owner, approver, stranger
):
    assert face_for(citizen, id_card)["id_number"] == "110101190001010014"
    assert face_for(owner, id_card)["id_number"] == "110101190001010014"
    for viewer in (approver, stranger, SYSTEM, Viewer.anonymous()):
        assert face_for(viewer, id_card)["id_number"] == "110***********0014"


def test_the_face_is_shown_in_the_order_of_the_type(id_card, citizen):
    shown = labelled_face(citizen, id_card)
    assert [name for name, _, _ in shown][:3] == ["name", "id_number", "gender"]
    assert shown[0] == ("name", "姓名", "林小满")


def test_held_by_gives_what_can_be_used_today(licence, id_card, enterprise, person):
    types = {"BUSINESS_LICENCE", "RESIDENT_ID_CARD"}
    (held,) = held_by(types=types, enterprise_id=enterprise.pk)
    assert (held.certificate_id, held.holder, held.type) == (
        licence.pk,
        "applicant",
        "BUSINESS_LICENCE",
    )
    assert held.face == licence.face
    (card,) = held_by(types=types, holder="representative", person_id=person.pk)
    assert (card.certificate_id, card.holder) == (id_card.pk, "representative")
    assert held_by(types={"HEALTH_CERTIFICATE"}, enterprise_id=enterprise.pk) == []
    assert held_by(types=types) == []
    Certificate.objects.filter(pk=licence.pk).update(valid_until=date(2021, 1, 1))
    assert held_by(types=types, enterprise_id=enterprise.pk) == []


def test_facts_tell_version_and_present_status_and_no_face(licence, id_card):
    facts = facts_of([id_card.pk, licence.pk, uuid4()])
    assert [fact["type"] for fact in facts] == ["RESIDENT_ID_CARD", "BUSINESS_LICENCE"]
    assert facts[0]["valid_until"] == "2040-01-01"
    assert "林小满" not in str(facts)
    Certificate.objects.filter(pk=id_card.pk).update(valid_until=date(2021, 1, 1))
    assert facts_of([id_card.pk])[0]["status"] == "expired"


def test_a_list_of_certificates_is_a_constant_number_of_statements(
    issue, owner, django_assert_num_queries
):
    for _ in range(5):
        issue()
    with django_assert_num_queries(1):
        assert [(one.type.name, one.issuer.name) for one in visible_certificates(owner)]
