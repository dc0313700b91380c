"""沈知夏 asks for 新生儿出生一件事: what she types, and the way of her case through four departments."""

from people.viewer import Viewer
from tests import walking
from tests.city import City
from workflows.models import Case

ITEM = "99PCN0009"
TYPED: dict[str, object] = {
    "situation.born_here": True,
    "situation.vaccination": False,
    "situation.maternity": False,
    "situation.childcare": False,
    "applicant.relation": "mother",
    "applicant.phone": "13900000041",
    "parents.married": True,
    "birth.child_name": "陆沈安",
    "birth.gender": "2",
    "birth.born_on": "2026-11-10",
    "birth.born_time": "14时30分",
    "birth.weeks": 39,
    "birth.weight": 3280,
    "birth.length": 50,
    "birth.hospital": "云澜市妇幼保健院",
    "birth.division": "990102000000",
    "household.follows": "mother",
    "household.is_own": True,
    "household.relation": "daughter",
    "household.same_nation": True,
    "insurance.wanted": True,
    "insurance.from_birth": True,
    "card.wanted": True,
    "card.bank": "city",
    "promises.informed": True,
    "promises.truthful": True,
    "promises.delivery": "electronic",
}


def mother() -> Viewer:
    """She herself."""
    return walking.applicant("沈知夏")


def accepted(city: City) -> Case:
    """Her accepted application: the hospital's authority is at work, nobody else."""
    return walking.accepted(city, mother(), ITEM, TYPED)
