"""A certificate that ends under an open case: the officer sees it, the applicant is told, once."""

import pytest

from bus import envelope
from bus.models import OutboxLetter
from config.letters import LETTERS
from ecert.commands import restore_certificate, revoke_certificate, suspend_certificate
from ecert.models import Certificate
from notifications.models import Message
from notifications.wording import wording
from people.viewer import Viewer
from tests.restaurant import accepted, draft, key, reload
from workflows import commands
from workflows.models import CaseEvent

pytestmark = pytest.mark.django_db


def deed_of(case) -> Certificate:
    """The title deed that the premises' area came from."""
    return Certificate.objects.get(pk=case.provenance["premises.area"]["certificate_id"])


def change(city, certificate, act) -> None:
    """An approver of the issuer acts."""
    registrar = city.officer("natural_resources", "approver")
    act(viewer=registrar, key=key(), certificate_id=certificate.pk, reason="登记错误")


def deliver(*topics) -> None:
    """Gives every posted letter of the topics to all its functions."""
    for row in OutboxLetter.objects.filter(topic__in=topics).order_by("id"):
        letter = envelope.parse(envelope.to_bytes(row.envelope))
        for route in LETTERS[letter.topic]:
            route.handler(letter)


def changes_of(case) -> list[str]:
    """The statuses that were noted on a case."""
    rows = CaseEvent.objects.filter(case_id=case.pk, kind="certificate_changed").order_by("seq")
    return [details["status"] for details in rows.values_list("details", flat=True)]


def test_a_revoked_certificate_is_noted_on_the_open_cases_that_rest_on_it(city):
    case, unfinished = accepted(city), draft(city)
    ended = commands.withdraw_case(
        viewer=city.owner, key=key(), case_id=accepted(city).pk, reason="不办了"
    )
    before = CaseEvent.objects.filter(case_id=ended.pk).count()
    deed = deed_of(case)
    change(city, deed, revoke_certificate)
    deliver("certificate.revoked")
    deliver("case.shaken")
    assert changes_of(case) == ["revoked"]
    assert changes_of(unfinished) == []
    assert CaseEvent.objects.filter(case_id=ended.pk).count() == before
    assert reload(case).state == "reviewing"
    bodies = [wording(m.topic, m.params).body for m in Message.objects.all()]
    assert len(bodies) == 2  # the holder about the certificate, the applicant about the case
    assert any(case.number in body and "不动产权证书现在是“已撤销”" in body for body in bodies)
    assert any("不动产权证书已撤销" in body and case.number not in body for body in bodies)


def test_the_officer_reads_that_the_certificate_ended_and_that_it_was_restored(city):
    case = accepted(city)
    change(city, deed_of(case), suspend_certificate)
    change(city, deed_of(case), restore_certificate)
    deliver("certificate.revoked", "certificate.restored")
    assert changes_of(case) == ["suspended", "valid"]
    assert deed_of(case).status == "valid"


def test_who_noted_it_is_the_platform_and_no_number_of_a_person_travels(city):
    case = accepted(city)
    card = Certificate.objects.get(
        type__code="RESIDENT_ID_CARD", person=city.owner.person_id, status="valid"
    )
    police = city.officer("public_security", "approver")
    revoke_certificate(viewer=police, key=key(), certificate_id=card.pk, reason="重复办理")
    deliver("certificate.revoked")
    posted = OutboxLetter.objects.filter(topic__in=["certificate.revoked", "case.shaken"])
    assert posted.count() == 2
    assert card.number not in str(list(posted.values()))
    noted = CaseEvent.objects.get(case_id=case.pk, kind="certificate_changed")
    assert noted.actor == Viewer.system("certificate changed").actor
