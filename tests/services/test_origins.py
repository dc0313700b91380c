"""Sources beside certificates: how they are named, and what keeps a form that names a wrong one from publication."""

import pytest

from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.importing import load_definition
from services.origin_rules import named_items, origin_problems
from services.origins import BadSource, read_source
from tests.services.conftest import definition_text

TEXT = definition_text("fixtures/services/residence_permit.yaml")
PHONE = 'sources: ["case:000709111001.applicant.phone", person.phone]'
REGISTERS = ("EMPLOYMENT", "TENANCY", "ENROLMENT")
POST = "sources: [answers.residence.address]"


def told(old, new, registers=REGISTERS, forms=None):
    """{(place, rule)} of the residence permit with one source named otherwise."""
    assert old in TEXT
    try:
        definition = read_definition(load_definition(TEXT.replace(old, new)))
    except DefinitionInvalid as invalid:
        return {(p.field, p.params["rule"]) for p in invalid.problems}
    failures = origin_problems(definition, registers, forms or {})
    return {(p.field, p.params["rule"]) for p in failures}


AT_PHONE = "form.applicant.fields.phone.sources"
AT_POST = "form.promises.fields.post_address.sources"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (PHONE, "sources: [person.shoe_size]", (AT_PHONE, "UNKNOWN_RECORD_FIELD")),
        (PHONE, "sources: [person.name]", (AT_PHONE, "SOURCE_TYPE")),
        (PHONE, "sources: [enterprise.address]", (AT_PHONE, "SOURCE_OF_NOBODY")),
        (PHONE, "sources: [phonebook]", (AT_PHONE, "BAD_SOURCE")),
        (PHONE, "sources: [person.phone, person.phone]", (AT_PHONE, "TWICE")),
        (PHONE, "sources: person.phone", (AT_PHONE, "NOT_A_LIST")),
        (PHONE, 'sources: ["case:000709111009.a.b"]', (AT_PHONE, "UNKNOWN_ITEM")),
        (PHONE, 'sources: ["case:000709111001.a.b"]', (AT_PHONE, "UNKNOWN_PATH")),
        (PHONE, 'sources: ["case:000709111001.applicant.name"]', (AT_PHONE, "SOURCE_TYPE")),
        (PHONE, "sources: [answers.applicant.fax]", (AT_PHONE, "UNKNOWN_PATH")),
        (POST, "sources: [answers.promises.post_address]", (AT_POST, "COPY_CIRCLE")),
        (
            "verify:EMPLOYMENT.",
            "verify:HOROSCOPE.",
            ("form.employment.fields.employer.sources", "UNKNOWN_REGISTER"),
        ),
    ],
)
def test_a_source_that_is_not_there_or_does_not_fit_is_refused_at_its_place(old, new, fault):
    assert fault in told(old, new)


def test_sources_that_are_there_are_no_fault_and_keep_their_order():
    assert told(PHONE, PHONE) == set()
    definition = read_definition(load_definition(TEXT))
    phone = definition.form.field("applicant.phone")
    assert [origin.text for origin in phone.origins] == [
        "case:000709111001.applicant.phone",
        "person.phone",
    ]
    other = 'sources: ["ecert:RESIDENT_ID_CARD.name", "case:000511011000.applicant.phone"]'
    mixed = read_definition(load_definition(TEXT.replace(PHONE, other)))
    field = mixed.form.field("applicant.phone")
    assert [(s.type, s.field, s.holder) for s in field.sources] == [
        ("RESIDENT_ID_CARD", "name", "applicant")
    ]
    assert named_items(mixed) == {"000511011000"}
    assert origin_problems(mixed, REGISTERS, {"000511011000": definition.form}) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "person",
        "person.",
        "case:1.a.b",
        "case:000511011000.a",
        "answers.a",
        "verify:x",
        "ecert:A.b",
        "person.a.b",
    ],
)
def test_a_text_that_names_no_source_is_none(text):
    with pytest.raises(BadSource):
        read_source(text)


def test_an_item_of_fourteen_digits_is_named_like_any_other():
    named = read_source("case:00070911100102.applicant.phone")
    assert (named.name, named.path) == ("00070911100102", "applicant.phone")
