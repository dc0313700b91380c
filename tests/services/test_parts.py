"""Bundles in parts: what is not chosen is not asked, not needed and not done, and each rule is proven."""

import pytest

from services.conditions import parse_condition
from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.foresight import foreseen
from services.importing import load_definition
from services.linting import lint
from services.preparing import Have, prepare
from services.promise import promise_for, promise_problems
from services.soundness import prove
from tests.services.conftest import definition_text

FUNCTIONS = {
    "market_regulation",
    "fire",
    "urban_management",
    "ecology",
    "health",
    "public_security",
    "medical_insurance",
    "human_resources",
}
NONE = {"born_here": True, "vaccination": False, "maternity": False, "childcare": False}


@pytest.fixture
def newborn_data() -> dict:
    return load_definition(definition_text("fixtures/onething/newborn.yaml"))


@pytest.fixture(scope="module")
def newborn():
    return read_definition(load_definition(definition_text("fixtures/onething/newborn.yaml")))


def rules(data, faces) -> set[tuple[str, str]]:
    """What reading or proving tells, as {(place, rule)}."""
    try:
        problems = prove(read_definition(data), {"990102000000": FUNCTIONS}, faces).failures
    except DefinitionInvalid as invalid:
        problems = invalid.problems
    return {(p.field, str(p.params.get("rule", p.code))) for p in problems}


def part(data: dict, name: str) -> dict:
    return next(one for one in data["parts"] if one["id"] == name)


def field(data: dict, path: str) -> dict:
    section, name = path.split(".")
    fields = next(s for s in data["form"] if s["id"] == section)["fields"]
    return next(one for one in fields if one["id"] == name)


def test_what_only_an_unchosen_part_reads_is_neither_asked_nor_needed(newborn):
    without = {"situation": NONE, "insurance": {"wanted": False}, "card": {"wanted": False}}
    chosen = {**without, "situation": {**NONE, "maternity": True}}
    fields = {name: newborn.form.field(f"maternity.{name}") for name in ("bank", "account")}
    assert not any(one.needed(without) for one in fields.values())
    assert all(one.needed(chosen) for one in fields.values())
    assert newborn.form.field(
        "certificate.number"
    ).awaited  # what several parts read stays as it is
    expenses = newborn.material("expenses")
    assert (expenses.needed(without), expenses.needed(chosen)) == (False, True)


def test_the_promise_of_a_bundle_is_the_critical_path_of_the_chosen_parts(newborn):
    asked = {"situation": NONE, "insurance": {"wanted": True}, "card": {"wanted": False}}
    assert promise_for(newborn, asked).days == 5 + 1 + 1
    assert promise_for(newborn, {**asked, "card": {"wanted": True}}).days == 5 + 1 + 10
    paid = {**asked, "situation": {**NONE, "maternity": True}}
    assert promise_for(newborn, paid).days == 5 + 20
    assert promise_problems(newborn) == []


def test_a_published_promise_below_its_parts_is_reported_with_both_numbers(newborn_data, faces):
    newborn_data["limits"]["promised"]["days"] = (
        5  # as the guide of 长沙 says, whose parts take up to 30
    )
    definition = read_definition(newborn_data)
    (problem,) = promise_problems(definition)
    assert problem.params["rule"] == "WRONG_PROMISE"
    assert (problem.params["promised"], problem.params["needed"]) == (5, 25)
    told = prepare(definition, {"situation": NONE})
    assert told.is_promise_short
    assert told.days.working == 6  # what the applicant reads is what it takes
    assert told.promised.days == 16
    assert ("limits.promised", "PROMISE_TOO_SHORT") in rules(newborn_data, faces)


def test_lint_tells_a_wrong_promise_a_bundle_without_parts_and_one_question_asked_twice(
    newborn_data,
):
    def found() -> dict[str, tuple[str, dict]]:
        read = read_definition(newborn_data)
        return {one.code: (one.place, dict(one.params)) for one in lint(read)}

    mine = {"WRONG_PROMISE", "BUNDLE_WITHOUT_PARTS", "SAME_QUESTION"}
    assert not mine & found().keys()
    field(newborn_data, "maternity.bank")["label"] = field(newborn_data, "vaccination.clinic")[
        "label"
    ]
    newborn_data["limits"]["promised"]["days"] = 5
    told = found()
    assert told["WRONG_PROMISE"] == ("limits.promised", {"promised": 5, "needed": 25})
    same = {"label": "选择的接种单位", "path": "vaccination.clinic"}
    assert told["SAME_QUESTION"] == ("form.maternity.fields.bank", same)
    del newborn_data["parts"]
    assert found()["BUNDLE_WITHOUT_PARTS"] == ("parts", {"decisions": 7})


def _drop_question(data: dict) -> None:
    data["form"][0]["fields"] = [f for f in data["form"][0]["fields"] if f["id"] != "childcare"]


def _ask_twice(data: dict) -> None:
    field(data, "birth.hospital")["sources"] = field(data, "applicant.name")["sources"]


BREAKS = {
    "a part on demand that nobody is asked about": (
        _drop_question,
        ("parts.childcare.on_demand", "CONDITION_FIELD"),
    ),
    "a part with a step that is not there": (
        lambda d: part(d, "card").update(steps=["plastic"]),
        ("parts.card.steps", "UNKNOWN_STEP"),
    ),
    "a step in two parts": (
        lambda d: part(d, "card").update(steps=["card", "insurance"]),
        ("parts.card.steps", "STEP_OF_TWO_PARTS"),
    ),
    "a decision that belongs to no part": (
        lambda d: d["parts"].pop(),
        ("route.childcare", "STEP_WITHOUT_PART"),
    ),
    "a choice of one": (
        lambda d: part(d, "card").update(choose="money", on_demand=False),
        ("parts.card.choose", "CHOICE_OF_ONE"),
    ),
    "two of a choice at once": (
        lambda d: [
            part(d, name).update(choose="money", on_demand=False) for name in ("card", "insurance")
        ],
        ("parts.insurance", "CHOSEN_TOGETHER"),
    ),
    "an always chosen part on demand": (
        lambda d: part(d, "childcare").update(
            when="answers.situation.childcare || !answers.situation.childcare"
        ),
        ("parts.childcare", "NO_CHOICE"),
    ),
    "one fact of one person asked twice": (
        _ask_twice,
        ("form.birth.fields.hospital", "ASKED_TWICE"),
    ),
    "a reader of a certificate whose maker may be left out": (
        lambda d: part(d, "registration").update(on_demand=True, when="answers.card.wanted"),
        ("route.insurance.reads", "RESULT_READ_TOO_EARLY"),
    ),
    "an eligibility that everybody has": (
        lambda d: d["eligibility"][0].update(
            when="answers.situation.born_here || answers.situation.born_here == false"
        ),
        ("eligibility.born_here.when", "CONDITION_ALWAYS_HOLDS"),
    ),
    "a question that only a later step answers": (
        lambda d: d["eligibility"][0].update(when='answers.certificate.gender == "男"'),
        ("eligibility.born_here.when", "RESULT_IN_CONDITION"),
    ),
    "a situation that is not asked first": (
        lambda d: d["form"][0].update(asked_first=False),
        ("form.situation.asked_first", "ASKED_FIRST_IS_SITUATION"),
    ),
    "a question that nobody can answer at once": (
        lambda d: field(d, "situation.childcare").update(type="text"),
        ("form.situation.fields.childcare", "NOT_A_QUESTION"),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_bad_66_each_way_to_break_a_bundle_is_refused_by_its_own_rule(name, newborn_data, faces):
    damage, expected = BREAKS[name]
    damage(newborn_data)
    assert expected in rules(newborn_data, faces)


def test_before_everything_is_answered_a_condition_may_be_open(restaurant):
    def said(text: str, **answers: object) -> bool | None:
        return foreseen(parse_condition(text, restaurant.form), answers)

    either = 'answers.premises.area > 300 || answers.situation.licence == "food"'
    assert said(either) is None
    assert said(either, situation={"licence": "food"}) is True
    assert said(either, situation={"licence": "food_small"}) is None
    assert said(either, situation={"licence": "food_small"}, premises={"area": 300}) is False
    assert said(f"!({either})", premises={"area": 301}) is False
    assert said("has(answers.premises.area) && answers.signboard.wanted") is None


def test_what_to_prepare_depends_on_the_answers_and_on_what_the_library_has(restaurant):
    small = {"situation": {"licence": "food_small"}, "premises": {"area": 40, "tenure": "leased"}}
    held = Have({("BUSINESS_LICENCE", "applicant")}, is_known=True)
    found = prepare(restaurant, small, held)
    assert found.eligible is True
    assert [need.step.id for need in found.steps if need.is_certain] == [
        "survey",
        "food_small",
        "waste",
    ]
    assert {need.part.id: need.is_chosen for need in found.parts} == {
        "food": False,
        "food_small": True,
        "fire": False,
        "fire_promise": False,
        "signage": None,
    }
    assert (found.days.working, found.most.working) == (3 + 5, 3 + 5)
    had = {need.material.id: (need.had, need.is_certain) for need in found.materials}
    assert had["licence"] == ("there", True)
    assert had["identity"] == ("lacking", True)
    assert had["lease"] == ("form", True)
    assert "title" not in had
    assert "fire_plan" not in had
    first = found.sections[0]
    assert (first.label, first.asked, first.filled) == ("申请单位", 4, 4)
    large = prepare(restaurant, {**small, "premises": {"area": 80}})
    assert large.eligible is False
    assert [rule.id for rule in large.reasons] == ["small_place"]
    assert {need.had for need in large.materials if need.material.certificate} == {"library"}
