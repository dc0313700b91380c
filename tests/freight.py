"""马千里 asks for 道路货物运输经营许可 for his enterprise: what he types; the safety rules he promises for later."""

from people.viewer import Viewer
from tests import walking
from tests.city import City
from workflows import commands
from workflows.models import Case

ITEM = "000118017000"
OWED = "safety_rules"
TYPED: dict[str, object] = {
    "representative.phone": "13900000044",
    "business.kinds": ["general"],
    "business.division": "990103000000",
    "vehicles.owned": True,
    "vehicles.count": 1,
    "driver.is_representative": True,
    "promises.truthful": True,
    "promises.satellite": True,
}


def carrier() -> Viewer:
    """He, acting for his enterprise."""
    return walking.applicant("马千里", "91990103MA9TB00423")


def accepted(city: City) -> Case:
    """His accepted application, which owes the text of the safety rules."""
    him = carrier()
    case = walking.draft(him, ITEM, TYPED)
    commands.promise_material(viewer=him, key=walking.key(), case_id=case.pk, material=OWED)
    case.refresh_from_db()
    case = commands.submit_case(
        viewer=him, key=walking.key(), case_id=case.pk, revision=case.revision
    )
    lead = walking.officer(city, "transport")
    return commands.accept_case(viewer=lead, key=walking.key(), case_id=case.pk)
