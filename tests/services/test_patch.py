"""What a region may change: faster and less to ask for; never more, never what an act lays down."""

from copy import deepcopy

import pytest

from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.patch import apply_patch
from services.patch_rules import regional_problems


def patched(data, *ops):
    return apply_patch(data, {"reason": "本市提速", "ops": list(ops)})


def put(at, value):
    return {"op": "set", "at": at, "value": value}


def rules_of(standard, *ops):
    return {p.params["rule"] for p in regional_problems(standard, patched(standard, *ops))}


@pytest.fixture
def standard(restaurant_data):
    """The restaurant with one material that is sent as a file and a guide."""
    restaurant_data["materials"].append(
        {"id": "plan", "name": "平面图", "mode": "upload", "accept": ["application/pdf"]}
    )
    restaurant_data["guide"] = {
        "visits": 1,
        "visits_reason": "核验原件",
        "contacts": {"enquiry": "12345"},
        "fees": [{"name": "工本费", "standard": "10元", "basis": "《价格法》"}],
        "questions": [{"question": "要多久", "answer": "十天"}],
    }
    return restaurant_data


def fire_within(days):
    return put("route.fire.within", {"days": days, "kind": "working"})


ALLOWED = [
    put("limits.notice", {"days": 1, "kind": "working"}),
    put("limits.correction.days", 60),
    put("route.fire.within.days", 1),
    put("route.fire.department", ["approval_bureau"]),
    put("lead", "approval_bureau"),
    put("acceptance", "automatic"),
    put("materials.plan.mode", "promise"),
    put("materials.plan.required", False),
    put("materials.plan.required_when", "answers.premises.area > 300"),
    put("summary", "明湖区一窗受理"),
    put("guide.visits", 0),
    put("guide.contacts.enquiry", "12329"),
    put("guide.questions.要多久.answer", "三天"),
    {"op": "add", "at": "guide.questions", "value": {"question": "在哪里", "answer": "大厅"}},
    {"op": "remove", "at": "materials.plan"},
    {"op": "remove", "at": "guide.fees.工本费"},
]


@pytest.mark.parametrize("op", ALLOWED, ids=lambda op: op["at"])
def test_a_region_may_be_faster_ask_less_and_name_its_own_offices(standard, op):
    before = deepcopy(standard)
    assert rules_of(standard, op) == set()
    assert standard == before


REFUSED = [
    (put("code", "990102000000"), "NOT_REGIONAL"),
    (put("type", "20"), "NOT_REGIONAL"),
    (put("audience", ["person"]), "NOT_REGIONAL"),
    (put("remedies.review_days", 30), "NOT_REGIONAL"),
    (put("limits.statutory", {"days": 5, "kind": "working"}), "NOT_REGIONAL"),
    (put("route.fire.basis", ["本区规定"]), "NOT_REGIONAL"),
    (put("route.fire.on_silence", "consent"), "NOT_REGIONAL"),
    (put("join", "all"), "NOT_REGIONAL"),
    ({"op": "remove", "at": "route.fire"}, "NOT_REGIONAL"),
    ({"op": "add", "at": "conditions", "value": "注册资本十万元以上"}, "NOT_REGIONAL"),
    (put("limits.promised", {"days": 99, "kind": "working"}), "REGION_SLOWER"),
    (put("limits.promised.days", True), "REGION_SLOWER"),
    (put("limits.correction.days", 1), "REGION_SLOWER"),
    (fire_within(30), "REGION_SLOWER"),
    ({"op": "add", "at": "materials", "value": {"id": "x", "mode": "upload"}}, "REGION_ASKS_MORE"),
    (put("guide.visits", 2), "REGION_ASKS_MORE"),
    (put("guide.quantity_limit", "每年十户"), "REGION_ASKS_MORE"),
    (
        {"op": "add", "at": "guide.fees", "value": {"name": "手续费", "standard": "1元"}},
        "REGION_ASKS_MORE",
    ),
    (put("materials.plan.accept", []), "REGION_ASKS_MORE"),
]


@pytest.mark.parametrize(("op", "rule"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_region_never_asks_more_waits_longer_or_touches_what_an_act_lays_down(standard, op, rule):
    assert rules_of(standard, op) == {rule}


def test_a_linked_certificate_never_becomes_an_upload(standard):
    linked = next(m for m in standard["materials"] if m["mode"] == "cert_linked")
    assert rules_of(standard, put(f"materials.{linked['id']}.mode", "upload")) == {
        "REGION_ASKS_MORE"
    }


@pytest.mark.parametrize(
    ("op", "rule"),
    [
        (put("route.gone.within.days", 3), "PATCH_PLACE_GONE"),
        ({"op": "remove", "at": "materials.gone"}, "PATCH_PLACE_GONE"),
        ({"op": "remove", "at": "conditions", "value": "没有这一条"}, "PATCH_PLACE_GONE"),
        ({"op": "add", "at": "limits", "value": 1}, "PATCH_NO_LIST"),
        ({"op": "add", "at": "materials", "value": {"id": "plan"}}, "PATCH_TAKEN"),
        ({"op": "add", "at": "materials"}, "MISSING"),
        ({"op": "add", "at": "materials", "value": "\x00"}, "NOT_PLAIN"),
        ({"op": "set", "at": "a..b", "value": 1}, "BAD_NAME"),
        ({"op": "move", "at": "materials", "value": 1}, "NOT_ALLOWED"),
        ({"op": "set", "at": "summary", "value": 1, "why": "x"}, "UNKNOWN_KEY"),
    ],
    ids=str,
)
def test_an_op_that_does_not_fit_the_standard_is_told_with_its_number(standard, op, rule):
    with pytest.raises(DefinitionInvalid) as refused:
        patched(standard, put("summary", "简介"), op)
    assert [(p.field.split(".")[2], p.params["rule"]) for p in refused.value.problems] == [
        ("1", rule)
    ]


def test_what_a_region_states_is_read_like_any_definition(standard):
    with pytest.raises(DefinitionInvalid):
        read_definition(patched(standard, put("guide.visits", "零")))
    assert read_definition(patched(standard, fire_within(1))).route.step("fire").within.days == 1
