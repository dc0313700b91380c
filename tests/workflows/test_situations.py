"""What was asked before starting is carried into the case, decides about it again, and is not asked twice."""

import pytest

from config.env import ROOT
from services.definition import read_definition
from services.importing import load_definition
from tests import newborn, residence, restaurant, walking
from tests.residence import TYPED, WORKS, newcomer
from tests.restaurant import approval_of, decide_step, reload
from tests.unchanged import refused
from workflows import commands
from workflows.models import Approval, Case, CaseEvent
from workflows.prefilling import wanted_fields

pytestmark = pytest.mark.django_db

HERE = {"situation.half_year": True, "situation.kinds": ["employment"]}


def start(answers: dict[str, object]) -> Case:
    return commands.start_case(
        viewer=newcomer(), key=walking.key(), item_code=residence.ITEM, answers=answers
    )


def test_start_case_carries_the_answers_that_were_given_before(city):
    case = start(HERE)
    assert case.answers["situation"] == {"half_year": True, "kinds": ["employment"]}
    assert CaseEvent.objects.get(case_id=case.pk).details["fields"] == sorted(HERE)


def test_start_case_is_refused_to_who_is_not_eligible_with_the_reason_and_the_question(city):
    with refused("NOT_ELIGIBLE", "situation.half_year") as told:
        start({**HERE, "situation.half_year": False})
    assert "不满半年" in str(told[0].problems[0].params["why"])
    with refused("UNKNOWN_FIELD", "situation.colour"):
        start({"situation.colour": "red"})
    with refused("INVALID_CHOICE", "situation.kinds"):
        start({"situation.kinds": ["fame"]})
    assert not Case.objects.filter(item_code=residence.ITEM).exists()


def test_submit_case_decides_about_eligibility_again(city):
    case = walking.draft(newcomer(), residence.ITEM, {**TYPED, **WORKS})
    case = commands.save_answers(
        viewer=newcomer(),
        key=walking.key(),
        case_id=case.pk,
        revision=case.revision,
        answers={"situation.half_year": False},
    )
    with refused("NOT_ELIGIBLE", "situation.half_year"):
        commands.submit_case(
            viewer=newcomer(), key=walking.key(), case_id=case.pk, revision=case.revision
        )


CARED = {
    "situation.vaccination": True,
    "situation.childcare": True,
    "card.wanted": False,
    "vaccination.clinic": "明湖区采菱社区卫生服务中心",
    "childcare.address": "云澜市明湖区采菱街21号",
}


def test_chosen_parts_stand_alone_and_the_promise_is_that_of_the_chosen_ones(city):
    typed = {k: v for k, v in newborn.TYPED.items() if k != "card.bank"} | CARED
    case = walking.accepted(city, newborn.mother(), newborn.ITEM, typed)
    steps = {"birth", "registration", "insurance", "vaccination", "childcare"}
    assert set(Approval.objects.filter(case=case).values_list("step", flat=True)) == steps
    walking.decided(city, case, "birth")
    walking.issued(case, "birth")
    case = walking.decided(city, case, "registration", "denied", "落户地址不属本派出所管辖")
    assert approval_of(case, "insurance").state == "void"
    for step in ("vaccination", "childcare"):
        decide_step(city, case, step)
    booklet = walking.issued(case, "vaccination")
    assert booklet.face["clinic"] == "明湖区采菱社区卫生服务中心"
    assert walking.issued(case, "childcare").face["child_name"] == "陆沈安"
    case = reload(case)
    assert (case.state, case.outcome) == ("concluded", "partly")


def steps_of(case: Case) -> set[str]:
    return set(Approval.objects.filter(case=case).values_list("step", flat=True))


def test_one_licence_or_the_other_and_one_fire_procedure_or_the_other_are_chosen(city):
    small = {"situation.licence": "food_small", "signboard.wanted": False}
    draft = restaurant.draft(city, small)  # its certificate says 320 square metres
    with refused("NOT_ELIGIBLE", "situation.licence"):
        commands.submit_case(
            viewer=city.owner, key=walking.key(), case_id=draft.pk, revision=draft.revision
        )
    case = restaurant.accepted(city, small | {"premises.area": 45})
    assert steps_of(case) == {"survey", "food_small", "waste"}
    case_of_promise = restaurant.accepted(city, {"fire.procedure": "promise"})
    assert steps_of(case_of_promise) == {"survey", "food", "fire_promise", "signage", "waste"}
    assert case.promised_on < case_of_promise.promised_on  # 3 + 5 days, and 3 + 7
    for step in ("survey", "waste", "food_small"):
        decide_step(city, case, step)
    assert walking.issued(case, "food_small").face["area"] == 45
    assert reload(case).outcome == "approved"
    decide_step(city, case_of_promise, "fire_promise", "denied", "承诺的疏散通道与现场不符")
    assert approval_of(case_of_promise, "signage").state == "open"  # it needs no fire check


def test_no_certificate_is_read_for_what_the_answers_do_not_call_for():
    text = (ROOT / "fixtures/services/drug_retail.yaml").read_text("utf-8")
    definition = read_definition(load_definition(text))

    def filled(**situation: object) -> set[str]:
        wanted = wanted_fields(definition, {"situation": situation})
        return {want.path.partition(".")[2] for want in wanted}

    assert "category" in filled()  # it may still be called for
    assert "category" in filled(pharmacist=True)
    assert filled() - filled(pharmacist=False) == {"category"}
