"""A definition from anywhere is read or refused with places, and never breaks its reader."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.definition import digest_of, read_definition
from services.errors import DefinitionInvalid
from services.importing import load_definition
from services.lint_facts import Facts
from services.lint_words import told
from services.linting import lint_draft
from services.soundness import prove
from tests.long_run import examples
from tests.services.conftest import definition_text

SIGNBOARD = load_definition(definition_text("fixtures/services/signboard.yaml"))
FACTS = Facts({"营业执照": "BUSINESS_LICENCE"}, {"就业登记": "EMPLOYMENT"})
DISTRICTS = {"990102000000": {"urban_management"}}
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(
        ["", "x", "a b", "answers.signboard.lit", "2020-13-01", "signboard", "\ud800"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "days", "kind", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(data, prefix=()):
    """Every place inside plain data, as keys to follow."""
    yield prefix
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for key, value in inner:
        yield from places(value, (*prefix, key))


PLACES = [place for place in places(SIGNBOARD) if place]


def put(data, place, value):
    """Plain data with one place replaced."""
    changed = deepcopy(data)
    target = changed
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    return changed


@settings(max_examples=examples(400))
@given(st.sampled_from(PLACES), ODD)
def test_whatever_stands_at_one_place_is_read_or_refused_with_places(faces, place, odd):
    data = put(SIGNBOARD, place, odd)
    assert all(told(finding).suggestion for finding in lint_draft(data, FACTS))
    try:
        proof = prove(read_definition(data), DISTRICTS, faces)
    except DefinitionInvalid as invalid:
        problems = invalid.problems
    else:
        problems = proof.failures
    assert all(
        problem.code == "DEFINITION_INVALID" and problem.params["rule"] for problem in problems
    )


NAMED = [p for p in PLACES if isinstance(p[-1], str) and p[-2:-1] not in {("options",), ("face",)}]


@pytest.mark.parametrize("place", NAMED, ids=lambda place: ".".join(map(str, place)))
def test_a_misspelt_key_is_told_and_never_ignored(place):
    data = deepcopy(SIGNBOARD)
    target = data
    for key in place[:-1]:
        target = target[key]
    target[f"{place[-1]}_"] = target.pop(place[-1])
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(data)
    assert "UNKNOWN_KEY" in {problem.params["rule"] for problem in invalid.value.problems}


def test_the_licensing_laws_numbers_are_defaults_of_type_01_only():
    limits = read_definition(SIGNBOARD).limits
    assert (limits.notice.days, limits.extension.days, limits.delivery.days) == (5, 10, 10)
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(put(SIGNBOARD, ("type",), "20"))
    assert {p.field for p in invalid.value.problems} == {"limits.notice", "limits.delivery"}


def test_a_joint_licence_has_the_longer_legal_limits(restaurant_data):
    for key in ("notice", "statutory", "extension"):
        restaurant_data["limits"].pop(key)
    limits = read_definition(restaurant_data).limits
    assert (limits.statutory.days, limits.extension.days) == (45, 15)


def test_the_digest_depends_on_what_is_said_and_not_on_its_order():
    turned = dict(reversed(SIGNBOARD.items()))
    assert digest_of(turned) == digest_of(SIGNBOARD)
    assert digest_of(put(SIGNBOARD, ("name",), "另一个")) != digest_of(SIGNBOARD)


@pytest.mark.parametrize(
    ("change", "place", "rule"),
    [
        ({"id": "in"}, "form.signboard.fields.in.id", "BAD_NAME"),
        ({"id": "Text"}, "form.signboard.fields.Text.id", "BAD_NAME"),
        ({"id": "lit"}, "form.signboard.fields.lit", "TWICE"),
        ({"type": "choice"}, "form.signboard.fields.text.options", "OPTIONS_OF_CHOICES_ONLY"),
        ({"options": {"a": "甲"}}, "form.signboard.fields.text.options", "OPTIONS_OF_CHOICES_ONLY"),
        ({"type": "rows"}, "form.signboard.fields.text.columns", "COLUMNS_OF_ROWS_ONLY"),
        ({"minimum": 2, "maximum": 1}, "form.signboard.fields.text.minimum", "EMPTY_RANGE"),
        ({"label": "规格\u202e格规"}, "form.signboard.fields.text.label", "HIDDEN_CHARACTER"),
        ({"help": "第一行\n第二\x07行"}, "form.signboard.fields.text.help", "HIDDEN_CHARACTER"),
        ({"earliest": "2025-02-29"}, "form.signboard.fields.text.earliest", "NOT_A_DAY"),
        (
            {"required_when": "answers.x.y"},
            "form.signboard.fields.text.required_when",
            "CONDITION_FIELD",
        ),
    ],
)
def test_a_field_that_makes_no_sense_is_refused_at_its_place(change, place, rule):
    data = deepcopy(SIGNBOARD)
    data["form"][1]["fields"][2].update(change)
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(data)
    assert (place, rule) in {(p.field, p.params["rule"]) for p in invalid.value.problems}
