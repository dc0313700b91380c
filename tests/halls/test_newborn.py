"""What a mother reads on the way: what will fill itself, and from which paper it was filled."""

import pytest

from tests import walking
from tests.newborn import ITEM, TYPED, accepted, mother
from tests.restaurant import approval_of

pytestmark = pytest.mark.django_db

LATER = "将由《出生医学证明》自动填写"


def test_pages_name_the_certificate_that_will_fill_a_field_and_the_one_that_did(city, sits):
    lady = sits("shenzhixia", "person")
    case = walking.draft(mother(), ITEM, TYPED)
    form = lady.get(f"/cases/{case.pk}/form").content.decode()
    assert LATER in form
    assert 'name="certificate.number"' not in form
    case = accepted(city)
    assert LATER in lady.get(f"/cases/{case.pk}").content.decode()
    walking.decided(city, case, "birth")
    number = walking.issued(case, "birth").number
    page = lady.get(f"/cases/{case.pk}").content.decode()
    assert LATER not in page
    assert number in page
    assert "本件签发的出生医学证明" in page
    assert "将由《居民户口簿（新生儿页）》自动填写" in page
    task = approval_of(case, "registration")
    desk = sits("gongan.chengban").get(f"/desk/approvals/{task.pk}").content.decode()
    assert number in desk
    assert "本件签发的出生医学证明" in desk
