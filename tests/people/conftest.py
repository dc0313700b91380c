"""One person who may sign in, one enterprise of theirs, one office; small, for this room's rules."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from keys import keystore
from people import commands
from people.viewer import Viewer
from tests.staff import enter_roles

SYSTEM = Viewer.system("tests")
PASSWORD = "a long enough password"


@pytest.fixture(scope="session", autouse=True)
def platform_keys():
    """What access tokens are signed with."""
    keystore.ensure_authority()


@pytest.fixture
def person(db):
    return commands.enter_person(viewer=SYSTEM, name="林小满", id_number="110101190001010014")


@pytest.fixture
def other_person(db):
    return commands.enter_person(viewer=SYSTEM, name="周闻", id_number="440524188001010014")


@pytest.fixture
def account(person):
    return commands.enter_account(
        viewer=SYSTEM, sign_in_name="linxiaoman", password=PASSWORD, person=person
    )


@pytest.fixture
def enterprise(person):
    return commands.enter_enterprise(
        viewer=SYSTEM,
        credit_code="91350100M000100Y43",
        name="云澜市明湖区小满餐饮有限公司",
        legal_representative=person,
        address="云澜市明湖区",
    )


@pytest.fixture
def mandate_for(enterprise):
    """Gives a person a mandate that began yesterday."""

    def give(person, *, until=30, items=()):
        today = timezone.localdate()
        return commands.enter_mandate(
            viewer=SYSTEM,
            enterprise=enterprise,
            person=person,
            valid_from=today - timedelta(days=1),
            valid_until=today + timedelta(days=until),
            items=items,
        )

    return give


@pytest.fixture
def divisions(db):
    """A city with two districts, one of them without departments of its own."""

    def enter(code, name, parent=""):
        return commands.enter_division(
            viewer=SYSTEM, code=code, name=name, parent=parent, valid_from=date(2020, 1, 1)
        )

    return {
        "city": enter("990100000000", "云澜市"),
        "lake": enter("990102000000", "明湖区", "990100000000"),
        "rock": enter("990103000000", "青石区", "990100000000"),
    }


@pytest.fixture
def department_in(divisions):
    """Enters a department; `place` is city, lake or rock."""

    def enter(function, place):
        return commands.enter_department(
            viewer=SYSTEM,
            function=function,
            division=divisions[place],
            name=f"{divisions[place].name}某局",
            credit_code="11330105002500287C",
            document_word="云某",
        )

    return enter


@pytest.fixture
def officer_in(db):
    """Makes an account an officer from yesterday, open ended unless `until` days from now."""
    enter_roles()

    def enter(account, department, role="officer", until=None):
        today = timezone.localdate()
        return commands.enter_officer(
            viewer=SYSTEM,
            account=account,
            department=department,
            role=role,
            name="林小满",
            staff_number="A001",
            valid_from=today - timedelta(days=10),
            valid_until=None if until is None else today + timedelta(days=until),
        )

    return enter
