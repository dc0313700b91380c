"""The restaurant broken in one way at a time: each is refused by the rule that it breaks, at its place."""

import pytest

from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.soundness import prove

FUNCTIONS = {"market_regulation", "fire", "urban_management", "ecology"}
DISTRICTS = {"990102000000": FUNCTIONS, "990103000000": FUNCTIONS}


def step(data, name):
    return next(entry for entry in data["route"] if entry["id"] == name)


def field(data, path):
    section, name = path.split(".")
    fields = next(entry["fields"] for entry in data["form"] if entry["id"] == section)
    return next(entry for entry in fields if entry["id"] == name)


def material(data, name):
    return next(entry for entry in data["materials"] if entry["id"] == name)


def result(data, code):
    return next(entry for entry in data["results"] if entry["code"] == code)


def faults(data, faces, districts=DISTRICTS):
    """Everything that reading or proving tells, as {(place, rule)} and the problems."""
    try:
        problems = prove(read_definition(data), districts, faces).failures
    except DefinitionInvalid as invalid:
        problems = invalid.problems
    return {(p.field, p.params.get("rule", p.code)) for p in problems}, problems


BREAKS = {
    "a waits for b and b for a": (
        lambda d: step(d, "food").update(before=["survey"]),
        {
            ("route.survey", "STEP_WAITS_FOREVER"),
            ("route.food", "STEP_WAITS_FOREVER"),
            ("route.food_small", "STEP_WAITS_FOREVER"),
            ("route.fire", "STEP_WAITS_FOREVER"),
        },
    ),
    "a check in a group that is not there": (
        lambda d: step(d, "waste").update(kind="verify", on_silence="wait", group="either"),
        {("route.waste.group", "UNKNOWN_GROUP")},
    ),
    "an alternative to a decision": (
        lambda d: (
            d.update(groups=[{"id": "either", "name": "任一", "join": "any"}]),
            step(d, "waste").update(kind="verify", on_silence="wait", group="either"),
            step(d, "signage").update(group="either"),
        ),
        {("route.signage.group", "ONLY_CHECKS_ARE_ALTERNATIVES")},
    ),
    "alternatives that some cases have none of": (
        lambda d: (
            d.update(groups=[{"id": "either", "name": "任一", "join": "any"}]),
            step(d, "waste").update(
                kind="verify", on_silence="wait", group="either", when="answers.fire.gas"
            ),
        ),
        {("groups.either", "GROUP_OF_ONE"), ("groups.either", "GROUP_ASKS_NOBODY")},
    ),
    "a register that is told more than its department reads": (
        lambda d: step(d, "waste").update(
            kind="verify",
            on_silence="wait",
            register="EMPLOYMENT",
            asks={"subject": "enterprise.credit_code", "seats": "business.online"},
        ),
        {("route.waste.asks", "ASKS_UNREAD")},
    ),
    "a register that is asked about nobody, and by an advice": (
        lambda d: (
            step(d, "waste").update(register="EMPLOYMENT"),
            step(d, "fire").update(asks={"subject": "enterprise.credit_code"}),
        ),
        {("route.waste.register", "REGISTER_ANSWERS_CHECKS"), ("route.fire.asks", "ASKS_NOBODY")},
    ),
    "a register that is asked with half a question": (
        lambda d: step(d, "waste").update(
            kind="verify",
            on_silence="wait",
            register="EMPLOYMENT",
            asks={"subject": "premises.lessor"},
            reads=["premises"],
        ),
        {("route.waste.asks", "ASKS_ABOUT_NOBODY"), ("route.waste.asks", "MAY_BE_EMPTY")},
    ),
    "a step before one that is not there": (
        lambda d: step(d, "survey").update(before=["food", "fire", "health"]),
        {("route.survey.before", "UNKNOWN_STEP")},
    ),
    "a step that no answer calls for": (
        lambda d: step(d, "fire").update(when="answers.premises.area > 200000"),
        {("route.fire", "DEAD_STEP")},
    ),
    "cases without any decision": (
        lambda d: step(d, "food").update(when="answers.premises.area > 50"),
        {("route", "NO_DECISION")},
    ),
    "a step that under any comes only when it is in vain": (
        lambda d: (
            d.update(join="any"),
            step(d, "food").update(before=["signage"]),
            step(d, "food_small").update(before=["signage"]),
            d["limits"]["promised"].update(days=13),
        ),
        {("route.signage", "STEP_IN_VAIN")},
    ),
    "a quorum that small places cannot reach": (
        lambda d: d.update(join="quorum", quorum=2),
        {("quorum", "QUORUM_UNREACHABLE")},
    ),
    "a quorum without the join": (
        lambda d: d.update(quorum=2),
        {("quorum", "QUORUM_OF_JOIN")},
    ),
    "a promise shorter than the path": (
        lambda d: d["limits"]["promised"].update(days=9),
        {("limits.promised", "PROMISE_TOO_SHORT")},
    ),
    "a promise in calendar days, which a holiday breaks": (
        lambda d: d["limits"]["promised"].update(days=14, kind="calendar"),
        {("limits.promised", "PROMISE_TOO_SHORT")},
    ),
    "a promise longer than the law allows": (
        lambda d: d["limits"]["promised"].update(days=46),
        {("limits.promised", "PROMISE_OVER_STATUTORY")},
    ),
    "a decision later than its own law allows": (
        lambda d: (
            step(d, "food")["within"].update(days=8),
            d["limits"]["promised"].update(days=11),
        ),
        {("route.food.statutory", "STEP_OVER_STATUTORY")},
    ),
    "an approval without item, basis and result": (
        lambda d: [step(d, "food").pop(key) for key in ("item", "basis", "result")],
        {
            ("route.food.item", "APPROVE_INCOMPLETE"),
            ("route.food.basis", "APPROVE_INCOMPLETE"),
            ("route.food.result", "APPROVE_INCOMPLETE"),
            ("results.FOOD_BUSINESS_LICENCE", "RESULT_WITHOUT_STEP"),
        },
    ),
    "advice that grants a certificate": (
        lambda d: step(d, "waste").update(result="SIGNBOARD_PERMIT"),
        {
            ("route.waste.result", "ONLY_APPROVE_GRANTS"),
            ("results.SIGNBOARD_PERMIT", "RESULT_TWICE"),
            ("results.SIGNBOARD_PERMIT.face", "FACE_NOT_READ"),
            ("results.SIGNBOARD_PERMIT.face", "MAY_BE_EMPTY"),
            ("route.waste.result", "ISSUER_NOT_COMPETENT"),
        },
    ),
    "silence that grants a licence": (
        lambda d: step(d, "signage").update(on_silence="consent"),
        {("route.signage.on_silence", "SILENCE_GRANTS_NOTHING")},
    ),
    "two departments deciding one permit": (
        lambda d: step(d, "signage").update(department=["urban_management", "ecology"]),
        {
            ("route.signage.department", "ONE_DEPARTMENT"),
            ("route.signage.result", "ISSUER_NOT_COMPETENT"),
        },
    ),
    "two steps granting the same certificate": (
        lambda d: step(d, "fire").update(result="FOOD_BUSINESS_LICENCE"),
        {
            ("results.FOOD_BUSINESS_LICENCE", "RESULT_TWICE"),
            ("results.FOOD_BUSINESS_LICENCE.face", "FACE_NOT_READ"),
            ("route.fire.result", "ISSUER_NOT_COMPETENT"),
        },
    ),
    "a department that exists nowhere": (
        lambda d: step(d, "waste").update(department="astronomy"),
        {("route.waste.department", "UNKNOWN_DEPARTMENT")},
    ),
    "a step that reads nothing": (
        lambda d: step(d, "waste").update(reads=[]),
        {("route.waste.reads", "READS_NOTHING")},
    ),
    "a step that reads what the form does not have": (
        lambda d: step(d, "waste")["reads"].append("materials.photograph"),
        {("route.waste.reads", "UNKNOWN_PATH")},
    ),
    "a condition that compares a number with a text": (
        lambda d: step(d, "fire").update(when="answers.premises.area > '300'"),
        {("route.fire.when", "CONDITION_TYPE")},
    ),
    "a condition on a field that is not there": (
        lambda d: step(d, "fire").update(when="answers.premises.surface > 300"),
        {("route.fire.when", "CONDITION_FIELD")},
    ),
    "a place of decision that is not a division": (
        lambda d: step(d, "fire").update(at="answers.premises.address"),
        {("route.fire.at", "NOT_A_DIVISION")},
    ),
    "a permit whose words may be empty": (
        lambda d: field(d, "signboard.text").update(
            required_when="answers.signboard.wanted && answers.premises.area > 20"
        ),
        {
            ("results.SIGNBOARD_PERMIT.face", "MAY_BE_EMPTY"),
        },
    ),
    "a permit wider than its face": (
        lambda d: field(d, "signboard.text").update(max_length=201),
        {("results.SIGNBOARD_PERMIT.face.text", "FACE_TOO_WIDE")},
    ),
    "a certificate that lacks a field": (
        lambda d: result(d, "SIGNBOARD_PERMIT")["face"].pop("size"),
        {("results.SIGNBOARD_PERMIT.face", "FACE_FIELD_MISSING")},
    ),
    "a material supplied after the law wants the decision": (
        lambda d: material(d, "layout").update(
            mode="later", later={"days": 300, "kind": "working"}, paths=[]
        ),
        {("materials.layout.later", "LATER_OVER_STATUTORY")},
    ),
    "a material made from a field that is not asked": (
        lambda d: material(d, "fire_plan").pop("required_when"),
        {("materials.fire_plan.paths", "MAY_BE_EMPTY")},
    ),
    "a permit for persons too, though only enterprises hold it": (
        lambda d: d.update(audience=["person", "enterprise"]),
        {
            ("results.FOOD_BUSINESS_LICENCE", "HOLDER_MISMATCH"),
            ("results.SMALL_FOOD_LICENCE", "HOLDER_MISMATCH"),
            ("results.FIRE_SAFETY_CERTIFICATE", "HOLDER_MISMATCH"),
            ("results.SIGNBOARD_PERMIT", "HOLDER_MISMATCH"),
        },
    ),
    "a permit valid for longer than its type": (
        lambda d: result(d, "SIGNBOARD_PERMIT").update(valid_months=60),
        {("results.SIGNBOARD_PERMIT.valid_months", "VALIDITY_DIFFERS")},
    ),
    "a business licence of the representative": (
        lambda d: field(d, "enterprise.name")["sources"][0].update(holder="representative"),
        {("form.enterprise.fields.name.sources", "HOLDER_MISMATCH")},
    ),
    "a source that no certificate has": (
        lambda d: field(d, "premises.area")["sources"][0].update(field="surface"),
        {("form.premises.fields.area.sources", "UNKNOWN_CERTIFICATE")},
    ),
}


def test_the_restaurant_itself_has_no_fault(restaurant_data, faces):
    assert faults(restaurant_data, faces)[0] == set()


@pytest.mark.parametrize("name", BREAKS)
def test_bad_66_each_way_to_break_it_is_refused_by_its_own_rule(name, restaurant_data, faces):
    damage, expected = BREAKS[name]
    damage(restaurant_data)
    assert faults(restaurant_data, faces)[0] == expected


def test_the_counter_example_is_the_shortest_that_shows_it(restaurant_data, faces):
    for name in ("food", "food_small"):
        step(restaurant_data, name)["when"] = "answers.premises.area > 50"
    _, problems = faults(restaurant_data, faces)
    example = problems[0].params["example"]
    assert set(example) == {"premises.area", "signboard.wanted"}
    assert example["premises.area"] <= 50
    assert example["signboard.wanted"] is False


def test_a_function_missing_in_one_district_is_told_with_that_district(restaurant_data, faces):
    districts = DISTRICTS | {"990103000000": FUNCTIONS - {"fire"}}
    found, problems = faults(restaurant_data, faces, districts)
    assert found == {
        ("route.survey.department", "DEPARTMENT_NOT_STAFFED"),
        ("route.fire.department", "DEPARTMENT_NOT_STAFFED"),
        ("route.fire_promise.department", "DEPARTMENT_NOT_STAFFED"),
    }
    assert all(problem.params["divisions"] == ["990103000000"] for problem in problems)


def test_thirteen_independent_conditions_are_too_complex(restaurant_data, faces):
    fields = restaurant_data["form"][-1]["fields"]
    for number in range(13):
        fields.append({"id": f"flag{number}", "label": "是否", "type": "boolean", "required": True})
        restaurant_data["route"].append(
            step(restaurant_data, "waste")
            | {"id": f"extra{number}", "when": f"answers.promises.flag{number}"}
        )
    assert faults(restaurant_data, faces)[0] == {("route", "ROUTE_TOO_COMPLEX")}


def test_all_faults_of_a_text_are_told_at_once_with_their_places(restaurant_data, faces):
    restaurant_data["colour"] = "red"
    restaurant_data["acceptance"] = "whenever"
    field(restaurant_data, "premises.area")["type"] = "surface"
    step(restaurant_data, "food").pop("within")
    restaurant_data["limits"]["promised"].pop("kind")
    found, _ = faults(restaurant_data, faces)
    assert found >= {
        ("colour", "UNKNOWN_KEY"),
        ("acceptance", "NOT_ALLOWED"),
        ("form.premises.fields.area.type", "NOT_ALLOWED"),
        ("route.food.within", "MISSING"),
        ("limits.promised.kind", "MISSING"),
    }
