"""A small city with two districts and the types of certificates; enough to publish an item."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from ecert.commands import load_types
from people import commands
from people.viewer import Viewer
from services.definition import Definition, read_definition
from services.faces import CertificateFacts
from services.importing import load_definition
from tests.services.editors import editor
from tests.staff import enter_roles

ROOT = Path(__file__).parents[2]
SYSTEM = Viewer.system("tests")
CITY, LAKE, ROCK = "990100000000", "990102000000", "990103000000"
FUNCTIONS = ("market_regulation", "fire", "urban_management", "ecology")


def definition_text(path: str) -> str:
    """The YAML of a fixture."""
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
def restaurant_data() -> dict:
    """The restaurant as plain data, fresh for each test to break."""
    return load_definition(definition_text("fixtures/onething/restaurant.yaml"))


@pytest.fixture(scope="session")
def restaurant() -> Definition:
    return read_definition(load_definition(definition_text("fixtures/onething/restaurant.yaml")))


@pytest.fixture(scope="session")
def faces() -> dict[str, CertificateFacts]:
    """What the library will say of the certificate types of the fixtures."""
    types = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in _type_files()]
    return {
        kind["code"]: CertificateFacts(
            kind["face_schema"],
            kind["issuer_function"],
            kind["holder_kind"],
            kind["validity_months"],
            kind["name"],
        )
        for kind in types
    }


def _type_files() -> list[Path]:
    return sorted((ROOT / "fixtures/certificates").glob("*.yaml"))


@pytest.fixture
def districts(db):
    """Two districts of one city, each with an officer of every function."""
    day = date(2020, 1, 1)
    for code, name, parent in (
        (CITY, "云澜市", ""),
        (LAKE, "明湖区", CITY),
        (ROCK, "青石区", CITY),
    ):
        division = commands.enter_division(
            viewer=SYSTEM, code=code, name=name, valid_from=day, parent=parent
        )
        for function in FUNCTIONS if parent else ():
            staff(function, division)


def staff(function: str, division) -> None:
    """A department and one officer in it."""
    department = commands.enter_department(
        viewer=SYSTEM,
        function=function,
        division=division,
        name=f"{division.name}{function}",
        credit_code="11330105002500287C",
        document_word="云",
    )
    account = commands.enter_account(
        viewer=SYSTEM, sign_in_name=department.code, password="a long enough password"
    )
    enter_roles()
    commands.enter_officer(
        viewer=SYSTEM,
        account=account,
        department=department,
        role="officer",
        name="经办人",
        staff_number="1",
        valid_from=date(2020, 1, 1),
    )


@pytest.fixture
def certificate_types(db):
    load_types([yaml.safe_load(path.read_text(encoding="utf-8")) for path in _type_files()])


@pytest.fixture
def signboard(districts, certificate_types) -> dict:
    """The smallest item as plain data, where it can be published."""
    return load_definition(definition_text("fixtures/services/signboard.yaml"))


@pytest.fixture
def anna(db):
    """A catalogue editor."""
    return editor("anna")


@pytest.fixture
def bert(db):
    """Another one."""
    return editor("bert")
