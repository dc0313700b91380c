"""What the answers call for is asked, the rest is neither kept nor taken; all that is wrong is told at once."""

import pytest

from tests import construction, residence
from tests.residence import RENTS, TYPED, WORKS, newcomer
from tests.restaurant import key, reload
from tests.unchanged import refused
from tests.walking import draft, submitted
from workflows import commands
from workflows.models import Case

pytestmark = pytest.mark.django_db


def saved(case, answers, viewer=None):
    """The case with more answers."""
    return commands.save_answers(
        viewer=viewer or newcomer(),
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers=answers,
    )


def submit(case, viewer):
    """Asks for the receipt."""
    return commands.submit_case(viewer=viewer, key=key(), case_id=case.pk, revision=case.revision)


def test_an_answer_that_nobody_asks_for_is_dropped_however_it_is_written(city):
    case = draft(newcomer(), residence.ITEM, TYPED | RENTS | {"employment.employer": "\x00"})
    assert "employment" not in case.answers
    case = saved(
        case,
        {"situation.kinds": ["employment"], "employment.employer": "云帆", "tenancy.landlord": 5},
    )
    assert case.answers["employment"] == {"employer": "云帆"}
    assert "tenancy" not in case.answers
    case = saved(case, {"promises.delivery": "post", "promises.post_address": "明湖区采菱街21号"})
    case = saved(case, {"promises.delivery": "electronic"})
    assert "post_address" not in case.answers["promises"]
    with refused("INVALID_VALUE", "employment.employer"):
        saved(case, {"employment.employer": 5, "tenancy.landlord": 5})


def test_bad_48_49_54_everything_wrong_with_an_application_is_told_at_once(city):
    case = draft(
        newcomer(), residence.ITEM, {"situation.kinds": ["tenancy"], "applicant.photo": "upload"}
    )
    kept = case.answers | {"employment": {"employer": "云帆"}, "secret": {"x": 1}}
    Case.objects.filter(pk=case.pk).update(answers=kept)
    with refused("NOT_CALLED_FOR", "employment.employer") as caught:
        submit(reload(case), newcomer())
    told = [(p.code, p.field) for p in caught[0].problems]
    assert told == [
        ("UNKNOWN_FIELD", "secret"),
        ("REQUIRED", "situation.half_year"),
        ("REQUIRED", "residence.division"),
        ("REQUIRED", "residence.address"),
        ("REQUIRED", "residence.since"),
        ("NOT_CALLED_FOR", "employment.employer"),
        ("REQUIRED", "tenancy.filing_number"),
        ("REQUIRED", "tenancy.landlord"),
        ("REQUIRED", "promises.truthful"),
        ("REQUIRED", "promises.delivery"),
        ("MATERIAL_MISSING", "materials.application"),
        ("MATERIAL_MISSING", "materials.promise"),
        ("MATERIAL_MISSING", "materials.photo"),
        ("MATERIAL_MISSING", "materials.grounds"),
    ]


def test_answers_that_do_not_go_together_are_refused_with_what_to_do(city):
    case = construction.draft({"project.ends_on": "2026-11-30"})
    with refused("CHECK_FAILED", "project.ends_on") as caught:
        submit(case, construction.developer())
    failed = next(p for p in caught[0].problems if p.code == "CHECK_FAILED")
    assert failed.params["message"] == "合同竣工日期不能早于合同开工日期，请核对"


def test_a_correction_may_answer_what_its_new_answer_calls_for(city):
    case = submitted(newcomer(), residence.ITEM, TYPED | WORKS)
    asked = [{"field": "situation.kinds", "message": "没有就业登记，请选择其他情形"}]
    police = city.officer("public_security")
    commands.request_corrections(viewer=police, key=key(), case_id=case.pk, items=asked)
    case = reload(case)
    given = {"viewer": newcomer(), "case_id": case.pk, "revision": case.revision}
    with refused("REQUIRED", "tenancy.landlord"):
        commands.answer_corrections(**given, key=key(), answers={"situation.kinds": ["tenancy"]})
    with refused("FIELD_NOT_IN_NOTICE", "residence.address"):
        commands.answer_corrections(
            **given, key=key(), answers=RENTS | {"residence.address": "别处"}
        )
    case = commands.answer_corrections(**given, key=key(), answers=RENTS)
    assert case.state == "submitted"
    assert case.answers["tenancy"]["landlord"] == RENTS["tenancy.landlord"]
    assert "employment" not in case.answers
