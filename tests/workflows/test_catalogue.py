"""Items of the demo city, each from what the certificates fill to its result, and what keeps it from there."""

from dataclasses import replace

import pytest

from ecert.models import Certificate
from tests import walking
from tests.catalogue import (
    BUNDLES,
    BUYER,
    ENTERPRISES,
    HEIR,
    PERSONS,
    SHOPKEEPER,
    Walk,
    outcomes,
    walk,
)
from tests.unchanged import refused
from workflows import commands

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", PERSONS + ENTERPRISES, ids=str)
def test_an_item_is_walked_from_prefill_to_its_result(city, way: Walk):
    case = walk(city, way)
    assert {path: case.provenance[path]["type"] for path in way.filled} == way.filled
    assert (case.state, case.outcome) == ("concluded", "approved")
    found = outcomes(case)
    assert {step: found[step] for step in way.checked} == dict.fromkeys(way.checked, "match")
    assert found[way.steps[-1]] == "approved"
    assert set(map(found.get, way.steps[:-1])) <= {"passed"}
    certificate = Certificate.objects.get(source_case=case.pk, type__code=way.result)
    assert {name: certificate.face[name] for name in way.face} == way.face
    assert certificate.status == "valid"


def test_a_denied_transfer_says_why_and_issues_nothing(city):
    case = walk(city, replace(BUYER, denied="房屋已被人民法院查封，限制转移"))
    assert (case.state, case.outcome) == ("concluded", "denied")
    assert not Certificate.objects.filter(source_case=case.pk).exists()
    paper = case.documents.get(kind="denial_decision")
    assert "查封" in str(paper.content)


def test_bad_54_a_leased_shop_without_its_lease_is_not_taken_in(city):
    viewer = walking.applicant(SHOPKEEPER.name)
    case = walking.draft(viewer, SHOPKEEPER.item, SHOPKEEPER.typed)
    with refused("MATERIAL_MISSING", "materials.lease"):
        commands.submit_case(
            viewer=viewer, key=walking.key(), case_id=case.pk, revision=case.revision
        )
    at_home = {**SHOPKEEPER.typed, "situation.premises": "network", "premises.platform": "云集市"}
    other = walking.draft(viewer, SHOPKEEPER.item, at_home)
    with refused("MATERIAL_MISSING", "materials.platform"):
        commands.submit_case(
            viewer=viewer, key=walking.key(), case_id=other.pk, revision=other.revision
        )


@pytest.mark.parametrize("way", BUNDLES, ids=str)
def test_a_bundle_is_walked_and_each_chosen_part_has_its_own_result(city, way: Walk):
    case = walk(city, way)
    assert (case.state, case.outcome) == ("concluded", "approved")
    found = outcomes(case)
    assert {step: found[step] for step in way.steps} == dict.fromkeys(way.steps, "approved")
    assert {step: found[step] for step in way.checked} == dict.fromkeys(way.checked, "match")
    assert set(found) == {*way.steps, *way.checked}  # nothing of the parts that were not chosen
    issued = Certificate.objects.filter(source_case=case.pk, status="valid")
    assert issued.count() == len(way.steps)
    last = issued.get(type__code=way.result)
    assert {name: last.face[name] for name in way.face} == way.face


def test_the_certificate_of_death_fills_what_the_next_departments_read(city):
    case = walk(city, HEIR)
    death = Certificate.objects.get(source_case=case.pk, source_step="death")
    gone = Certificate.objects.get(source_case=case.pk, source_step="cancellation")
    assert gone.face["certificate_number"] == death.number
    assert case.answers["certificate"]["died_on"] == "2026-11-02"


def test_heirs_whose_kinship_is_not_known_are_judged_by_the_officer(city):
    """A check that finds nothing denies nothing: the deciding department reads it."""
    stranger = replace(HEIR, name="叶知秋")
    case = walk(city, stranger)
    assert outcomes(case)["kinship"] == "not_found"
    assert case.outcome == "approved"
