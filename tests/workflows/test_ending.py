"""The end of a case by letters and chores: documents, certificates, conclusion, delivery."""

import pytest

from config.embedded import drain
from ecert.commands import revoke_certificate
from ecert.models import Certificate
from files.queries import read
from keys.seal import inspect_seal
from notifications.models import Message
from tests.restaurant import accepted, decide_all, decide_step, key, reload
from tests.unchanged import refused
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, Delivery, Document

pytestmark = pytest.mark.django_db(transaction=True)


def finished(city, **outcomes):
    case = decide_all(city, accepted(city), **outcomes)
    drain()
    return reload(case)


def test_inv_09_every_grant_ends_in_one_sealed_certificate_and_concludes_the_case(city):
    case = finished(city)
    assert (case.state, case.outcome) == ("concluded", "approved")
    certificates = Certificate.objects.filter(source_case=case.pk).select_related("type", "issuer")
    assert sorted(c.type.code for c in certificates) == [
        "FIRE_SAFETY_CERTIFICATE",
        "FOOD_BUSINESS_LICENCE",
        "SIGNBOARD_PERMIT",
    ]
    for certificate in certificates:
        assert certificate.status == "valid"
        assert certificate.file is not None
        verdict = inspect_seal(read(certificate.file))
        assert verdict.holds
        assert verdict.owner == certificate.issuer.code


def test_fire_denies_and_food_is_granted_each_result_stands_alone(city):
    case = finished(city, fire="denied")
    assert (case.state, case.outcome) == ("concluded", "partly")
    types = Certificate.objects.filter(source_case=case.pk).values_list("type__code", flat=True)
    assert set(types) == {"FOOD_BUSINESS_LICENCE", "SIGNBOARD_PERMIT"}
    denial = Document.objects.get(case=case, kind="denial_decision")
    fire = city.department("fire")
    assert denial.department == fire
    assert fire.review_body in denial.content["remedies"][0]
    assert fire.court in denial.content["remedies"][0]
    assert "现场不符合要求" in "".join(denial.content["paragraphs"])


def test_a_certificate_is_issued_while_another_department_is_still_at_work(city):
    case = accepted(city)
    decide_step(city, case, "signage")
    drain()
    assert Certificate.objects.get(source_case=case.pk).status == "valid"
    assert reload(case).state == "reviewing"


def test_every_document_of_the_case_is_numbered_printed_and_sealed_by_its_department(city):
    case = finished(city)
    documents = Document.objects.filter(case=case).select_related("department", "file")
    kinds = sorted(d.kind for d in documents)
    assert kinds == ["acceptance", *["approval_decision"] * 3, "receipt"]
    assert len({d.number for d in documents}) == 5
    for document in documents:
        assert document.file is not None
        verdict = inspect_seal(read(document.file))
        assert verdict.holds
        assert verdict.owner == document.department.code


def test_the_applicant_is_told_of_each_event_once(city):
    case = finished(city)
    told = Message.objects.filter(account=city.owner.account_id, params__number=case.number)
    assert {"case.submitted", "case.accepted", "case.concluded"} <= set(
        told.values_list("topic", flat=True)
    )
    assert told.filter(topic="case.concluded").count() == 1


def test_inv_04_the_events_tell_the_same_end_as_the_row_without_a_gap(city):
    case = finished(city)
    events = list(CaseEvent.objects.filter(case_id=case.pk).order_by("seq"))
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    assert events[-1].state == case.state
    assert events[-1].kind == "concluded"


def test_the_desk_notes_when_its_letter_arrived(city):
    case = accepted(city)
    drain()
    opened = Approval.objects.filter(case=case, state="open")
    assert all(a.received_at is not None for a in opened)


def test_record_delivery_says_how_a_result_reached_the_applicant(city):
    case = finished(city)
    certificate = Certificate.objects.filter(source_case=case.pk).first()
    counter = city.officer("market_regulation", "counter")
    given = {"case_id": case.pk, "certificate_id": certificate.pk, "receiver": "林小满"}
    with refused("REQUIRED", "proof"):
        commands.record_delivery(viewer=counter, key=key(), method="post", proof="", **given)
    commands.record_delivery(viewer=counter, key=key(), method="collected", proof="签收单", **given)
    assert Delivery.objects.get(case=case).certificate_id == certificate.pk


def test_record_delivery_says_when_a_denial_reached_the_applicant(city):
    case = finished(city, fire="denied")
    denial = Document.objects.get(case=case, kind="denial_decision")
    given = {"case_id": case.pk, "document_id": denial.pk, "method": "post", "receiver": "林小满"}
    with refused("FORBIDDEN"):  # neither led nor issued
        commands.record_delivery(viewer=city.officer("ecology"), key=key(), proof="E1", **given)
    commands.record_delivery(viewer=city.officer("fire"), key=key(), proof="EY1000", **given)
    delivery = Delivery.objects.get(case=case)
    assert (delivery.document, delivery.certificate_id, delivery.proof) == (denial, None, "EY1000")
    with refused("REQUIRED"):
        given["document_id"] = None
        commands.record_delivery(viewer=city.officer("fire"), key=key(), proof="EY1001", **given)


def test_a_department_that_neither_led_nor_issued_records_no_delivery(city):
    case = finished(city)
    food = Certificate.objects.get(source_case=case.pk, type__code="FOOD_BUSINESS_LICENCE")
    with refused("FORBIDDEN"):
        commands.record_delivery(
            viewer=city.officer("ecology"),
            key=key(),
            case_id=case.pk,
            certificate_id=food.pk,
            method="collected",
            receiver="林小满",
            proof="",
        )


def test_everything_denied_is_concluded_without_a_certificate(city):
    case = finished(city, food="denied", fire="denied", signage="denied")
    assert (case.state, case.outcome) == ("concluded", "denied")
    assert not Certificate.objects.filter(source_case=case.pk).exists()
    assert Case.objects.get(pk=case.pk).concluded_at is not None


def test_a_certificate_taken_back_while_its_file_is_made_leaves_no_case_waiting(city):
    case = decide_all(city, accepted(city))
    unmade = Certificate.objects.get(source_case=case.pk, type__code="SIGNBOARD_PERMIT")
    assert unmade.status == "issuing"
    approver = city.officer("urban_management", "approver")
    revoke_certificate(
        viewer=approver, key=key(), certificate_id=unmade.pk, reason="核发时依据的材料有误"
    )
    drain()
    case, unmade = reload(case), Certificate.objects.get(pk=unmade.pk)
    assert (case.state, unmade.status, unmade.file) == ("concluded", "revoked", None)
    issued = CaseEvent.objects.filter(case_id=case.pk, kind="certificate_issued")
    assert issued.count() == 2
