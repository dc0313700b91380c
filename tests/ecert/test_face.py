"""The types of the demo city and what fits their faces."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ecert.face import check_schema, face_problems, fields_of, masked
from ecert.numbering import check_rule
from people.errors import Refusal
from people.identifiers import credit_code

FOLDER = Path(__file__).parents[2] / "fixtures" / "certificates"
TYPES: dict[str, dict[str, Any]] = {
    kind["code"]: kind
    for kind in (yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml")))
}
HEALTH = {
    "name": "王明月",
    "id_number": "110101190001010014",
    "gender": "男",
    "examined_on": "2026-03-01",
    "result": "合格",
    "category": "食品",
}


@pytest.mark.parametrize("code", sorted(TYPES))
def test_each_type_is_whole(code: str) -> None:
    kind = TYPES[code]
    check_schema(kind["face_schema"], kind["face_labels"])
    check_rule(kind["number_rule"])
    assert credit_code(kind["type_code"][:18]) == kind["type_code"][:18]
    assert len(kind["type_code"]) == 21
    assert kind["type_code"][18:].isdigit()
    needed = set(kind["face_schema"]["required"]) - {"issuing_body"}
    assert needed <= set(kind["face_labels"]) <= set(fields_of(kind["face_schema"]))


def test_no_two_types_share_a_code() -> None:
    assert len({kind["type_code"] for kind in TYPES.values()}) == len(TYPES)


def test_a_face_that_fits_has_no_problem() -> None:
    assert face_problems(TYPES["HEALTH_CERTIFICATE"]["face_schema"], HEALTH) == []


def test_all_that_is_wrong_with_a_face_is_told_at_once_without_its_values() -> None:
    face = {**HEALTH, "id_number": "110101190001010015", "result": "不详", "colour": "红"}
    del face["name"], face["category"]
    problems = face_problems(TYPES["HEALTH_CERTIFICATE"]["face_schema"], face)
    assert [(p.code, p.field, p.params["rule"]) for p in problems] == [
        ("FACE_INVALID", "category", "required"),
        ("FACE_INVALID", "colour", "additionalProperties"),
        ("FACE_INVALID", "id_number", "id-number"),
        ("FACE_INVALID", "name", "required"),
        ("FACE_INVALID", "result", "enum"),
    ]
    assert "110101190001010015" not in repr(problems)


def test_a_day_that_does_not_exist_is_no_date() -> None:
    problems = face_problems(
        TYPES["HEALTH_CERTIFICATE"]["face_schema"], {**HEALTH, "examined_on": "2026-02-30"}
    )
    assert [(p.field, p.params["rule"]) for p in problems] == [("examined_on", "date")]


def test_a_place_inside_a_list_is_named() -> None:
    schema = TYPES["FOOD_BUSINESS_LICENCE"]["face_schema"]
    problems = face_problems(schema, {"business_items": ["热食类", ""]})
    assert "business_items.1" in [problem.field for problem in problems]


def test_a_personal_number_is_masked_and_nothing_else() -> None:
    shown = masked(TYPES["HEALTH_CERTIFICATE"]["face_schema"], HEALTH)
    assert shown.pop("id_number") == "110***********0014"
    assert shown == {name: value for name, value in HEALTH.items() if name != "id_number"}


@pytest.mark.parametrize(
    ("schema", "labels"),
    [
        ({"type": "wish"}, {}),
        ({"type": "object", "properties": {}}, {}),
        ({"type": "object", "properties": {}, "additionalProperties": False}, {"name": "名称"}),
    ],
)
def test_a_type_that_is_not_whole_is_refused(
    schema: dict[str, Any], labels: dict[str, str]
) -> None:
    with pytest.raises(Refusal, match="CERTIFICATE_TYPE_INVALID"):
        check_schema(schema, labels)


def test_the_number_of_another_than_the_holder_is_checked_and_masked_alike() -> None:
    schema = TYPES["MARRIAGE_CERTIFICATE"]["face_schema"]
    face = {"wife_name": "王明月", "wife_id_number": "110101190001010014"}
    assert masked(schema, face)["wife_id_number"] == "110***********0014"
    wrong = face_problems(schema, {**face, "wife_id_number": "110101190001010015"})
    assert ("wife_id_number", "other-id-number") in [(p.field, p.params["rule"]) for p in wrong]
