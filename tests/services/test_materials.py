"""Materials: each mode is fulfilled in its own way, and what is missing is told (BAD-54)."""

import pytest

from services.conditions import parse_condition
from services.fields import Field, Option
from services.form import Form, Section
from services.limits import Duration, Limit, as_duration
from services.materials import Material, material_problems
from services.results import Result, face_of

OPTIONS = (Option("hot", "热食类食品制售"), Option("cold", "冷食类食品制售"))
FORM = Form(
    (
        Section(
            "a",
            "",
            (
                Field("a.name", "", "text"),
                Field("a.agreed", "", "boolean"),
                Field("a.owned", "", "boolean"),
                Field("a.kind", "", "choice", options=OPTIONS),
                Field("a.items", "", "choices", options=OPTIONS),
                Field("a.area", "", "number"),
            ),
        ),
    )
)
OWNED = parse_condition("answers.a.owned", FORM)


@pytest.mark.parametrize(
    ("material", "answers", "linked", "missing"),
    [
        (Material("m", "", "form_generated", paths=("a.name",)), {"name": "x"}, set(), False),
        (
            Material("m", "", "form_generated", paths=("a.name", "a.area")),
            {"name": "x"},
            set(),
            True,
        ),
        (Material("m", "", "promise", paths=("a.agreed",)), {"agreed": True}, set(), False),
        (Material("m", "", "promise", paths=("a.agreed",)), {"agreed": False}, set(), True),
        (Material("m", "", "promise", paths=("a.agreed",)), {}, set(), True),
        (Material("m", "", "cert_linked", certificate="T"), {}, {"T"}, False),
        (Material("m", "", "cert_linked", certificate="T"), {}, {"U"}, True),
        (Material("m", "", "data_verified", certificate="T"), {}, {"T"}, False),
        (Material("m", "", "data_verified", certificate="T"), {}, set(), True),
        (Material("m", "", "data_verified", paths=("a.name",)), {"name": "x"}, set(), False),
        (Material("m", "", "upload"), {}, {"T"}, True),
        (Material("m", "", "upload", required=False), {}, set(), False),
        (Material("m", "", "cert_linked", certificate="T", required_when=OWNED), {}, set(), False),
        (
            Material("m", "", "cert_linked", certificate="T", required_when=OWNED),
            {"owned": True},
            set(),
            True,
        ),
    ],
)
def test_bad_54_a_material_is_missing_exactly_when_its_way_is_not_fulfilled(
    material, answers, linked, missing
):
    found = material_problems([material], {"a": answers}, linked)
    assert [(p.code, p.field) for p in found] == [("MATERIAL_MISSING", "materials.m")] * missing


def test_all_missing_materials_are_told_at_once():
    materials = [Material(str(n), "", "promise", paths=("a.agreed",)) for n in range(3)]
    assert len(material_problems(materials, {}, set())) == 3


def test_a_face_says_choices_in_words_and_leaves_out_what_is_missing():
    result = Result(
        "T", "", {"n": "a.name", "k": "a.kind", "i": "a.items", "s": "a.area", "x": "a.z"}
    )
    answers = {"a": {"kind": "hot", "items": ["hot", "cold"], "area": 320.5}}
    assert face_of(result, FORM, answers) == {
        "k": "热食类食品制售",
        "i": "热食类食品制售、冷食类食品制售",
        "s": 320.5,
    }


@pytest.mark.parametrize(
    ("duration", "limit", "fits"),
    [
        (Duration(10, 0), Limit(10, "working"), True),
        (Duration(11, 0), Limit(10, "working"), False),
        (Duration(5, 5), Limit(10, "working"), True),
        (Duration(5, 6), Limit(10, "working"), False),
        (Duration(0, 10), Limit(10, "calendar"), True),
        (Duration(1, 0), Limit(10, "calendar"), False),
        (Duration(1, 0), Limit(12, "calendar"), True),
        (Duration(10, 0), Limit(23, "calendar"), True),
        (Duration(10, 0), Limit(22, "calendar"), False),
    ],
)
def test_a_duration_fits_only_when_it_does_whatever_the_calendar_says(duration, limit, fits):
    assert duration.fits(limit) is fits


def test_a_limit_as_a_duration_keeps_its_kind():
    assert as_duration(Limit(3, "calendar")) == Duration(0, 3)
    assert Duration(1, 1).then(Limit(2, "working")).then(None) == Duration(3, 1)
