"""The demo city: complete, consistent, and the same however often it is loaded."""

from datetime import timedelta
from io import StringIO

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.env import ROOT
from ecert.models import Certificate, CertificateType
from keys import keystore, vault
from people import queries
from people.commands import sign_in
from people.models import AuditRecord, Department, Officer, Person
from services.models import ItemVersion
from services.queries import current_version, served_divisions
from workflows.commands import start_case
from workflows.models import CalendarYear, Holiday
from workflows.queries import visible_cases

DIVISIONS = {"990100000000", "990102000000", "990102101000", "990103000000"}
FUNCTIONS = {
    "market_regulation",
    "fire",
    "urban_management",
    "ecology",
    "public_security",
    "natural_resources",
    "health",
    "civil_affairs",
    "transport",
    "medical_insurance",
    "human_resources",
    "housing",
    "education",
}
COUNTED = (AuditRecord, Certificate, CertificateType, Department, Holiday, Officer, Person)


def test_every_function_is_competent_and_staffed_in_every_division(city):
    staffed = queries.staffed_functions()
    assert set(staffed) == DIVISIONS
    assert set(served_divisions()) == {"990102000000", "990103000000"}
    assert all(there.keys() >= FUNCTIONS for there in staffed.values())


@pytest.mark.parametrize(
    ("function", "division", "code"),
    [
        ("fire", "990102000000", "fire.990102000000"),
        ("fire", "990103000000", "fire.990100000000"),
        ("ecology", "990102000000", "ecology.990100000000"),
        ("market_regulation", "990102000000", "market_regulation.990102000000"),
        ("market_regulation", "990103000000", "market_regulation.990100000000"),
    ],
)
def test_a_district_without_its_own_department_is_served_by_the_city(
    city, function, division, code
):
    assert city.department(function, division).code == code


def test_every_department_has_two_officers_a_seal_and_a_place_to_appeal(city):
    for department in Department.objects.exclude(function__in=["government_data", "service_hall"]):
        roles = list(department.officers.values_list("role", flat=True))
        assert {"officer", "approver"} <= set(roles)
        assert keystore.seal_key(department.code)
        assert department.review_body
        assert department.court
        assert department.document_word
    assert Officer.objects.filter(role="counter", department__function="market_regulation")
    assert Officer.objects.filter(role="supervisor")
    for hall in Department.objects.filter(function="service_hall"):
        assert list(hall.officers.values_list("role", flat=True)) == ["counter", "counter"]


def test_loading_again_changes_nothing(city):
    before = [list(model.objects.order_by("pk").values()) for model in COUNTED]
    call_command("load_city", stdout=StringIO())
    assert [list(model.objects.order_by("pk").values()) for model in COUNTED] == before


def test_faces_agree_with_whom_they_belong_to(city):
    for card in Certificate.objects.filter(type__code="RESIDENT_ID_CARD"):
        assert card.face["id_number"] == vault.unseal(card.person.id_number_sealed)
        assert card.face["name"] == card.person.name
        born = card.face["birth_date"].replace("-", "")
        assert card.face["id_number"][6:14] == born
        assert card.face["gender"] == ("男" if int(card.face["id_number"][16]) % 2 else "女")
    for licence in Certificate.objects.filter(type__code="BUSINESS_LICENCE"):
        enterprise = licence.enterprise
        assert licence.face["credit_code"] == enterprise.credit_code
        assert licence.face["name"] == enterprise.name
        assert licence.face["legal_representative"] == enterprise.legal_representative.name
        assert licence.face["address"] == enterprise.address


def test_the_restaurant_holds_what_its_form_asks_for(city):
    held = Certificate.objects.filter(status="valid")
    of_enterprise = held.filter(enterprise=city.restaurant)
    of_owner = held.filter(person=city.owner.person_id)
    assert set(of_enterprise.values_list("type__code", flat=True)) == {
        "BUSINESS_LICENCE",
        "REAL_ESTATE_CERTIFICATE",
    }
    assert set(of_owner.values_list("type__code", flat=True)) == {
        "RESIDENT_ID_CARD",
        "HEALTH_CERTIFICATE",
    }
    assert of_enterprise.get(type__code="REAL_ESTATE_CERTIFICATE").face["area"] > 300
    health = of_owner.get(type__code="HEALTH_CERTIFICATE")
    assert health.valid_until > timezone.localdate() + timedelta(days=300)


def test_every_demo_account_signs_in_as_what_it_is(city):
    password = yaml.safe_load((ROOT / "fixtures/city/accounts.yaml").read_text())["password"]
    owner = sign_in(sign_in_name="linxiaoman", password=password, acting_for="91990102MA9TB00184")
    assert owner.viewer.enterprise_id == city.owner.enterprise_id
    agent = sign_in(sign_in_name="zhouwangshu", password=password, acting_for="91990102MA9TB00184")
    assert agent.viewer.mandate_id == city.agent.mandate_id
    at_desks = Officer.objects.filter(role__at_desk=True)
    for office in at_desks.select_related("account", "department"):
        viewer = sign_in(sign_in_name=office.account.sign_in_name, password=password).viewer
        assert viewer.department_id == office.department_id
        assert office.role_id in viewer.roles


def test_the_viewers_of_the_city_are_those_that_signing_in_gives(city):
    signed_in = sign_in(
        sign_in_name="minghu.xiaofang.pizhun",
        password="yunlan-demo-2026",
        acting_for="office:fire.990102000000",
    ).viewer
    offered = city.officer("fire", "approver")
    assert (offered.account_id, offered.officer_id) == (signed_in.account_id, signed_in.officer_id)
    assert offered.roles == signed_in.roles


def test_the_calendar_reaches_beyond_the_longest_limit(city):
    years = set(CalendarYear.objects.values_list("year", flat=True))
    assert {2026, 2027, 2028} <= years
    assert not Holiday.objects.get(day="2027-02-06").is_working


def test_a_wrong_fixture_is_named_by_its_place_and_loads_nothing(city, tmp_path):
    for path in (ROOT / "fixtures" / "city").iterdir():
        text = path.read_text()
        if path.name == "enterprises.yaml":
            text = text.replace("91990103MA9TB0026D", "91990103MA9TB0026E")
        (tmp_path / path.name).write_text(text.replace("高屹", "高山"))
    with pytest.raises(CommandError, match=r"enterprises.yaml, row 2: INVALID_CREDIT_CODE"):
        call_command("load_city", folder=tmp_path, stdout=StringIO())
    assert Officer.objects.filter(name="高屹").exists()


def test_every_item_of_the_fixtures_is_published_and_loading_again_changes_nothing(city, capsys):
    call_command("load_items")
    versions = ItemVersion.objects.select_related("item")
    assert {version.number for version in versions} == {1}
    files = [*(ROOT / "fixtures/onething").iterdir(), *(ROOT / "fixtures/services").iterdir()]
    assert len(versions) == len(files)
    assert "开办餐饮店一件事 v1" in capsys.readouterr().out


def test_the_owner_may_begin_and_a_stranger_sees_nothing_of_it(city):
    assert current_version("99TCN0003").number == 1
    case = start_case(viewer=city.owner, key="k-1", item_code="99TCN0003")
    assert list(visible_cases(city.owner)) == [case]
    assert list(visible_cases(city.agent)) == [case]
    for viewer in (city.stranger, city.neighbour, city.owner_herself, city.officer("fire")):
        assert list(visible_cases(viewer)) == []
