"""建筑工程施工许可 from prefill to its certificates: what the developer holds, data checks, advice, and a denial."""

import pytest

from config.embedded import drain
from ecert.models import Certificate
from tests.construction import accepted, developer, draft
from tests.residence import ask_registers, states
from tests.restaurant import approval_of, decide_step, key, reload
from tests.unchanged import refused
from workflows import commands

pytestmark = pytest.mark.django_db
PREFILLED = {
    "enterprise.name",
    "site.land_permit",
    "site.works_permit",
    "site.location",
    "site.division",
    "project.name",
    "project.scale",
    "project.area",
}


def test_the_permit_is_filled_from_what_the_developer_holds_and_wants_its_drawings(city):
    case = draft()
    assert set(case.provenance) >= PREFILLED
    assert case.answers["site"]["works_permit"] == "建字第990102202600008号"
    with refused("MATERIAL_MISSING", "materials.drawings") as wrong:
        commands.submit_case(viewer=developer(), key=key(), case_id=case.pk, revision=case.revision)
    missing = {problem.field for problem in wrong[0].problems}
    assert missing == {"materials.drawings", "materials.tender_notice"}


def test_registers_and_advice_inform_and_housing_grants_both(city):
    case = accepted(city)
    assert states(case) == {
        "planning": "open",
        "wages": "open",
        "fire_design": "open",
        "supervision": "open",
        "permit": "waiting",
    }
    ask_registers()
    decide_step(city, case, "fire_design", "disagree", "疏散楼梯宽度不足，建议优化")
    decide_step(city, case, "supervision")
    assert states(case) == {
        "planning": "match",
        "wages": "match",
        "fire_design": "disagree",
        "supervision": "approved",
        "permit": "open",
    }
    decide_step(city, case, "permit")
    drain()
    case = reload(case)
    assert (case.state, case.outcome) == ("concluded", "approved")
    held = {c.type.code: c for c in Certificate.objects.filter(source_case=case.pk)}
    assert set(held) == {"QUALITY_SUPERVISION_NOTICE", "CONSTRUCTION_PERMIT"}
    assert {c.status for c in held.values()} == {"valid"}
    face = held["CONSTRUCTION_PERMIT"].face
    assert (face["price"], face["supervisor"]) == (18650.5, "云澜市正则工程监理有限公司")


def test_a_wage_deposit_that_differs_denies_nothing_but_housing_may(city):
    case = accepted(city, {"wages.receipt": "云工保2026-9999", "project.special": False})
    ask_registers()
    assert approval_of(case, "wages").differs == ["wages.receipt"]
    assert states(case)["permit"] == "waiting"  # all of the group informs, none decides
    decide_step(city, case, "supervision")
    decide_step(city, case, "permit", "denied", "农民工工资保证金未按规定存储")
    case = reload(case)
    assert (case.state, case.outcome) == ("decided", "partly")


def test_what_follows_a_denied_supervision_is_in_vain(city):
    case = accepted(city, {"project.special": False})
    ask_registers()
    decide_step(city, case, "supervision", "denied", "没有专项施工方案")
    assert states(case)["permit"] == "void"
    assert reload(case).outcome == "denied"
