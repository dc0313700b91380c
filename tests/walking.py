"""One case's way through the house by commands, for items other than the restaurant."""

from collections.abc import Mapping
from uuid import uuid4

from ecert.commands.finishing import complete_certificate
from ecert.models import Certificate
from people.models import Account, Enterprise, Person
from people.viewer import Viewer
from tests.city import ROCK, City
from tests.restaurant import approval_of, decide
from workflows import commands
from workflows.models import Case


def key() -> str:
    """A new idempotency key."""
    return uuid4().hex


def applicant(name: str, credit_code: str = "") -> Viewer:
    """A person of the city, for themselves or for the enterprise whose representative they are."""
    person = Person.objects.get(name=name)
    enterprise = Enterprise.objects.get(credit_code=credit_code) if credit_code else None
    return Viewer(
        kind="enterprise" if enterprise else "person",
        account_id=Account.objects.get(person=person).pk,
        person_id=person.pk,
        enterprise_id=enterprise.pk if enterprise else None,
        request_id="test",
    )


def draft(viewer: Viewer, item: str, typed: Mapping[str, object]) -> Case:
    """A started case, filled from certificates and by hand."""
    case = commands.start_case(viewer=viewer, key=key(), item_code=item)
    case = commands.grant_use(viewer=viewer, key=key(), case_id=case.pk)
    return commands.save_answers(
        viewer=viewer, key=key(), case_id=case.pk, revision=case.revision, answers=typed
    )


def submitted(viewer: Viewer, item: str, typed: Mapping[str, object]) -> Case:
    """A submitted case (收件)."""
    case = draft(viewer, item, typed)
    return commands.submit_case(viewer=viewer, key=key(), case_id=case.pk, revision=case.revision)


def accepted(city: City, viewer: Viewer, item: str, typed: Mapping[str, object]) -> Case:
    """An accepted case (受理), by an officer of the lead department."""
    case = submitted(viewer, item, typed)
    assert case.lead is not None
    lead = city.officer(case.lead.function, division=case.lead.division_id)
    return commands.accept_case(viewer=lead, key=key(), case_id=case.pk)


def decided(city: City, case: Case, step: str, outcome: str = "", reason: str = "") -> Case:
    """The one department of a step decides."""
    approval = approval_of(case, step)
    department = approval.department
    viewer = city.officer(department.function, division=department.division_id)
    decide(viewer, approval, outcome, reason)
    return Case.objects.get(pk=case.pk)


def issued(case: Case, step: str) -> Certificate:
    """The certificate of a granted step with its file, and its letter delivered to the case."""
    certificate = Certificate.objects.get(source_case=case.pk, source_step=step)
    assert complete_certificate(certificate_id=certificate.pk, pdf=b"%PDF-1.7", statement="s")
    commands.note_certificate(case_id=case.pk, certificate_id=str(certificate.pk), step=step)
    certificate.refresh_from_db()
    return certificate


def officer(city: City, function: str) -> Viewer:
    """An officer of the city's department."""
    return city.officer(function, division=ROCK)
