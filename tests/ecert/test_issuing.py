"""Issuing and entering certificates: once, by who may, for whom the face says."""

from datetime import date
from uuid import uuid4

import pytest

from bus.models import Chore
from ecert import commands
from ecert.identifier import check, parse
from ecert.models import Certificate, NumberSeries
from people.errors import Refusal
from people.models import AuditRecord
from people.viewer import Viewer

from .conftest import ISSUED_ON, SYSTEM


def refused(act, code, **changes):
    """Asserts that an act is refused and that nothing changed (INV-25)."""
    before = Certificate.objects.count(), Chore.objects.count(), AuditRecord.objects.count()
    with pytest.raises(Refusal) as caught:
        act(**changes)
    assert caught.value.code == code
    after = Certificate.objects.count(), Chore.objects.count(), AuditRecord.objects.count()
    assert after == before
    return caught.value


def test_issue_certificate_writes_row_audit_and_chore(issue, office, enterprise):
    certificate = issue()
    assert certificate.status == "issuing"
    assert certificate.number == "JY29901020000011"
    assert check(certificate.identifier)
    assert parse(certificate.identifier).issuer_code == office.credit_code
    assert certificate.holder_name == enterprise.name
    assert (certificate.valid_from, certificate.valid_until) == (ISSUED_ON, date(2031, 2, 28))
    assert Chore.objects.get().subject == str(certificate.pk)
    record = AuditRecord.objects.get(action="issue_certificate")
    assert record.subject_id == str(certificate.pk)
    assert enterprise.credit_code not in str(record.details)


def test_inv_09_the_same_step_of_a_case_issues_once(issue):
    case = uuid4()
    first, second = issue(source_case=case), issue(source_case=case)
    assert first.pk == second.pk
    assert Certificate.objects.count() == 1
    assert Chore.objects.count() == 1
    assert NumberSeries.objects.get().value == 1


def test_bad_81_issuing_a_step_again_with_another_face_is_refused(issue, food_face):
    case = uuid4()
    issue(source_case=case)
    refused(issue, "ALREADY_ISSUED", source_case=case, face={**food_face, "premises": "别处"})


def test_inv_10_numbers_identifiers_and_places_are_never_shared(issue):
    many = [issue() for _ in range(5)]
    for field in ("number", "identifier", "status_index"):
        assert len({getattr(one, field) for one in many}) == 5


def test_a_face_that_does_not_fit_is_refused_with_every_field(issue, food_face):
    face = {**food_face, "credit_code": "91350100M000100Y4Z", "secret": "x"}
    del face["premises"]
    refusal = refused(issue, "FACE_INVALID", face=face)
    assert {problem.field for problem in refusal.problems} == {"credit_code", "premises", "secret"}


def test_flt_68_a_face_with_the_number_of_another_enterprise_is_refused(
    issue, food_face, other_enterprise
):
    refusal = refused(
        issue, "FACE_INVALID", face={**food_face, "credit_code": other_enterprise.credit_code}
    )
    assert [(p.field, p.params["rule"]) for p in refusal.problems] == [("credit_code", "holder")]


def test_flt_68_a_card_with_the_number_of_another_person_is_refused(id_card, other_person):
    def enter():
        commands.enter_certificate(
            viewer=SYSTEM,
            type_code="RESIDENT_ID_CARD",
            person=other_person,
            issuer=id_card.issuer,
            face=id_card.face,
            number="9901022020000000025",
            issued_on=date(2020, 1, 1),
        )

    refused(enter, "FACE_INVALID")


def test_only_the_competent_function_issues(issue, department):
    refused(issue, "ISSUER_NOT_COMPETENT", issuer=department("fire"))


def test_a_type_for_enterprises_is_not_issued_to_a_person(issue, person):
    refused(issue, "HOLDER_MISMATCH", enterprise=None, person=person)
    refused(issue, "HOLDER_MISMATCH", person=person)
    refused(issue, "HOLDER_MISMATCH", enterprise=None)


def test_an_unknown_type_is_refused(issue):
    refused(issue, "CERTIFICATE_TYPE_UNKNOWN", type_code="WISH")


def test_an_applicant_never_issues(issue, owner):
    refused(issue, "NOT_FOUND", viewer=owner)
    refused(issue, "NOT_FOUND", viewer=Viewer.anonymous())


def test_a_new_version_keeps_number_and_serial(issue):
    first = issue()
    Certificate.objects.filter(pk=first.pk).update(status="valid")
    second = issue(replaces=first)
    assert (second.number, second.version) == (first.number, 2)
    old, new = parse(first.identifier), parse(second.identifier)
    assert (old.serial, old.version) == (new.serial, new.version - 1)
    refused(issue, "ALREADY_ISSUED", replaces=first)


def test_a_version_is_not_built_on_one_that_is_over_or_of_another(issue, other_enterprise):
    first = issue()
    refused(issue, "ILLEGAL_TRANSITION", replaces=first)
    Certificate.objects.filter(pk=first.pk).update(status="valid", enterprise=other_enterprise)
    refused(issue, "NOT_FOUND", replaces=first)


def test_enter_certificate_is_valid_at_once_and_idempotent(licence, office, enterprise):
    again = commands.enter_certificate(
        viewer=SYSTEM,
        type_code="BUSINESS_LICENCE",
        enterprise=enterprise,
        issuer=office,
        face=licence.face,
        number=licence.number,
        issued_on=licence.issued_on,
    )
    assert again.pk == licence.pk
    assert licence.status == "valid"
    assert Certificate.objects.count() == 1


def test_enter_certificate_refuses_a_number_that_is_another_holders(
    licence, office, other_enterprise
):
    face = {**licence.face, "credit_code": other_enterprise.credit_code}

    def enter():
        commands.enter_certificate(
            viewer=SYSTEM,
            type_code="BUSINESS_LICENCE",
            enterprise=other_enterprise,
            issuer=office,
            face=face,
            number=licence.number,
            issued_on=licence.issued_on,
        )

    refused(enter, "ALREADY_ISSUED")


def test_a_personal_number_never_becomes_the_number_of_a_certificate(id_card, person):
    def enter():
        commands.enter_certificate(
            viewer=SYSTEM,
            type_code="RESIDENT_ID_CARD",
            person=person,
            issuer=id_card.issuer,
            face=id_card.face,
            number="110101190001010014",
            issued_on=date(2020, 1, 1),
        )

    assert refused(enter, "FACE_INVALID").problems[0].field == "number"


def test_an_officer_enters_only_for_the_own_department(licence, owner, approver, id_card):
    def enter(viewer):
        commands.enter_certificate(
            viewer=viewer,
            type_code="RESIDENT_ID_CARD",
            person=id_card.person,
            issuer=id_card.issuer,
            face=id_card.face,
            number="9901022020000000033",
            issued_on=date(2020, 1, 1),
        )

    refused(enter, "NOT_FOUND", viewer=approver)
    refused(enter, "NOT_FOUND", viewer=owner)
