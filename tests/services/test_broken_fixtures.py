"""Every published route broken in at least twelve ways: each time the rule that it breaks refuses it (BAD-66)."""

from copy import deepcopy

import pytest

from config.env import ROOT
from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.history_words import history_in_words, told
from services.importing import load_definition
from services.soundness import prove

FIXTURES = sorted([*ROOT.glob("fixtures/services/*.yaml"), *ROOT.glob("fixtures/onething/*.yaml")])
LAKE, ROCK = "990102000000", "990103000000"
LEAST_WAYS = 12
TOLD_AS_EVENTS = {
    "STEP_WAITS_FOREVER",
    "QUORUM_UNREACHABLE",
    "NO_DECISION",
    "DEAD_STEP",
    "STEP_IN_VAIN",
    "PROMISE_TOO_SHORT",
    "RESULT_TWICE",
    "ISSUES_NOTHING",
    "DEPARTMENT_NOT_STAFFED",
    "UNKNOWN_DEPARTMENT",
    "OPINIONS_UNREACHABLE",
    "STEP_OVER_STATUTORY",
}


def approve(data):
    """The first step that decides."""
    return next(step for step in data["route"] if step["kind"] == "approve")


def another(data, **values):
    """One more step that informs, on the same form."""
    near = approve(data)
    step = {key: near[key] for key in ("department", "within", "reads")} | {"id": "another"}
    data["route"].append(step | {"name": "另一环节", "kind": "advise"} | values)
    return "route.another"


def like(data, step, **values):
    """One more step like another, in the same part of a bundle."""
    data["route"].append({**step, "id": "another", "before": []} | values)
    for part in data.get("parts", ()):
        if step["id"] in part["steps"]:
            part["steps"].append("another")


def fields(data, *types):
    """{path: field} of the form, of some types."""
    return {
        f"{section['id']}.{field['id']}": field
        for section in data["form"]
        for field in section["fields"]
        if field["type"] in types
    }


def sometimes(data):
    """A condition that holds for some answers and not for others; None when the form has none such."""
    for path, field in fields(data, "boolean", "choice").items():
        if field["type"] == "boolean":
            return f"answers.{path}"
        return f'answers.{path} == "{next(iter(field["options"]))}"'
    return None


def place_of(step, key=""):
    return ".".join(filter(None, ["route", step["id"], key]))


def circle(data):
    step = approve(data)
    another(data, before=[step["id"]])
    step["before"] = [*step.get("before", []), "another"]
    return place_of(step)


def after_itself(data):
    step = approve(data)
    step["before"] = [*step.get("before", []), step["id"]]
    return place_of(step)


def joined_on_a_step_that_may_be_skipped(data):
    text = sometimes(data)
    if text is None:
        return None
    deciding = [step for step in data["route"] if step["kind"] == "approve"]
    deciding[-1]["when"] = text
    data.update(join="quorum", quorum=len(deciding))
    return "quorum"


def impossible_quorum(data):
    data.update(join="quorum", quorum=sum(s["kind"] == "approve" for s in data["route"]) + 1)
    return "quorum"


def no_decision(data):
    text = sometimes(data)
    if text is None:
        return None
    for step in data["route"]:
        if step["kind"] == "approve":
            step["when"] = text
    return "route"


def in_vain(data):
    step = approve(data)
    data["join"] = "any"
    like(data, step, when=None)
    step["before"] = [*step.get("before", []), "another"]
    return "route.another"


def never_called(data):
    text = sometimes(data)
    return None if text is None else another(data, when=f"{text} && !({text})")


def wrong_type(data):
    paths = list(fields(data, "text", "long_text", "boolean"))
    if not paths:
        return None
    approve(data)["when"] = f"answers.{paths[0]} > 3"
    return place_of(approve(data), "when")


def promise_too_short(data):
    data["limits"]["promised"]["days"] = 0
    return "limits.promised"


def promise_over_the_law(data):
    promised = data["limits"]["promised"]
    data["limits"]["statutory"] = {**promised, "days": promised["days"] - 1}
    return "limits.promised"


def over_its_own_law(data):
    step = approve(data)
    step["statutory"] = {**step["within"], "days": 0, "basis": "b"}
    return place_of(step, "statutory")


def orphan_result(data):
    data["results"].append({**data["results"][0], "code": "ANOTHER_PERMIT"})
    return "results.ANOTHER_PERMIT"


def no_decision_for_a_result(data):
    step = approve(data)
    code = step.pop("result")
    step.update(kind="advise")
    return f"results.{code}"


def granted_twice(data):
    like(data, approve(data))
    return f"results.{approve(data)['result']}"


def no_steps(data):
    data.update(route=[])
    data.pop("parts", None)
    return "route"


def too_complex(data):
    flags = [f"flag{number}" for number in range(13)]
    made = [{"id": flag, "label": "是否", "type": "boolean", "required": True} for flag in flags]
    data["form"].append({"id": "flags", "label": "标志", "fields": made})
    for flag in flags:
        another(data, id=f"of_{flag}", when=f"answers.flags.{flag}")
    return "route"


def of_the_step(key, value):
    """A way that sets one key of the deciding step."""

    def damage(data):
        step = approve(data)
        step[key] = value(step) if callable(value) else value
        return place_of(step, key)

    return damage


def of_another(key="", **values):
    """A way that adds a step with a fault."""
    return lambda data: ".".join(filter(None, [another(data, **values), key]))


WAYS = {
    "a circle of two": (circle, "STEP_WAITS_FOREVER"),
    "a step after itself": (after_itself, "STEP_WAITS_FOREVER"),
    "a join on a step that may be skipped": (
        joined_on_a_step_that_may_be_skipped,
        "QUORUM_UNREACHABLE",
    ),
    "an impossible quorum": (impossible_quorum, "QUORUM_UNREACHABLE"),
    "cases that nobody decides": (no_decision, "NO_DECISION"),
    "a step that never gets its turn": (in_vain, "STEP_IN_VAIN"),
    "a condition that is never true": (never_called, "DEAD_STEP"),
    "a condition on an unknown field": (
        of_the_step("when", "answers.nowhere.nothing"),
        "CONDITION_FIELD",
    ),
    "a condition of the wrong type": (wrong_type, "CONDITION_TYPE"),
    "a promise that its path breaks": (promise_too_short, "PROMISE_TOO_SHORT"),
    "a promise over the law": (promise_over_the_law, "PROMISE_OVER_STATUTORY"),
    "a decision over its own law": (over_its_own_law, "STEP_OVER_STATUTORY"),
    "a licence by silence": (of_the_step("on_silence", "consent"), "SILENCE_GRANTS_NOTHING"),
    "a result without its step": (orphan_result, "RESULT_WITHOUT_STEP"),
    "an advice where a decision is due": (no_decision_for_a_result, "RESULT_WITHOUT_STEP"),
    "a result granted twice": (granted_twice, "RESULT_TWICE"),
    "an unknown department": (of_the_step("department", "astronomy"), "UNKNOWN_DEPARTMENT"),
    "two departments for one decision": (
        of_the_step("department", lambda step: [step["department"], "fire_brigade"]),
        "ONE_DEPARTMENT",
    ),
    "a step that reads nothing": (of_the_step("reads", []), "READS_NOTHING"),
    "a step that reads what is not there": (
        of_the_step("reads", lambda step: [*step["reads"], "materials.nothing"]),
        "UNKNOWN_PATH",
    ),
    "a step before one that is not there": (of_the_step("before", ["nobody"]), "UNKNOWN_STEP"),
    "a decision without its item": (of_the_step("item", None), "APPROVE_INCOMPLETE"),
    "a kind of step that nobody knows": (of_the_step("kind", "decide"), "NOT_ALLOWED"),
    "a step without its time": (of_the_step("within", None), "MISSING"),
    "a place that is no division": (of_the_step("at", "answers.nowhere.nothing"), "NOT_A_DIVISION"),
    "more opinions than people": (of_the_step("opinions", 9), "OPINIONS_UNREACHABLE"),
    "a decision that stops the clock": (of_the_step("stop", "hearing"), "STOP_OF_EVALUATION"),
    "an evaluation by an unknown stop": (
        of_another("stop", kind="evaluate", stop="siesta"),
        "UNKNOWN_STOP",
    ),
    "issuing what nobody granted": (of_another(kind="issue"), "ISSUES_NOTHING"),
    "a step in a group that is not there": (of_another("group", group="lost"), "UNKNOWN_GROUP"),
    "an advice that grants": (of_another("result", result="ANY_PERMIT"), "ONLY_APPROVE_GRANTS"),
    "a quorum without its join": (
        lambda data: (data.update(quorum=2), "quorum")[1],
        "QUORUM_OF_JOIN",
    ),
    "no steps at all": (no_steps, "ROUTE_EMPTY"),
    "more combinations than can be tried": (too_complex, "ROUTE_TOO_COMPLEX"),
}


def problems(data, faces, staffed):
    """Everything that reading or proving tells."""
    try:
        return prove(read_definition(data), staffed, faces).failures
    except DefinitionInvalid as invalid:
        return invalid.problems


def staff_of(data):
    """Three people for every function that the item names, in two divisions."""
    named = {data["lead"], "fire_brigade"}
    for step in data["route"]:
        department = step["department"]
        named |= {department} if isinstance(department, str) else set(department)
    return {LAKE: dict.fromkeys(named, 3), ROCK: dict.fromkeys(named, 3)}


def refusals(data, faces):
    """{name of a way: (rule, its problem)} for each way that applies."""
    for name, (damage, rule) in WAYS.items():
        broken = deepcopy(data)
        place = damage(broken)
        if place is not None:
            found = problems(broken, faces, staff_of(data))
            named = [p for p in found if (p.field, p.params.get("rule", p.code)) == (place, rule)]
            yield name, rule, place, named, found


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_bad_66_a_published_route_broken_in_any_way_is_refused_by_the_right_rule(path, faces):
    data = load_definition(path.read_text(encoding="utf-8"))
    assert not problems(data, faces, staff_of(data)), "the fixture itself is sound"
    ways = 0
    for name, rule, place, named, found in refusals(data, faces):
        assert named, f"{name}: {place} {rule} is not among {[told(p)[0] for p in found]}"
        if rule in TOLD_AS_EVENTS:
            assert len(history_in_words(named[0])) >= 1, name
        ways += 1
    assert ways >= LEAST_WAYS


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_bad_66_a_department_without_officers_in_one_division_is_named_with_it(path, faces):
    data = load_definition(path.read_text(encoding="utf-8"))
    staffed = staff_of(data)
    step = approve(data)
    del staffed[ROCK][step["department"]]
    found = {(p.field, p.params.get("rule")): p for p in problems(data, faces, staffed)}
    problem = found[place_of(step, "department"), "DEPARTMENT_NOT_STAFFED"]
    assert problem.params["divisions"] == [ROCK]
    assert history_in_words(problem)[-1].endswith(f"没有能够办理的人员：{ROCK}")
