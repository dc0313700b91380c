"""The residence permit's way through the house, by commands: checks by registers, any one of which suffices."""

from bus import chores
from config.letters import TABLE
from people.viewer import Viewer
from registers.commands import switch_register
from tests import walking
from tests.city import LAKE, City
from tests.restaurant import decide_step, reload
from tests.walking import applicant
from workflows.models import Case, Decision

ITEM = "000709111001"
CHECKS = ("employment", "tenancy", "schooling")
# What the identity card does not know, and what the registers hold of 叶知秋 and 沈初晓.
TYPED: dict[str, object] = {
    "situation.half_year": True,
    "applicant.phone": "13900000031",
    "applicant.photo": "card",
    "residence.division": LAKE,
    "residence.address": "云澜市明湖区采菱街21号2幢301室",
    "residence.since": "2025-09-01",
    "promises.truthful": True,
    "promises.delivery": "electronic",
}
WORKS: dict[str, object] = {
    "situation.kinds": ["employment"],
    "employment.employer": "云澜市云帆软件有限公司",
}
RENTS: dict[str, object] = {
    "situation.kinds": ["tenancy"],
    "tenancy.filing_number": "明湖租备2026-01187",
    "tenancy.landlord": "江晚舟",
}
STUDIES: dict[str, object] = {
    "situation.kinds": ["schooling"],
    "schooling.school": "云澜职业技术学院",
    "schooling.student_number": "2026104217",
}
ALL: dict[str, object] = {**WORKS, **RENTS, **STUDIES, "situation.kinds": list(CHECKS)}


def newcomer(name: str = "叶知秋") -> Viewer:
    """Somebody who came to live in the city, asking for themselves."""
    return applicant(name)


def accepted(city: City, typed: dict[str, object], name: str = "叶知秋") -> Case:
    """An accepted case; nobody has asked a register yet."""
    return walking.accepted(city, newcomer(name), ITEM, {**TYPED, **typed})


def ask_registers() -> int:
    """Does the chores that are due; returns how many."""
    return chores.sweep(TABLE)


def states(case: Case) -> dict[str, str]:
    """{step: what it came to, or its state while it is not decided}."""
    found = {}
    for approval in case.approvals.all():
        decision = Decision.objects.filter(approval=approval, round=approval.round).first()
        found[approval.step] = decision.outcome if decision else str(approval.state)
    return found


def switch(code: str, *, is_available: bool) -> None:
    """A register's own system goes away, or comes back."""
    switch_register(viewer=Viewer.system("tests"), code=code, is_available=is_available)


def granted(city: City, case: Case) -> Case:
    """The police grant the permit; its certificate is printed."""
    decide_step(city, case, "grant")
    return reload(case)
