"""道路货物运输经营许可: read from five certificates, accepted with what is owed, granted when that has come."""

from datetime import timedelta

import pytest

from ecert.models import CertificateUse
from people.errors import Refusal
from tests import walking
from tests.freight import ITEM, OWED, TYPED, accepted, carrier
from tests.restaurant import approval_of
from tests.supplies import attached, pdf
from workflows import commands
from workflows.models import Approval, MaterialPromise
from workflows.queries import reading_of

pytestmark = pytest.mark.django_db


def test_a_licence_is_granted_once_the_promised_rules_have_come(city):
    case = accepted(city)
    assert {path: source["type"] for path, source in case.provenance.items()}.items() >= {
        "enterprise.name": "BUSINESS_LICENCE",
        "representative.id_number": "RESIDENT_ID_CARD",
        "vehicles.plate": "VEHICLE_LICENCE",
        "driver.licence_class": "DRIVING_LICENCE",
        "driver.qualification": "DRIVER_QUALIFICATION",
    }.items()
    assert list(Approval.objects.values_list("step", "kind")) == [("freight", "approve")]
    assert case.promised_on < case.statutory_on
    with pytest.raises(Refusal, match="MATERIAL_OWED"):
        walking.decided(city, case, "freight")
    attached(carrier(), case, OWED, pdf("安全生产管理制度"))
    reading = reading_of(approval_of(case, "freight")).data
    assert len(next(m for m in reading["materials"] if m["id"] == OWED)["files"]) == 1
    walking.decided(city, case, "freight")
    licence = walking.issued(case, "freight")
    assert licence.face["scope"] == "普通货运"
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("concluded", "approved")
    driving = case.provenance["driver.name"]["certificate_id"]
    uses = CertificateUse.objects.filter(certificate_id=driving).order_by("id")
    assert {use.user for use in uses} == {"platform", "transport.990100000000"}
    assert {use.purpose for use in uses} == {"办理道路货物运输经营许可"}


def test_rules_that_never_come_end_the_case_with_the_reason(city):
    case = accepted(city)
    due = MaterialPromise.objects.get(case=case).due_on
    assert commands.sweep_silence(due)["not_supplied"] == 0
    assert commands.sweep_silence(due + timedelta(days=1))["not_supplied"] == 1
    case.refresh_from_db()
    assert case.state == "lapsed"
    assert "安全生产管理制度文本" in case.reason
    assert set(Approval.objects.values_list("state", flat=True)) == {"void"}


def test_only_who_uses_heavy_vehicles_or_the_network_is_asked_for_more(city):
    light = {**TYPED, "vehicles.mass": 4500, "business.kinds": ["general", "network"]}
    del light["promises.satellite"]
    case = walking.draft(carrier(), ITEM, light)
    with pytest.raises(Refusal) as refused:
        commands.submit_case(
            viewer=carrier(), key=walking.key(), case_id=case.pk, revision=case.revision
        )
    missing = {p.field for p in refused.value.problems}
    assert missing == {"materials.capability", f"materials.{OWED}"}
