"""Ways through the items of the demo city that need no story of their own: what is typed, filed and decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bus import chores
from config.letters import TABLE
from ecert.models import Certificate
from services.definition import Definition
from services.queries import definition_of
from tests import walking
from tests.city import LAKE, ROCK, City
from tests.supplies import PDF, attached, image, pdf
from workflows import commands
from workflows.models import Case, Decision


@dataclass(frozen=True)
class Walk:
    """One application for an item: by whom, what is typed, which material is sent, what the steps come to.

    `filled` are some of the paths that nobody has to type, {path: type of its certificate}; `face` is part
    of what the certificate of `result` says.
    """

    item: str
    name: str
    typed: Mapping[str, object]
    steps: tuple[str, ...]  # decided in this order
    result: str
    face: Mapping[str, object]
    filled: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    credit_code: str = ""
    checked: tuple[str, ...] = ()  # steps that a register answers
    denied: str = ""  # the reason for which the last step denies

    def __str__(self) -> str:
        return f"{self.item} {self.result}{' denied' * bool(self.denied)}"


def walk(city: City, way: Walk) -> Case:
    """The case at its end, as it was decided; every certificate has its file."""
    viewer = walking.applicant(way.name, way.credit_code)
    case = walking.draft(viewer, way.item, way.typed)
    for material in way.files:
        asked = definition(case).material(material)
        assert asked is not None
        content = pdf(material) if PDF in asked.accept else image("JPEG")
        attached(viewer, case, material, content)
        case.refresh_from_db()
    case = commands.submit_case(
        viewer=viewer, key=walking.key(), case_id=case.pk, revision=case.revision
    )
    assert case.lead is not None
    if definition(case).acceptance == "officer":
        lead = city.officer(case.lead.function, division=case.lead.division_id)
        case = commands.accept_case(viewer=lead, key=walking.key(), case_id=case.pk)
    if way.checked:
        chores.sweep(TABLE)
    for step in way.steps:
        outcome = "denied" if way.denied and step == way.steps[-1] else ""
        walking.decided(city, case, step, outcome, way.denied if outcome else "")
        if Certificate.objects.filter(source_case=case.pk, source_step=step).exists():
            walking.issued(case, step)  # fills what later steps read
    case.refresh_from_db()
    return case


def definition(case: Case) -> Definition:
    """What the version of a case says."""
    return definition_of(case.item_version)


def outcomes(case: Case) -> dict[str, str]:
    """{step: what it came to}."""
    found = Decision.objects.filter(approval__case=case)
    return dict(found.values_list("approval__step", "outcome"))


UNEMPLOYED = Walk(
    item="002014008001",
    name="沈初晓",
    typed={
        "situation.reason": "expired",
        "situation.seeking": True,
        "applicant.phone": "13900000032",
        "residence.division": LAKE,
        "employment.employer": "云澜市青石区拾光书店有限公司",
        "employment.left_on": "2026-10-31",
        "payment.bank": "云澜银行莲池支行",
        "payment.account": "6217000010001234569",
        "promises.truthful": True,
    },
    filled={"applicant.id_number": "RESIDENT_ID_CARD"},
    checked=("insured",),
    steps=("benefit",),
    result="UNEMPLOYMENT_BENEFIT",
    face={"last_employer": "云澜市青石区拾光书店有限公司", "left_on": "2026-10-31"},
)
CARD = Walk(
    item="002014010001",
    name="沈知夏",
    typed={
        "situation.card": "none",
        "situation.photo": "card",
        "applicant.phone": "13900000041",
        "card.bank": "rural",
        "card.delivery": "collected",
    },
    filled={
        "applicant.name": "RESIDENT_ID_CARD",
        "applicant.gender": "RESIDENT_ID_CARD",
        "residence.division": "HOUSEHOLD_REGISTER",
    },
    steps=("card",),
    result="SOCIAL_SECURITY_CARD",
    face={"name": "沈知夏", "gender": "女", "bank": "云澜农村商业银行"},
)
REGISTERED_CHILD = Walk(
    item="000709105001",
    name="陆明远",
    typed={
        "situation.under_three": True,
        "situation.married": True,
        "situation.certificate": "paper",
        "applicant.relation": "father",
        "applicant.phone": "13900000042",
        "child.name": "陆星河",
        "child.gender": "1",
        "child.born_on": "2026-09-12",
        "child.nation": "汉",
        "child.certificate_number": "Z990102026",
        "household.relation": "son",
    },
    filled={
        "household.number": "HOUSEHOLD_REGISTER",
        "household.division": "HOUSEHOLD_REGISTER",
        "applicant.name": "RESIDENT_ID_CARD",
    },
    files=("birth_paper",),
    steps=("register",),
    result="CHILD_REGISTER_PAGE",
    face={"name": "陆星河", "head_name": "陆明远", "relation": "儿子", "gender": "男"},
)
SHOPKEEPER = Walk(
    item="000131004000",
    name="叶知秋",
    typed={
        "situation.premises": "lease",
        "situation.licensed": False,
        "situation.named": True,
        "applicant.phone": "13900000031",
        "business.name": "云澜市明湖区一叶杂货店（个体工商户）",
        "business.full_name": "云澜市明湖区一叶杂货店（个体工商户）",
        "business.form": "family",
        "business.family": [{"name": "沈初晓", "id_number": "110101190506290082"}],
        "business.scope": "日用百货零售",
        "business.employees": 2,
        "premises.address": "云澜市明湖区采菱街21号",
        "premises.division": LAKE,
        "promises.name": True,
        "promises.truthful": True,
    },
    filled={"applicant.address": "RESIDENT_ID_CARD"},
    files=("lease",),
    steps=("register",),
    result="INDIVIDUAL_BUSINESS_LICENCE",
    face={"operator": "叶知秋", "form": "家庭经营", "business_scope": "日用百货零售"},
)
BUYER = Walk(
    item="000715001007",
    name="叶知秋",
    typed={
        "situation.kind": "new",
        "situation.shared": False,
        "applicant.phone": "13900000031",
        "property.certificate_number": "云〔2024〕不动产权第0001187号",
        "property.location": "云澜市明湖区采菱街21号2幢301室",
        "property.division": LAKE,
        "property.usage": "residential",
        "property.right_nature": "transferred",
        "property.area": 88.6,
        "sale.contract": "明湖房买2026-00412",
        "sale.seller": "云澜市远筑置业有限公司",
        "sale.price": 960000,
        "sale.signed_on": "2026-10-20",
        "sale.tax_number": "缴款2026110700318",
    },
    filled={"applicant.id_number": "RESIDENT_ID_CARD"},
    files=("contract",),
    checked=("title", "tax"),
    steps=("record",),
    result="REAL_ESTATE_CERTIFICATE",
    face={"holder_name": "叶知秋", "usage": "住宅", "area": 88.6, "right_nature": "出让"},
)
BAKERY = Walk(
    item="000131023000",
    name="林小满",
    credit_code="91990102MA9TB00184",
    typed={
        "situation.special": False,
        "situation.premises": "own",
        "representative.phone": "13900000001",
        "production.kinds": ["pastry", "beverage"],
        "production.varieties": "糕点：热加工糕点（GB/T 20977）；饮料：豆浆",
        "production.equipment": [{"name": "烤炉", "count": 2}],
        "production.rules": ["purchase", "process", "release", "recall"],
        "promises.truthful": True,
    },
    filled={
        "enterprise.credit_code": "BUSINESS_LICENCE",
        "premises.address": "REAL_ESTATE_CERTIFICATE",
        "representative.id_number": "RESIDENT_ID_CARD",
    },
    files=("layout", "equipment_layout", "process", "trial"),
    steps=("survey", "licence"),
    result="FOOD_PRODUCTION_LICENCE",
    face={"kinds": "糕点、饮料", "legal_representative": "林小满"},
)
LORRY = Walk(
    item="000118023000",
    name="马千里",
    credit_code="91990103MA9TB00423",
    typed={
        "situation.licensed": True,
        "situation.special": False,
        "situation.tractor": False,
        "representative.phone": "13900000044",
        "enterprise.licence_number": "990103000018",
        "vehicle.grade": "one",
        "vehicle.scope": "general",
        "vehicle.division": ROCK,
        "promises.truthful": True,
    },
    filled={"vehicle.plate": "VEHICLE_LICENCE", "vehicle.mass": "VEHICLE_LICENCE"},
    files=("inspection", "standard", "photos", "satellite"),
    steps=("survey", "certificate"),
    result="ROAD_TRANSPORT_CERTIFICATE",
    face={"plate": "云A·H3621", "mass": 18000, "scope": "普通货运"},
)
WORKS = Walk(
    item="000116055000",
    name="程筑",
    credit_code="91990102MA9TB0050F",
    typed={
        "situation.kind": "table",
        "situation.begun": False,
        "situation.withheld": True,
        "representative.phone": "13900000033",
        "project.name": "栖霞路六十六号商住楼",
        "project.place": "云澜市明湖区栖霞路66号",
        "project.division": LAKE,
        "project.nature": "new",
        "project.scale": "总建筑面积12000平方米，地上十一层",
        "project.investment": 8600,
        "project.protection": 120,
        "project.measures": "施工期围挡喷淋，运营期油烟净化",
        "project.compiler": "云澜市清源环境技术有限公司",
        "project.withheld": "删除了业主联系方式",
        "promises.truthful": True,
    },
    filled={"enterprise.name": "BUSINESS_LICENCE"},
    files=("full", "public"),
    steps=("review", "approval"),
    result="EIA_APPROVAL",
    face={"project": "栖霞路六十六号商住楼", "nature": "新建"},
)
PHARMACY = Walk(
    item="000172005000",
    name="何知远",
    credit_code="91990103MA9TB0026D",
    typed={
        "situation.prescription": True,
        "situation.pharmacist": True,
        "situation.own_pharmacist": True,
        "representative.phone": "13900000003",
        "premises.address": "云澜市青石区砚池巷9号",
        "premises.division": ROCK,
        "premises.area": 96,
        "premises.warehouse": False,
        "staff.scope": ["prescription", "otc_b"],
        "staff.system": "进销存系统，接入药品追溯平台",
        "staff.facilities": "阴凉柜、温湿度监测设备",
        "promises.present": True,
        "promises.truthful": True,
    },
    filled={
        "staff.pharmacist": "PHARMACIST_REGISTRATION",
        "enterprise.address": "BUSINESS_LICENCE",
    },
    files=("plan", "quality", "self_check", "chart"),
    steps=("survey", "licence"),
    result="DRUG_RETAIL_LICENCE",
    face={"pharmacist": "何知远", "scope": "处方药、乙类非处方药"},
)
CANTEEN = Walk(
    item="000131024000",
    name="林小满",
    credit_code="91990102MA9TB00184",
    typed={
        "situation.kind": "canteen",
        "situation.warehouse": False,
        "situation.vending": False,
        "representative.phone": "13900000001",
        "business.items": ["hot", "drinks"],
        "business.safety_officer": "林小满",
        "business.rules": ["self_check", "health", "purchase"],
        "promises.truthful": True,
    },
    filled={"premises.division": "REAL_ESTATE_CERTIFICATE"},
    files=("layout",),
    steps=("licence",),
    result="FOOD_BUSINESS_LICENCE",
    face={"business_type": "单位食堂", "business_items": "热食类食品制售、自制饮品制售"},
)
HEIR = Walk(
    item="99PCP0008",
    name="沈初晓",
    typed={
        "situation.natural": True,
        "situation.heir": True,
        "situation.pension": "survivor",
        "situation.cremation": True,
        "situation.medical": False,
        "situation.fund": True,
        "situation.driving": False,
        "applicant.relation": "child",
        "applicant.phone": "13900000032",
        "deceased.name": "沈怀远",
        "deceased.id_number": "110101190001010014",
        "deceased.division": LAKE,
        "deceased.died_on": "2026-11-02",
        "deceased.place": "云澜市第一人民医院",
        "deceased.hospital": "云澜市第一人民医院",
        "cremation.funeral_home": "云澜市殡仪馆",
        "payment.bank": "云澜银行莲池支行",
        "payment.account": "6217000010001234569",
        "promises.truthful": True,
    },
    filled={"applicant.id_number": "RESIDENT_ID_CARD"},
    files=("record",),
    checked=("kinship",),
    steps=("death", "cancellation", "cremation", "fund", "survivor"),
    result="SURVIVOR_BENEFIT",
    face={"deceased": "沈怀远", "applicant": "沈初晓"},
)
FREELANCE = Walk(
    item="99PCP0021",
    name="叶知秋",
    typed={
        "situation.student": False,
        "situation.employed": False,
        "situation.pension": "employee",
        "situation.card": False,
        "situation.archive": False,
        "applicant.phone": "13900000031",
        "residence.division": LAKE,
        "pension.started_on": "2026-12-01",
        "pension.base": "low",
        "medical.started_on": "2026-12-01",
        "payment.bank": "云澜银行莲池支行",
        "payment.account": "6217000010001234569",
        "promises.truthful": True,
    },
    filled={"applicant.name": "RESIDENT_ID_CARD"},
    steps=("employee", "medical", "contribution"),
    result="CONTRIBUTION_DECLARATION",
    face={"pension_base": "下限60%"},
)
PERSONS = (UNEMPLOYED, CARD, REGISTERED_CHILD, SHOPKEEPER, BUYER)
ENTERPRISES = (BAKERY, LORRY, WORKS, PHARMACY, CANTEEN)
BUNDLES = (HEIR, FREELANCE)
