"""The demo city for every room's tests: loaded once by the commands themselves, then copied into each.

`city` is in the database of the test that asks for it; `city.owner` and the others are viewers.
"""

from dataclasses import dataclass
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction

from keys import keystore
from people.models import Account, Department, Enterprise, Mandate, Officer, Person
from people.queries import competent_department
from people.viewer import Viewer

CITY, LAKE, ROCK = "990100000000", "990102000000", "990103000000"
PASSWORD = "yunlan-demo-2026"  # every demo account's


@dataclass(frozen=True)
class City:
    """Who may ask and who may decide; see fixtures/city for what they hold."""

    owner: Viewer  # legal representative of the restaurant, acting for it
    agent: Viewer  # acts for the restaurant by a mandate for 99TCN0003
    stranger: Viewer  # legal representative of the bookshop, acting for it
    owner_herself: Viewer  # as a natural person
    neighbour: Viewer  # a natural person without any enterprise

    def officer(self, function: str, role: str = "officer", division: str = LAKE) -> Viewer:
        """Whoever holds a role in the department that is competent for a function in a division.

        Every department has an officer and an approver; market_regulation has a counter too, and
        in 明湖区 a supervisor.
        """
        department = competent_department(function, division)
        office = Officer.objects.select_related("account").get(department=department, role=role)
        return officer_viewer(office, department)

    def department(self, function: str, division: str = LAKE) -> Department:
        """The department that is competent for a function in a division."""
        return competent_department(function, division)

    @property
    def restaurant(self) -> Enterprise:
        """The owner's enterprise, of 320 square metres in 明湖区."""
        return Enterprise.objects.get(pk=self.owner.enterprise_id)


def officer_viewer(office: Officer, department: Department) -> Viewer:
    """The viewer of an officer's row."""
    return Viewer(
        kind="officer",
        account_id=office.account_id,
        person_id=office.account.person_id,
        officer_id=office.pk,
        department_id=department.pk,
        department_function=department.function,
        roles=frozenset({office.role_id}),
        request_id="test",
    )


@pytest.fixture(scope="session")
def city_rows(django_db_setup, django_db_blocker) -> list[list[models.Model]]:
    """What loading the city and its items writes, by model; taken once and undone."""
    labels = ("people", "ecert", "registers", "services", "workflows")
    kinds = [kind for label in labels for kind in apps.get_app_config(label).get_models()]
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_city", stdout=StringIO())
        call_command("load_items", stdout=StringIO())
        found = [list(kind._default_manager.all()) for kind in kinds]
        transaction.set_rollback(True)
    return [rows for rows in found if rows]


@pytest.fixture
def city(city_rows, db) -> City:
    """The demo city with its published items in this test's database, and its keys on disk."""
    with transaction.atomic():  # foreign keys are checked when it ends
        for rows in city_rows:
            type(rows[0])._default_manager.bulk_create(rows)
    for department in Department.objects.all():
        keystore.ensure_owner(department.code, department.name)
    return everybody()


def everybody() -> City:
    """The viewers of a city that is loaded."""
    restaurant = _enterprise("91990102MA9TB00184")
    mandate = Mandate.objects.get(enterprise=restaurant)
    return City(
        owner=_applicant("林小满", restaurant),
        agent=_applicant("周望舒", restaurant, mandate),
        stranger=_applicant("何知远", _enterprise("91990103MA9TB0026D")),
        owner_herself=_applicant("林小满"),
        neighbour=_applicant("陈默"),
    )


def _enterprise(credit_code: str) -> Enterprise:
    return Enterprise.objects.get(credit_code=credit_code)


def _applicant(
    name: str, enterprise: Enterprise | None = None, mandate: Mandate | None = None
) -> Viewer:
    person = Person.objects.get(name=name)
    return Viewer(
        kind="person" if enterprise is None else "enterprise",
        account_id=Account.objects.get(person=person).pk,
        person_id=person.pk,
        enterprise_id=None if enterprise is None else enterprise.pk,
        mandate_id=None if mandate is None else mandate.pk,
        request_id="test",
    )
