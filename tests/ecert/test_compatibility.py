"""What a used type may still become: fields are added and rules widened, nothing is taken away."""

import copy
from pathlib import Path

import pytest
import yaml

from ecert.compatibility import incompatible
from ecert.errors import CERTIFICATE_TYPE_INVALID
from ecert.face import face_problems
from ecert.face_text import face_text, read_face_text
from people.errors import Refusal

FOLDER = Path(__file__).parents[2] / "fixtures" / "certificates"
TYPES = {
    kind["code"]: kind for kind in map(yaml.safe_load, (p.read_text() for p in FOLDER.glob("*")))
}
FREIGHT = TYPES["ROAD_FREIGHT_LICENCE"]
FACE = {
    "name": "云澜货运有限公司",
    "credit_code": "91990100MA0000007T",
    "legal_representative": "王一",
    "address": "云澜市",
    "scope": "普通货运",
}


def changed(**rules):
    """The freight licence with rules of `scope`, or with whole columns, exchanged."""
    kind = copy.deepcopy(FREIGHT)
    kind.update({name: value for name, value in rules.items() if name in kind})
    kind["face_schema"]["properties"]["scope"].update(
        {name: value for name, value in rules.items() if name not in kind}
    )
    return kind


def refused_for(new):
    return [(one.field, one.params["reason"]) for one in incompatible(FREIGHT, new)]


@pytest.mark.parametrize(
    "rules",
    [
        {"name": "道路货物运输许可证", "validity_months": None, "grade": "B"},
        {"holder_kind": "either"},
        {"maxLength": 400, "minLength": 0, "title": "范围"},
        {"type": ["string", "array"]},
        {"design": {"accent": "blue"}, "face_labels": {"name": "业户"}},
    ],
)
def test_what_is_wider_or_only_looks_different_may_change(rules):
    assert refused_for(changed(**rules)) == []


@pytest.mark.parametrize(
    ("rules", "field", "reason"),
    [
        ({"maxLength": 100}, "face.scope", "NARROWED"),
        ({"minLength": 2}, "face.scope", "NARROWED"),
        ({"enum": ["普通货运"]}, "face.scope", "NARROWED"),
        ({"pattern": "^普"}, "face.scope", "NARROWED"),
        ({"format": "id-number"}, "face.scope", "NARROWED"),
        ({"type": "number"}, "face.scope", "NARROWED"),
        ({"holder_kind": "person"}, "holder_kind", "HOLDER"),
        ({"type_code": "11990000000030242A009"}, "type_code", "FIXED"),
        ({"number_rule": "{year}{sequence:6}"}, "number_rule", "FIXED"),
        ({"issuer_function": "fire"}, "issuer_function", "FIXED"),
    ],
)
def test_what_would_make_a_valid_face_invalid_or_a_given_number_untrue_may_not(
    rules, field, reason
):
    assert refused_for(changed(**rules)) == [(field, reason)]


def test_a_field_is_added_only_as_optional_and_none_is_taken():
    kind = changed()
    kind["face_schema"]["properties"]["fleet"] = {"type": "integer"}
    assert refused_for(kind) == []
    assert face_problems(kind["face_schema"], FACE) == face_problems(FREIGHT["face_schema"], FACE)
    kind["face_schema"]["required"].append("fleet")
    del kind["face_schema"]["properties"]["scope"]
    kind["face_schema"]["required"].remove("scope")
    assert refused_for(kind) == [("face.scope", "REMOVED"), ("face.fleet", "REQUIRED")]


@pytest.mark.parametrize("code", sorted(TYPES))
def test_each_face_is_the_same_after_people_have_read_and_written_it(code):
    kind = TYPES[code]
    schema, labels = read_face_text(face_text(kind["face_schema"], kind["face_labels"]))
    assert schema["properties"] == kind["face_schema"]["properties"]
    assert sorted(schema["required"]) == sorted(kind["face_schema"].get("required", []))
    assert list(labels.items()) == list(kind["face_labels"].items())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [", "yaml"),
        ("a: &x {type: string}\nb: *x", "anchors"),
        ("a: {type: string, $ref: 'http://x'}", "fields"),
        ("业户: {type: string}", ""),
        ("a-b: {type: string}", "fields"),
        ("[1]", "fields"),
        ("a: " + "[" * 9000, "yaml"),
        ("a" * 30_001, "too large"),
    ],
)
def test_bad_16_a_face_that_is_no_list_of_fields_is_refused_with_its_reason(text, reason):
    if not reason:
        assert read_face_text(text)[0]["properties"] == {"业户": {"type": "string"}}
        return
    with pytest.raises(Refusal) as refused:
        read_face_text(text)
    problem = refused.value.problems[0]
    assert (problem.code, problem.params["reason"]) == (CERTIFICATE_TYPE_INVALID, reason)
