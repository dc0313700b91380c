"""`preparation`: public, of the questions alone, in a number of statements that no answer changes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gateway import door
from people.viewer import Viewer
from tests import residence
from tests.restaurant import ITEM

pytestmark = pytest.mark.django_db

BIG = {"situation.licence": "food", "premises.area": 320, "fire.procedure": "general"}


def asked(viewer: Viewer, item: str, **answers: object) -> dict:
    given = {name.replace("__", "."): value for name, value in answers.items()}
    return door.execute("preparation", {"itemCode": item, "answers": given}, viewer, "here")


def test_preparation_costs_the_same_statements_whatever_is_answered(city):
    def statements(viewer: Viewer, answers: dict) -> int:
        with CaptureQueriesContext(connection) as captured:
            variables = {"itemCode": ITEM, "answers": answers}
            found = door.execute("preparation", variables, viewer, "here")
        assert "errors" not in found
        return len(captured)

    assert statements(city.owner, {}) == statements(city.owner, BIG)
    assert statements(Viewer.anonymous(), BIG) <= 3
    assert statements(city.owner, BIG) <= 7


def test_preparation_takes_answers_to_its_questions_only(city):
    told = asked(Viewer.anonymous(), ITEM, enterprise__name="小满餐饮", premises__area="many")
    codes = {(e["extensions"]["code"], e["extensions"]["field"]) for e in told["errors"]}
    assert codes == {("INVALID_NUMBER", "premises.area"), ("UNKNOWN_FIELD", "enterprise.name")}
    told = asked(Viewer.anonymous(), "000000000000")
    assert told["errors"][0]["extensions"]["code"] == "ITEM_NOT_AVAILABLE"


def test_the_library_is_told_to_its_holder_and_to_nobody_else(city):
    def had(viewer: Viewer) -> dict[str, str]:
        found = asked(viewer, ITEM, situation__licence="food")["data"]["preparation"]
        return {one["id"]: one["had"] for one in found["materials"]}

    assert had(city.owner)["licence"] == "there"
    assert had(Viewer.anonymous())["licence"] == "library"
    assert had(city.officer("market_regulation"))["licence"] == "library"
    # an agent by mandate sees none of the enterprise's certificates (BAD-38)
    assert had(city.agent)["licence"] == "library"
    found = asked(residence.newcomer(), residence.ITEM, situation__half_year=False)
    told = found["data"]["preparation"]
    assert told["eligible"] is False
    assert told["reasons"][0]["field"] == "situation.half_year"
    assert told["questions"][0]["value"] is False
