"""顾兰亭 asks for 老年人福利补贴: what she types, everything else is on her card and in her register."""

from people.viewer import Viewer
from tests import walking
from tests.city import City
from workflows.models import Case

ITEM = "000511011000"
CARD = "6217000010001234569"
TYPED: dict[str, object] = {
    "applicant.phone": "13900000043",
    "household.lives_elsewhere": False,
    "allowance.kind": "advanced_age",
    "allowance.from_on": "2026-12-01",
    "payment.medium": "card",
    "payment.bank": "云澜银行莲池支行",
    "payment.account": CARD,
    "promises.own_account": True,
    "promises.truthful": True,
}


def elder() -> Viewer:
    """She herself."""
    return walking.applicant("顾兰亭")


def accepted(city: City, **typed: object) -> Case:
    """Her accepted application; keywords with __ for the dot of a path."""
    changed = {path.replace("__", "."): value for path, value in typed.items()}
    return walking.accepted(city, elder(), ITEM, {**TYPED, **changed})
