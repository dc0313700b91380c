"""新生儿出生一件事: the certificate that one step issues fills the next, which opens only then."""

import pytest

from ecert.commands import withdraw_grant
from ecert.models import CertificateUse, UseGrant
from people.errors import NotFound, Refusals
from tests import walking
from tests.newborn import ITEM, TYPED, accepted, mother
from tests.restaurant import approval_of
from workflows import commands
from workflows.models import Approval, Case
from workflows.queries import reading_of

pytestmark = pytest.mark.django_db


def states(case: Case) -> dict[str, str]:
    """{step: state} of a case's approvals."""
    return dict(Approval.objects.filter(case=case).values_list("step", "state"))


def test_one_application_is_filled_step_by_step_from_what_it_issues(city):
    case = accepted(city)
    assert "certificate" not in case.answers
    waiting = {"registration": "waiting", "insurance": "waiting", "card": "waiting"}
    assert states(case) == {"birth": "open", **waiting}
    walking.decided(city, case, "birth")
    assert states(case) == {
        "birth": "decided",
        **waiting,
    }  # granted, but its paper is not there yet
    birth = walking.issued(case, "birth")
    assert states(case)["registration"] == "open"
    assert birth.face["mother_name"] == "沈知夏"
    case.refresh_from_db()
    source = case.provenance["certificate.number"]
    assert case.answers["certificate"]["number"] == birth.number
    assert (source["step"], source["identifier"]) == ("birth", birth.identifier)
    assert source["authoritative"]
    reading = reading_of(approval_of(case, "registration")).data
    assert reading["values"]["certificate.child_name"] == "陆沈安"
    assert birth.identifier in [fact["identifier"] for fact in reading["certificates"]]
    assert "birth.weight" not in reading["values"]
    assert [one["id"] for one in reading["materials"]] == ["identity", "register", "marriage"]

    walking.decided(city, case, "registration")
    page = walking.issued(case, "registration")
    assert page.face["birth_certificate_number"] == birth.number
    assert states(case)["insurance"] == states(case)["card"] == "open"
    for step in ("insurance", "card"):
        reading = reading_of(approval_of(case, step)).data
        assert reading["values"]["registration.page_number"] == page.number
        walking.decided(city, case, step)
        walking.issued(case, step)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("concluded", "approved")
    papers = case.documents.filter(kind="approval_decision").order_by("id")
    titles = [paper.content["title"].partition("（")[0] for paper in papers]
    assert titles == ["准予行政确认决定书"] * 2 + ["办理结果通知书"] * 2


def test_inv_21_the_holder_finds_every_use_of_what_the_case_issued_with_its_basis(city):
    case = accepted(city)
    walking.decided(city, case, "birth")
    birth = walking.issued(case, "birth")
    assert birth.person_id == mother().person_id
    uses = CertificateUse.objects.filter(certificate_id=birth.pk).order_by("id")
    assert [use.user for use in uses] == ["platform", "public_security.990100000000"]
    assert {use.purpose for use in uses} == {"办理新生儿出生一件事"}
    grants = UseGrant.objects.filter(pk__in=[use.grant_id for use in uses])
    assert {(grant.basis, grant.valid_until) for grant in grants} == {("legal", None)}
    assert "母婴保健法" in grants[0].legal_basis


def test_a_denied_birth_certificate_leaves_nothing_for_the_others_to_do(city):
    case = walking.decided(city, accepted(city), "birth", "denied", "与出生医学记录不符")
    assert states(case) == {
        "birth": "decided",
        "registration": "void",
        "insurance": "void",
        "card": "void",
    }
    assert (case.state, case.outcome) == ("concluded", "denied")
    paper = case.documents.get(kind="denial_decision").content
    assert paper["title"].startswith("不予行政确认决定书（")
    assert "复议" in paper["remedies"][0]


def test_a_denied_registration_leaves_the_certificate_and_ends_in_part(city):
    case = accepted(city)
    walking.decided(city, case, "birth")
    walking.issued(case, "birth")
    case = walking.decided(city, case, "registration", "denied", "落户地址不属本派出所管辖")
    assert states(case)["insurance"] == states(case)["card"] == "void"
    assert (case.state, case.outcome) == ("concluded", "partly")


def test_nobody_types_what_a_step_will_issue(city):
    case = walking.draft(mother(), ITEM, TYPED)
    with pytest.raises(Refusals) as refused:
        commands.save_answers(
            viewer=mother(),
            key=walking.key(),
            case_id=case.pk,
            revision=case.revision,
            answers={"certificate.number": "990102202600000019"},
        )
    assert [(p.code, p.field) for p in refused.value.problems] == [
        ("FILLED_LATER", "certificate.number")
    ]
    case = Case.objects.get(pk=case.pk)
    assert "certificate" not in case.answers
    commands.submit_case(
        viewer=mother(), key=walking.key(), case_id=case.pk, revision=case.revision
    )
    lead = walking.officer(city, "health")
    items = [{"field": "certificate.number", "message": "请填写"}]
    with pytest.raises(Refusals, match="FILLED_LATER"):
        commands.request_corrections(viewer=lead, key=walking.key(), case_id=case.pk, items=items)


def test_inv_21_a_consent_that_ends_stops_no_department_of_an_accepted_application(city):
    case = accepted(city)
    consent = UseGrant.objects.get(case_id=case.pk, basis="consent")
    withdraw_grant(viewer=mother(), key=walking.key(), grant_id=consent.pk)
    walking.decided(city, case, "birth")
    walking.issued(case, "birth")
    assert states(case)["registration"] == "open"
    register = case.provenance["household.number"]["certificate_id"]
    last = CertificateUse.objects.filter(certificate_id=register).order_by("id").last()
    assert last.user == "public_security.990100000000"
    assert UseGrant.objects.get(pk=last.grant_id).basis == "legal"
    with pytest.raises(NotFound):  # what stands by law is not the applicant's to take back
        withdraw_grant(viewer=mother(), key=walking.key(), grant_id=last.grant_id)
