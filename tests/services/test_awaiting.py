"""A step reads an earlier result only where it is surely there: the newborn's bundle, broken one way at a time."""

import pytest

from services.definition import read_definition
from services.importing import load_definition
from tests.services.conftest import definition_text
from tests.services.test_broken_restaurant import faults, field, material, step

FUNCTIONS = {"health", "public_security", "medical_insurance", "human_resources"}
DISTRICTS = {"990102000000": FUNCTIONS}


@pytest.fixture
def newborn() -> dict:
    return load_definition(definition_text("fixtures/onething/newborn.yaml"))


def test_the_bundle_itself_is_sound_and_asks_for_nothing_that_it_will_issue(newborn, faces):
    assert faults(newborn, faces, DISTRICTS)[0] == set()
    form = read_definition(newborn).form
    awaited = [one for one in form.fields if one.awaited]
    assert {one.awaited for one in awaited} == {"BIRTH_MEDICAL_CERTIFICATE", "CHILD_REGISTER_PAGE"}
    assert not any(one.needed({}) for one in awaited)


BREAKS = {
    "a reader beside the step that issues": (
        lambda d: step(d, "birth").update(before=[]),
        {("route.registration.reads", "RESULT_READ_TOO_EARLY")},
    ),
    "a reader that is the step that issues": (
        lambda d: step(d, "birth")["reads"].append("certificate.number"),
        {("route.birth.reads", "RESULT_READ_TOO_EARLY")},
    ),
    "a result that some answers leave out": (
        lambda d: step(d, "birth").update(when="answers.parents.married"),
        {("route.registration.reads", "RESULT_READ_TOO_EARLY")},
    ),
    "a result that no step issues": (
        lambda d: field(d, "certificate.number")["sources"][0].update(result="RESIDENT_ID_CARD"),
        {("form.certificate.fields.number.sources", "RESULT_NOT_MADE")},
    ),
    "a field that is asked for as well": (
        lambda d: field(d, "certificate.number").update(required=True),
        {("form.certificate.fields.number.sources", "RESULT_ASKED")},
    ),
    "a field from a held certificate or a result": (
        lambda d: field(d, "certificate.mother_name")["sources"].append(
            {"type": "MARRIAGE_CERTIFICATE", "field": "wife_name", "holder": "applicant"}
        ),
        {("form.certificate.fields.mother_name.sources", "RESULT_MIXED")},
    ),
    "a face field that may be empty": (
        lambda d: field(d, "certificate.mother_name")["sources"][0].update(field="father_name"),
        {("form.certificate.fields.mother_name.sources", "RESULT_MAY_LACK")},
    ),
    "a face field that is not there": (
        lambda d: field(d, "certificate.mother_name")["sources"][0].update(field="godmother"),
        {
            ("form.certificate.fields.mother_name.sources", "UNKNOWN_CERTIFICATE"),
            ("form.certificate.fields.mother_name.sources", "RESULT_MAY_LACK"),
        },
    ),
    "a condition that only the result decides": (
        lambda d: step(d, "card").update(when='answers.registration.gender == "女"'),
        {("route.card.when", "RESULT_IN_CONDITION")},
    ),
    "a material that only the result makes": (
        lambda d: material(d, "application").update(paths=["certificate.number"]),
        {("materials.application.paths", "RESULT_IN_MATERIAL")},
    ),
    "results that come with the last decision": (
        lambda d: d.update(join="all"),
        {
            (f"form.{path}.sources", "RESULT_COMES_LAST")
            for path in (
                *(
                    f"certificate.fields.{name}"
                    for name in (
                        "number",
                        "issued_on",
                        "child_name",
                        "gender",
                        "born_on",
                        "mother_name",
                        "hospital",
                    )
                ),
                *(
                    f"registration.fields.{name}"
                    for name in (
                        "page_number",
                        "registered_on",
                        "name",
                        "gender",
                        "birth_date",
                        "household_number",
                        "address",
                    )
                ),
            )
        },
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_bad_66_a_result_that_is_not_there_in_time_is_refused_at_its_place(newborn, faces, name):
    break_it, expected = BREAKS[name]
    break_it(newborn)
    found, _ = faults(newborn, faces, DISTRICTS)
    assert expected <= found


def test_the_answers_that_leave_the_result_out_are_told(newborn, faces):
    step(newborn, "birth").update(when="answers.parents.married")
    problems = faults(newborn, faces, DISTRICTS)[1]
    early = next(p for p in problems if p.params.get("rule") == "RESULT_READ_TOO_EARLY")
    assert early.params["example"] == {"parents.married": False}
