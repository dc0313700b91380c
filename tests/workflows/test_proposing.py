"""Departments propose before the one notice: who may look, what each may say, and how the lead merges it."""

import pytest

from services.queries import definition_of
from tests.city import ROCK
from tests.restaurant import accepted, approval_of, key, reload, submitted
from tests.unchanged import refused
from workflows import commands
from workflows.commands.submitting import answer_corrections
from workflows.models import CaseEvent, Document, Preview, Proposal
from workflows.notice import Merged, merged
from workflows.previewing import preview_for, previewed, proposals_of, steps_before_acceptance
from workflows.queries import visible_cases

pytestmark = pytest.mark.django_db


def propose(viewer, case, items, **given):
    asked = [{"field": path, "message": message} for path, message in items.items()]
    given = given or {"case_id": case.pk}
    return commands.propose_corrections(viewer=viewer, key=key(), items=asked, **given)


def send(city, case, items, proposals=()):
    return commands.request_corrections(
        viewer=city.officer("market_regulation"),
        key=key(),
        case_id=case.pk,
        items=[{"field": path, "message": message} for path, message in items.items()],
        proposals=[row.pk for row in proposals],
    )


def test_propose_corrections_of_three_departments_become_one_notice_that_uses_them_up(city):
    case = submitted(city)
    fire, signs = city.officer("fire"), city.officer("urban_management")
    propose(fire, case, {"fire.exits": "旧的说法"})
    propose(
        fire, case, {"fire.exits": "安全出口数与平面布置不一致", "premises.floor": "请写明楼层"}
    )
    propose(signs, case, {"signboard.size": "请注明厚度"})
    rows = list(proposals_of(case))
    assert [row.department.function for row in rows] == ["fire", "urban_management"]
    items = {"business.seats": "座位数请核对"}
    for one in rows:
        items |= {item["field"]: item["message"] for item in one.items}
    case = send(city, case, items, rows)
    assert case.correction_rounds == 1
    asked = {item["field"]: item for item in case.corrections}
    assert asked["fire.exits"]["departments"] == ["云澜市明湖区消防救援大队"]
    assert asked["business.seats"]["departments"] == []
    notice = Document.objects.get(case=case, kind="correction_notice")
    told = dict(notice.content["rows"])
    assert told["规格"] == "请注明厚度（云澜市明湖区城市管理局提出）"
    assert told["安全出口数"].startswith("安全出口数与平面布置不一致")
    assert not proposals_of(case).exists()
    assert Proposal.objects.filter(case=case, used_at__isnull=False).count() == 2


def test_a_proposal_that_came_after_the_lead_had_read_stops_the_notice(city):
    case = submitted(city)
    propose(city.officer("fire"), case, {"fire.exits": "请核对"})
    with refused("PROPOSALS_NOT_READ"):
        send(city, case, {"business.seats": "请核对"})


def test_departments_look_at_a_submitted_case_only_if_its_answers_call_for_them(city):
    small = submitted(city, {"premises.area": 120, "signboard.wanted": False})
    seen = Preview.objects.filter(case=small).values_list("department__function", flat=True)
    assert set(seen) == {"fire", "ecology"}  # fire for the joint survey
    assert list(previewed(city.officer("ecology"))) == [small]
    assert not previewed(city.officer("urban_management")).exists()
    assert not visible_cases(city.officer("ecology")).exists()
    with refused("NOT_FOUND", "caseId"):
        preview_for(city.officer("urban_management"), small.pk)
    with refused("NOT_FOUND", "caseId"):
        propose(city.officer("urban_management"), small, {"signboard.size": "请核对"})


def test_inv_27_of_two_departments_with_one_function_only_the_competent_one_has_steps(city):
    case = submitted(city)
    definition = definition_of(case.item_version)
    here = city.department("urban_management")
    elsewhere = city.department("urban_management", ROCK)
    assert here != elsewhere
    assert steps_before_acceptance(case, definition, here)
    assert steps_before_acceptance(case, definition, elsewhere) == []


def test_after_corrections_those_are_invited_whom_the_new_answers_call_for(city):
    case = send(city, submitted(city), {"signboard.wanted": "请确认是否设置招牌"})
    answer_corrections(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers={"signboard.wanted": False},
    )
    assert not previewed(city.officer("urban_management")).exists()
    assert previewed(city.officer("fire")).exists()


def test_a_department_speaks_only_of_what_its_own_steps_read(city):
    case = submitted(city)
    with refused("FIELD_NOT_READ", "signboard.size"):
        propose(city.officer("ecology"), case, {"signboard.size": "请核对"})
    with refused("READ_ONLY_FIELD", "enterprise.name"):
        propose(city.officer("ecology"), case, {"enterprise.name": "请核对"})
    with refused("FORBIDDEN"):
        propose(city.officer("market_regulation", "counter"), case, {"business.seats": "请核对"})
    with refused("NOT_FOUND"):
        propose(city.owner, case, {"business.seats": "请核对"}, approval_id=case.pk)


def test_after_acceptance_a_department_proposes_from_its_open_approval(city):
    case = accepted(city)
    signage = approval_of(case, "signage")
    signs = city.officer("urban_management")
    proposal = propose(signs, case, {"signboard.size": "请注明厚度"}, approval_id=signage.pk)
    with refused("NOT_FOUND", "approvalId"):
        propose(city.officer("fire"), case, {"fire.exits": "请核对"}, approval_id=signage.pk)
    case = send(city, reload(case), {"signboard.size": "请注明厚度"}, [proposal])
    assert case.state == "correcting"
    kinds = CaseEvent.objects.filter(case_id=case.pk).values_list("kind", flat=True)
    assert "corrections_proposed" in kinds
    with refused("ILLEGAL_TRANSITION"):
        propose(signs, case, {"signboard.text": "请核对"})


def test_what_several_departments_say_of_one_field_stands_together_in_the_order_of_the_form():
    said = [
        ("消防", [{"field": "b", "message": "请补"}, {"field": "a", "message": "写明出口。"}]),
        ("城管", [{"field": "b", "message": "请补"}, {"field": "z", "message": "另附"}]),
        ("住建", [{"field": "a", "message": "写明宽度"}]),
    ]
    assert merged(said, ["a", "b"]) == [
        Merged("a", "写明出口（消防）；写明宽度（住建）", ("消防", "住建")),
        Merged("b", "请补", ("消防", "城管")),
        Merged("z", "另附", ("城管",)),
    ]
