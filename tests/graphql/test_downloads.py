"""Sealed files: fetched by those to whom they are visible, by token or by a ticket."""

import time
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from ecert.models import Certificate
from files.storage import keep
from gateway import tickets
from people.models import Session
from tests.graphql.asking import Caller, codes
from tests.restaurant import submitted
from workflows.models import Document

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 sealed"


@pytest.fixture
def owner(city, caller_of) -> Caller:
    """The restaurant's legal representative."""
    return caller_of(city.owner)


@pytest.fixture
def receipt(city) -> Document:
    """A receipt whose file is there."""
    document = Document.objects.get(case=submitted(city))
    document.file = keep(PDF, media_type="application/pdf", name="receipt.pdf")
    document.save()
    return document


def ticket_of(owner: Caller, document: Document) -> str:
    """The address that the case shows for a document."""
    case = owner.ask("case", id=str(document.case_id))["data"]["case"]
    return case["documents"][0]["downloadUrl"]


def test_a_ticket_is_enough_and_lasts_minutes(owner, receipt):
    address = ticket_of(owner, receipt)
    answer = Client().get(address)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    late = signing.dumps(["x"], salt=tickets.SALT)
    assert Client().get(f"{address.partition('?')[0]}?ticket={late}").status_code == 403


def test_a_ticket_fits_one_file_only(owner, receipt):
    ticket = ticket_of(owner, receipt).partition("ticket=")[2]
    for address in (f"/download/documents/{uuid4()}", f"/download/certificates/{receipt.pk}"):
        answer = Client().get(f"{address}?ticket={ticket}")
        assert (answer.status_code, codes(answer.json())) == (403, ["LINK_EXPIRED"])
    for wrong in (ticket[:-2], ticket + "x", "x"):
        answer = Client().get(f"/download/documents/{receipt.pk}?ticket={wrong}")
        assert answer.status_code == 403


@pytest.mark.parametrize("end", ["revoked_at", "expires_at"])
def test_inv_27_a_ticket_ends_with_its_session(owner, receipt, end):
    address = ticket_of(owner, receipt)
    Session.objects.update(**{end: timezone.now()})
    assert Client().get(address).status_code == 403


def test_a_ticket_ends_by_itself(owner, receipt, monkeypatch):
    address = ticket_of(owner, receipt)
    later = time.time() + tickets.SECONDS + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(address).status_code == 403


def test_by_token_and_not_without(owner, receipt):
    address = f"/download/documents/{receipt.pk}"
    assert Client().get(address).status_code == 401
    assert Client().get(address, headers={"Authorization": "Bearer x"}).status_code == 401
    bearer = {"Authorization": f"Bearer {owner.token}"}
    assert Client().get(address, headers=bearer).content == PDF


def test_inv_20_anothers_file_is_not_there(city, caller_of, receipt):
    stranger = caller_of(city.stranger)
    bearer = {"Authorization": f"Bearer {stranger.token}"}
    answers = [
        Client().get(f"/download/documents/{key}", headers=bearer) for key in (receipt.pk, uuid4())
    ]
    for answer in answers:
        assert (answer.status_code, codes(answer.json())) == (404, ["NOT_FOUND"])


def test_a_file_that_is_not_made_yet_is_not_there(city, owner):
    document = Document.objects.get(case=submitted(city))
    case = owner.ask("case", id=str(document.case_id))["data"]["case"]
    assert case["documents"][0]["isReady"] is False
    assert case["documents"][0]["downloadUrl"] is None
    bearer = {"Authorization": f"Bearer {owner.token}"}
    answer = Client().get(f"/download/documents/{document.pk}", headers=bearer)
    assert answer.status_code == 404


def test_only_get_fetches(owner, receipt):
    address = ticket_of(owner, receipt)
    for method in ("post", "put", "delete"):
        assert getattr(Client(), method)(address).status_code == 405


def test_a_certificate_is_fetched_by_its_holder_and_by_the_lead_that_hands_it_out(
    city, caller_of, owner
):
    certificate = Certificate.objects.filter(enterprise=city.restaurant).first()
    certificate.file = keep(PDF, media_type="application/pdf", name="licence.pdf")
    certificate.source_case = submitted(city).pk
    certificate.save()
    address = f"/download/certificates/{certificate.pk}"

    def status(viewer) -> int:
        token = caller_of(viewer).token
        return Client().get(address, headers={"Authorization": f"Bearer {token}"}).status_code

    Session.objects.all().delete()
    assert status(city.owner) == 200
    assert status(city.agent) == 200  # of a case within the mandate, though the wallet stays shut
    assert status(city.officer("market_regulation")) == 200
    assert status(city.officer("fire")) == 404
    Certificate.objects.filter(pk=certificate.pk).update(source_case=None)
    assert status(city.agent) == 404
    assert status(city.stranger) == 404
