"""Loads a city from fixtures/city: who there is, their keys, types and certificates, and the holidays.

Loading again changes nothing. What a city of its own would enter instead is the content of that
folder; the commands below are the same.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from typing_extensions import override

from config.env import ROOT
from ecert import commands as ecert
from keys import keystore
from people import commands as people
from people.errors import Refusal
from people.models import Account, Department, Division, Enterprise, Person
from people.viewer import Viewer
from registers import commands as registers
from workflows import commands as workflows

FIXTURES = ROOT / "fixtures"


class Command(BaseCommand):
    help = "Loads the city of fixtures/city; loading again changes nothing."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=FIXTURES / "city")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        city = City(options["folder"])
        try:
            city.load()
        except Refusal as refusal:
            raise CommandError(f"{city.place}: {_told(refusal)}") from refusal
        self.stdout.write(city.summary())


def _told(refusal: Refusal) -> str:
    """What is wrong and, where it can be guessed, why."""
    problem = refusal.problems[0]
    if problem.code == "SIGN_IN_NAME_TAKEN":  # the same people, whose digests are no longer found
        return (
            "SIGN_IN_NAME_TAKEN: the account is another person's. When TONGBAN_FIELD_KEY is not the key "
            "this database was filled with, nobody is found again: use that key, or an empty database."
        )
    return f"{problem.code} {dict(problem.params)}"


class City:
    """One loading of one folder; `place` says where it is, for whoever must correct a fixture."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = ""
        self.viewer = Viewer.system("load_city")
        self.today = timezone.localdate()
        self.divisions: dict[str, Division] = {}
        self.departments: dict[str, Department] = {}
        self.people: dict[str, Person] = {}
        self.enterprises: dict[str, Enterprise] = {}
        self.numbers: dict[str, str] = {}  # of people by their key, for the registers alone
        self.certificates = 0

    def load(self) -> None:
        """Rows in one transaction; keys before them, because a row without its key cannot seal."""
        with transaction.atomic():
            self._load_departments()
            self._load_people()
            self._load_enterprises()
            self._load_certificates()
            self._load_registers()
            self._load_calendar()

    def summary(self) -> str:
        return (
            f"{len(self.divisions)} divisions, {len(self.departments)} departments, "
            f"{len(self.people)} people, {len(self.enterprises)} enterprises, "
            f"{self.certificates} certificates"
        )

    def _load_departments(self) -> None:
        for row in self._rows("roles"):
            people.enter_role(viewer=self.viewer, **row)
        for row in self._rows("divisions"):
            self.divisions[row["code"]] = people.enter_division(viewer=self.viewer, **row)
        accounts = self._read("accounts")
        keystore.ensure_authority()
        for row in self._rows("departments"):
            officers, division = row.pop("officers"), self.divisions[row.pop("division")]
            department = people.enter_department(viewer=self.viewer, division=division, **row)
            keystore.ensure_owner(department.code, department.name)
            self.departments[department.code] = department
            for officer in officers:
                self._load_officer(department, officer, accounts)

    def _load_officer(
        self, department: Department, row: dict[str, Any], accounts: Mapping[str, Any]
    ) -> None:
        account = self._account(row.pop("account"), None, accounts["password"])
        people.enter_officer(
            viewer=self.viewer,
            account=account,
            department=department,
            valid_from=accounts["officers_from"],
            **row,
        )

    def _load_people(self) -> None:
        password = self._read("accounts")["password"]
        for row in self._rows("people"):
            key, sign_in_name = row.pop("key"), row.pop("account")
            self.numbers[key] = row["id_number"]
            self.people[key] = people.enter_person(viewer=self.viewer, **row)
            if sign_in_name:  # some never sign in, and are served at a counter
                self._account(sign_in_name, self.people[key], password)

    def _account(self, sign_in_name: str, person: Person | None, password: str) -> Account:
        return people.enter_account(
            viewer=self.viewer, sign_in_name=sign_in_name, password=password, person=person
        )

    def _load_enterprises(self) -> None:
        for row in self._rows("enterprises"):
            key, mandates = row.pop("key"), row.pop("mandates")
            row["legal_representative"] = self.people[row["legal_representative"]]
            enterprise = people.enter_enterprise(viewer=self.viewer, **row)
            self.enterprises[key] = enterprise
            for mandate in mandates:
                mandate["person"] = self.people[mandate["person"]]
                people.enter_mandate(viewer=self.viewer, enterprise=enterprise, **mandate)

    def _load_certificates(self) -> None:
        self.place = "certificates/"
        types = sorted((FIXTURES / "certificates").glob("*.yaml"))
        kinds = [yaml.safe_load(path.read_text("utf-8")) for path in types]
        ecert.load_types(kinds, viewer=self.viewer)
        for row in self._rows("certificates"):
            row["issuer"] = self.departments[row["issuer"]]
            row["type_code"] = row.pop("type")
            if "person" in row:
                row["person"] = self.people[row["person"]]
            else:
                row["enterprise"] = self.enterprises[row["enterprise"]]
            ecert.enter_certificate(viewer=self.viewer, **row)
            self.certificates += 1

    def _load_registers(self) -> None:
        for row in self._rows("registers"):
            entries = row.pop("entries")
            register = registers.enter_register(viewer=self.viewer, **row)
            for entry in entries:
                registers.enter_entry(
                    viewer=self.viewer,
                    register=register,
                    subject=self._subject(entry),
                    facts=entry["facts"],
                    valid_until=entry.get("valid_until"),
                )

    def _subject(self, entry: Mapping[str, Any]) -> str:
        """The number of whom an entry is about."""
        if "person" in entry:
            return self.numbers[entry["person"]]
        if "enterprise" in entry:
            return self.enterprises[entry["enterprise"]].credit_code
        return str(entry["credit_code"])

    def _load_calendar(self) -> None:
        calendar = self._read("calendar")
        workflows.load_published_years(calendar["published"])
        years: dict[int, dict[date, tuple[bool, str]]] = {}
        for name, days in calendar["own"]["days"].items():
            for day in days:
                years.setdefault(day.year, {})[day] = (False, name)
        for year, days in years.items():
            workflows.load_own_year(year, days, calendar["own"]["source"])

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a file, each with its number in `place` while it is loaded."""
        for number, row in enumerate(self._read(name), start=1):
            self.place = f"{name}.yaml, row {number}"
            yield self._dated(row)

    def _read(self, name: str) -> Any:
        self.place = f"{name}.yaml"
        return yaml.safe_load((self.folder / self.place).read_text("utf-8"))

    def _dated(self, row: dict[str, Any], *, text: bool = False) -> dict[str, Any]:
        """`{days: n}` as a day counted from today; on a face in text, as JSON writes days."""
        dated: dict[str, Any] = {}
        for name, value in row.items():
            if isinstance(value, dict) and set(value) == {"days"}:
                day = self.today + timedelta(days=value["days"])
                dated[name] = day.isoformat() if text else day
            elif isinstance(value, dict):
                dated[name] = self._dated(value, text=True)
            else:
                dated[name] = value
        return dated
