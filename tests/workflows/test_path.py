"""The restaurant's way by commands: from the consent to certificates, with every promise on it."""

import pytest

from tests.restaurant import accepted, decide_all, draft
from workflows.models import Approval


@pytest.mark.django_db
def test_the_form_is_filled_from_certificates_each_value_with_its_source(city):
    case = draft(city)
    assert len(case.provenance) >= 14
    assert case.provenance["enterprise.name"]["type"] == "BUSINESS_LICENCE"


@pytest.mark.django_db
def test_departments_receive_the_case_at_the_same_moment(city):
    case = accepted(city)
    opened = Approval.objects.filter(case=case, state="open").select_related("department")
    assert {a.department.function for a in opened} == {
        "market_regulation",
        "fire",
        "urban_management",
        "ecology",
    }


@pytest.mark.django_db
def test_inv_08_every_answer_given_decides_the_case(city):
    case = decide_all(city, accepted(city))
    assert (case.state, case.outcome) == ("decided", "approved")
