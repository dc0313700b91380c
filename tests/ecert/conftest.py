"""Two people, two enterprises, three departments and the seven types; small, for this room's rules."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import yaml
from django.utils import timezone

from ecert import commands
from keys import keystore
from people import commands as people
from people.identifiers import credit_check_character
from people.viewer import Viewer

SYSTEM = Viewer.system("tests")
TYPES = Path(__file__).parents[2] / "fixtures" / "certificates"
ISSUED_ON = date(2026, 3, 1)
OFFICES = {
    "market_regulation": "云澜市明湖区市场监督管理局",
    "fire": "云澜市明湖区消防救援大队",
    "urban_management": "云澜市明湖区城市管理局",
    "public_security": "云澜市公安局明湖分局",
    "health": "云澜市明湖区卫生健康局",
    "natural_resources": "云澜市明湖区自然资源局",
}


def credit_code(first17):
    """A credit code of 17 characters with its check character."""
    return first17 + credit_check_character(first17)


@pytest.fixture(scope="session", autouse=True)
def office_keys():
    """The authority and the offices have their keys, which other processes of a test see too."""
    keystore.ensure_authority()
    for function, name in OFFICES.items():
        keystore.ensure_owner(f"{function}.990102000000", name)


@pytest.fixture
def types(db):
    loaded = commands.load_types([yaml.safe_load(p.read_text()) for p in sorted(TYPES.glob("*"))])
    return {kind.code: kind for kind in loaded}


@pytest.fixture
def person(db):
    return people.enter_person(viewer=SYSTEM, name="林小满", id_number="110101190001010014")


@pytest.fixture
def other_person(db):
    return people.enter_person(viewer=SYSTEM, name="周闻", id_number="440524188001010014")


@pytest.fixture
def enterprise(person):
    return people.enter_enterprise(
        viewer=SYSTEM,
        credit_code="91350100M000100Y43",
        name="云澜市明湖区小满餐饮有限公司",
        legal_representative=person,
        address="云澜市明湖区湖滨路1号",
    )


@pytest.fixture
def other_enterprise(other_person):
    return people.enter_enterprise(
        viewer=SYSTEM,
        credit_code="914301020000003690",
        name="云澜市周闻面馆有限公司",
        legal_representative=other_person,
        address="云澜市青石区矿场路9号",
    )


def account_of(person, name):
    return people.enter_account(
        viewer=SYSTEM, sign_in_name=name, password="a long enough password", person=person
    )


@pytest.fixture
def citizen(person):
    """The person, for herself."""
    account = account_of(person, "linxiaoman")
    return Viewer(kind="person", account_id=account.pk, person_id=person.pk)


@pytest.fixture
def owner(citizen, enterprise):
    """The same person, for her enterprise."""
    return Viewer(
        kind="enterprise",
        account_id=citizen.account_id,
        person_id=citizen.person_id,
        enterprise_id=enterprise.pk,
    )


@pytest.fixture
def stranger(other_person, other_enterprise):
    """Another person, for another enterprise."""
    account = account_of(other_person, "zhouwen")
    return Viewer(
        kind="enterprise",
        account_id=account.pk,
        person_id=other_person.pk,
        enterprise_id=other_enterprise.pk,
    )


@pytest.fixture
def department(db):
    """Gives the department of a function in the district."""

    def enter(function):
        city = people.enter_division(
            viewer=SYSTEM, code="990102000000", name="明湖区", valid_from=date(2020, 1, 1)
        )
        return people.enter_department(
            viewer=SYSTEM,
            function=function,
            division=city,
            name=OFFICES[function],
            credit_code=credit_code(f"119901020000{list(OFFICES).index(function):05d}"),
            document_word="云明",
        )

    return enter


@pytest.fixture
def office(department):
    return department("market_regulation")


@pytest.fixture
def approver(office, other_person):
    """An approver of the market regulation office."""
    account = account_of(other_person, "approver")
    return Viewer(
        kind="officer",
        account_id=account.pk,
        department_id=office.pk,
        department_function="market_regulation",
        roles=frozenset({"approver"}),
    )


@pytest.fixture
def food_face(enterprise):
    return {
        "name": enterprise.name,
        "credit_code": enterprise.credit_code,
        "legal_representative": "林小满",
        "address": enterprise.address,
        "premises": "云澜市明湖区湖滨路1号一层",
        "business_type": "餐饮服务经营者",
        "business_items": ["热食类食品制售", "冷食类食品制售"],
    }


@pytest.fixture
def issue(types, office, enterprise, food_face):
    """Issues a food licence; what is not said is a fresh case."""

    def act(viewer=SYSTEM, **changes):
        values = {
            "viewer": viewer,
            "type_code": "FOOD_BUSINESS_LICENCE",
            "enterprise": enterprise,
            "issuer": office,
            "face": food_face,
            "source_case": uuid4(),
            "source_number": "990102-20260301-0001",
            "source_step": "food",
            "issued_on": ISSUED_ON,
        }
        return commands.issue_certificate(**{**values, **changes})

    return act


@pytest.fixture
def licence(types, office, enterprise):
    """The business licence that the enterprise holds already."""
    return commands.enter_certificate(
        viewer=SYSTEM,
        type_code="BUSINESS_LICENCE",
        enterprise=enterprise,
        issuer=office,
        face={
            "name": enterprise.name,
            "credit_code": enterprise.credit_code,
            "kind": "有限责任公司",
            "legal_representative": "林小满",
            "registered_capital": "50万元",
            "established_on": "2020-05-06",
            "business_scope": "餐饮服务",
            "address": enterprise.address,
        },
        number=enterprise.credit_code,
        issued_on=date(2020, 5, 6),
    )


@pytest.fixture
def id_card(types, department, person):
    """The citizen's own card."""
    return commands.enter_certificate(
        viewer=SYSTEM,
        type_code="RESIDENT_ID_CARD",
        person=person,
        issuer=department("public_security"),
        face={
            "name": "林小满",
            "id_number": "110101190001010014",
            "gender": "男",
            "nation": "汉",
            "birth_date": "1900-01-01",
            "address": "云澜市明湖区",
            "authority": "云澜市公安局明湖分局",
        },
        number="9901022020000000017",
        issued_on=date(2020, 1, 1),
        valid_until=date(2040, 1, 1),
    )


@pytest.fixture
def grant(owner, licence):
    """A consent of the owner for one case; what is not said covers two fields of the licence."""
    case = uuid4()

    def act(viewer=owner, **changes):
        values = {
            "viewer": viewer,
            "case_id": case,
            "item_code": "99TCN0003",
            "purpose": "办理开办餐饮店一件事",
            "fields": {licence.pk: ["name", "address"]},
            "valid_until": timezone.now() + timedelta(days=30),
        }
        return commands.record_grant(**{**values, **changes})

    return act


@pytest.fixture
def faces(food_face, licence, id_card, enterprise):
    """A face for each of the seven types."""
    shop = {"name": enterprise.name, "premises": "云澜市明湖区湖滨路1号一层"}
    return {
        "FOOD_BUSINESS_LICENCE": food_face,
        "BUSINESS_LICENCE": licence.face,
        "RESIDENT_ID_CARD": id_card.face,
        "REAL_ESTATE_CERTIFICATE": {
            "holder_name": enterprise.name,
            "certificate_number": "云明〔2021〕不动产权第0000012号",
            "location": "云澜市明湖区湖滨路1号",
            "division": "990102000000",
            "usage": "商业服务",
            "area": 320.5,
            "right_nature": "出让/市场化商品房",
        },
        "HEALTH_CERTIFICATE": {
            "name": "林小满",
            "id_number": "110101190001010014",
            "gender": "男",
            "examined_on": "2026-02-01",
            "result": "合格",
            "category": "食品",
        },
        "FIRE_SAFETY_CERTIFICATE": {
            **shop,
            "legal_representative": "林小满",
            "usage": "餐饮",
            "area": 320.5,
            "floors": "1",
        },
        "SIGNBOARD_PERMIT": {**shop, "text": "小满餐厅", "size": 12.5, "position": "一层门头"},
    }
