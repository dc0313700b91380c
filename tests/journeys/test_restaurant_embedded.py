"""The restaurant in the embedded way: from the form to certificates a stranger verifies, or to a denial."""

import pytest
from django.db import connection

from config import embedded
from config.http_client import Refused, data_of
from ecert.models import Certificate, CertificateUse
from ecert.verification import verify_pdf
from files.queries import read
from gateway.door import execute
from notifications.models import Message
from people.tokens import viewer_of
from people.viewer import Viewer
from tests.checker import broken
from tests.city import City
from tests.journeys.path import ALL_GOOD, ALL_VALID, Journey, decided
from workflows.models import Case, Document

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


def ask(operation, variables, token):
    """The gateway in this process, as the halls ask it."""
    viewer = viewer_of(token) if token else Viewer.anonymous()
    return data_of(operation, execute(operation, variables, viewer))


@pytest.fixture
def journey(city: City) -> Journey:
    return Journey(ask, embedded.drain)


def promises_kept() -> None:
    with connection.cursor() as cursor:
        assert broken(cursor, settled=True) == {}


def test_the_restaurant_opens_from_sign_in_to_delivered_certificates(journey):
    journey.apply()
    applied = journey.seen()
    assert applied["state"] == "submitted"
    assert applied["number"]
    assert applied["prefilledCount"] >= 14
    assert all(a["source"]["identifier"] for a in applied["answers"] if a["isReadOnly"])
    journey.settle()
    journey.accept()
    assert {who: len(journey.tasks(who)) for who in ("lead", "fire", "signage", "waste")} == {
        "lead": 1,
        "fire": 1,
        "signage": 1,
        "waste": 1,
    }
    journey.decide("signage")
    journey.settle()
    assert journey.seen()["state"] == "reviewing"
    assert list(journey.verified().values()) == ["valid"]  # issued while the others still read
    for who in ("waste", "fire", "lead", "fire", "lead"):
        journey.decide(who)
    journey.settle()
    case = journey.seen()
    assert (case["state"], case["outcome"]) == ("concluded", "approved")
    assert decided(case) == ALL_GOOD
    assert journey.verified() == ALL_VALID
    assert all(one["isReady"] for one in case["certificates"] + case["documents"])
    journey.deliver()
    assert len(journey.seen()["deliveries"]) == 3
    promises_kept()


def test_every_paper_of_the_case_is_sealed_and_every_use_is_in_the_holders_log(journey, city):
    case = journey.run()
    owner = journey.token("owner")
    for one in journey.ask("myCertificates", {"first": 50}, owner)["myCertificates"]["nodes"]:
        uses = journey.ask("certificate", {"id": one["id"]}, owner)["certificateUses"]["nodes"]
        logged = CertificateUse.objects.filter(certificate_id=one["id"]).count()
        assert len(uses) == logged
    row = Case.objects.get(pk=case["id"])
    for document in Document.objects.filter(case=row).select_related("file"):
        assert read(document.file).startswith(b"%PDF")
    issued = Certificate.objects.filter(source_case=row.pk).select_related("file")
    assert len(issued) == 3
    for certificate in issued:
        pdf = read(certificate.file)
        assert verify_pdf(pdf).status == "valid"
        assert verify_pdf(pdf + b" ").status == "altered"
    assert Message.objects.filter(topic="case.concluded").count() == 1
    promises_kept()


def test_fire_denies_and_food_is_granted_the_case_ends_partly_approved_with_remedies(journey):
    journey.outcomes = {"fire": "denied"}
    case = journey.run()
    assert (case["state"], case["outcome"]) == ("concluded", "partly")
    assert decided(case) == ALL_GOOD | {("fire", "fire"): "denied"}
    assert journey.verified() == {"食品经营许可证": "valid", "户外招牌设置许可证": "valid"}
    papers = [one for one in case["documents"] if one["kind"] == "denial_decision"]
    assert len(papers) == 1
    assert papers[0]["isReady"]
    said = Document.objects.get(pk=papers[0]["id"]).content
    remedies = "".join(said["remedies"])
    for word in ("云澜市消防救援支队", "60日", "云澜市明湖区人民法院", "6个月"):
        assert word in remedies
    assert "疏散楼梯净宽不足1.1米" in str(said)
    promises_kept()


def test_a_stranger_sees_neither_the_case_nor_the_holder(journey):
    journey.apply()
    with pytest.raises(Refused) as told:
        journey.ask("case", {"id": journey.case}, "")
    assert told.value.code == "UNAUTHENTICATED"
    journey.tokens["owner"] = sign_in("hezhiyuan", "91990103MA9TB0026D")
    with pytest.raises(Refused) as told:
        journey.seen()
    assert told.value.code == "NOT_FOUND"


def sign_in(name, acting_for):
    given = {"signInName": name, "password": "yunlan-demo-2026", "actingFor": acting_for}
    return ask("signIn", given, "")["signIn"]["signedIn"]["accessToken"]
