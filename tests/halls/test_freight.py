"""What a carrier reads about the rules he may supply later: within how many days, of which kind."""

import pytest

from tests import walking
from tests.freight import ITEM, accepted, carrier

pytestmark = pytest.mark.django_db


def test_pages_offer_to_supply_later_in_working_days_and_then_say_by_when(city, sits):
    case = walking.draft(carrier(), ITEM, {"representative.phone": "13900000044"})
    him = sits("maqianli", "enterprise")
    form = him.get(f"/cases/{case.pk}/form").content.decode()
    assert "承诺受理后 10 个工作日内补齐" in form
    owing = him.get(f"/cases/{accepted(city).pk}").content.decode()
    assert "需要您补齐的材料" in owing
