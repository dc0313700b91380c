"""Prefill: which value wins, where it came from, and that nothing is invented (INV-23)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecert.prefill import Held, Source, UnknownRule, Wanted, fill, fill_from, needed_fields

ON = date(2026, 6, 1)
READ_AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LICENCE = Held(
    certificate_id=UUID(int=1),
    identifier="A",
    type="BUSINESS_LICENCE",
    version=1,
    issuer="market_regulation.990102000000",
    grade="A",
    status="valid",
    issued_on=date(2020, 1, 1),
    valid_from=date(2020, 1, 1),
    valid_until=None,
    holder="applicant",
    face={"name": "云澜小馆", "address": "青石路1号", "area": "120.5平方米"},
    read_at=READ_AT,
)
NAME = Wanted("applicant.name", (Source("BUSINESS_LICENCE", "name"),))
NEWER = replace(LICENCE, certificate_id=UUID(int=2), identifier="B", issued_on=date(2024, 1, 1))


def test_a_value_comes_with_its_source() -> None:
    (value,) = fill([NAME], [LICENCE], ON)
    assert (value.path, value.value, value.field) == ("applicant.name", "云澜小馆", "name")
    assert (value.type, value.identifier) == ("BUSINESS_LICENCE", "A")
    assert (value.certificate_id, value.version) == (UUID(int=1), 1)
    assert value.issuer == "market_regulation.990102000000"
    assert (value.grade, value.authoritative, value.read_at) == ("A", True, READ_AT)
    assert value.conflicts == ()


@pytest.mark.parametrize("status", ["issuing", "suspended", "revoked", "cancelled", "superseded"])
def test_only_a_valid_certificate_fills(status: str) -> None:
    assert fill([NAME], [replace(LICENCE, status=status)], ON) == []


def test_what_a_case_issued_fills_it_whatever_became_of_it_since() -> None:
    wanted = Wanted("premises.name", (Source("BUSINESS_LICENCE", "name", is_result=True),))
    (value,) = fill_from([wanted, NAME], replace(LICENCE, status="revoked"))[:1]
    assert (value.path, value.value, value.authoritative) == ("premises.name", "云澜小馆", True)
    assert (
        fill_from([replace(wanted, sources=(Source("HEALTH_CERTIFICATE", "name"),))], LICENCE) == []
    )


def test_an_expired_or_future_certificate_fills_nothing() -> None:
    assert fill([NAME], [replace(LICENCE, valid_until=date(2026, 5, 31))], ON) == []
    assert fill([NAME], [replace(LICENCE, valid_from=date(2026, 6, 2))], ON) == []


def test_the_better_grade_wins_over_the_newer_certificate() -> None:
    declared = replace(NEWER, grade="D", face={"name": "自报名称"})
    (value,) = fill([NAME], [declared, LICENCE], ON)
    assert value.value == "云澜小馆"
    assert value.conflicts == ("B",)
    assert value.authoritative


def test_of_equal_grade_the_newer_wins_and_the_dispute_is_not_authoritative() -> None:
    (value,) = fill([NAME], [LICENCE, replace(NEWER, face={"name": "云澜大馆"})], ON)
    assert value.value == "云澜大馆"
    assert value.conflicts == ("A",)
    assert not value.authoritative


def test_certificates_that_agree_are_no_dispute() -> None:
    (value,) = fill([NAME], [LICENCE, NEWER], ON)
    assert value.conflicts == ()
    assert value.authoritative


def test_the_source_that_the_form_names_first_wins_within_a_grade() -> None:
    sources = (Source("BUSINESS_LICENCE", "name"), Source("FOOD_BUSINESS_LICENCE", "name"))
    food = replace(NEWER, type="FOOD_BUSINESS_LICENCE", face={"name": "另一个名称"})
    (value,) = fill([Wanted("a", sources)], [food, LICENCE], ON)
    assert value.type == "BUSINESS_LICENCE"
    assert value.conflicts == ("B",)


def test_a_certificate_of_the_agent_does_not_fill_for_the_applicant() -> None:
    assert fill([NAME], [replace(LICENCE, holder="agent")], ON) == []


@pytest.mark.parametrize("face", [{}, {"name": ""}, {"name": None}])
def test_an_empty_or_missing_value_fills_nothing(face: dict[str, object]) -> None:
    assert fill([NAME], [replace(LICENCE, face=face)], ON) == []


def test_a_value_is_rewritten_only_by_the_named_rule() -> None:
    as_it_stands = Wanted("a", (Source("BUSINESS_LICENCE", "area"),))
    as_number = Wanted("b", (Source("BUSINESS_LICENCE", "area", rule="number"),))
    unreadable = Wanted("c", (Source("BUSINESS_LICENCE", "name", rule="number"),))
    filled = fill([as_it_stands, as_number, unreadable], [LICENCE], ON)
    assert [(value.path, value.value) for value in filled] == [("a", "120.5平方米"), ("b", 120.5)]


def test_an_unknown_rule_is_a_fault() -> None:
    with pytest.raises(UnknownRule):
        fill([Wanted("a", (Source("BUSINESS_LICENCE", "name", rule="guess"),))], [LICENCE], ON)


def test_a_proposal_is_not_authoritative() -> None:
    proposal = Wanted("a", (Source("BUSINESS_LICENCE", "name", authoritative=False),))
    (value,) = fill([proposal], [LICENCE], ON)
    assert not value.authoritative


def test_a_grant_needs_only_the_fields_that_the_form_names() -> None:
    expired = replace(NEWER, valid_until=date(2020, 1, 1))
    assert needed_fields([NAME], [LICENCE, expired], ON) == {UUID(int=1): ["name"]}


HELD = st.builds(
    Held,
    certificate_id=st.uuids(),
    identifier=st.text("ABCDEF", min_size=3, max_size=6),
    type=st.sampled_from(["T1", "T2"]),
    version=st.integers(1, 3),
    issuer=st.just("x.1"),
    grade=st.sampled_from("ABCD"),
    status=st.sampled_from(["valid", "revoked", "suspended"]),
    issued_on=st.dates(date(2019, 1, 1), date(2026, 1, 1)),
    valid_from=st.dates(date(2019, 1, 1), date(2027, 1, 1)),
    valid_until=st.none() | st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    holder=st.sampled_from(["applicant", "agent"]),
    face=st.dictionaries(st.sampled_from(["f", "g"]), st.sampled_from(["", "甲", "乙"])),
    read_at=st.just(READ_AT),
)
SOURCE = st.builds(Source, type=st.sampled_from(["T1", "T2"]), field=st.sampled_from(["f", "g"]))
WANTED = st.lists(
    st.builds(Wanted, path=st.sampled_from("pq"), sources=st.lists(SOURCE, max_size=3).map(tuple)),
    max_size=2,
    unique_by=lambda wanted: wanted.path,
)
MANY = st.lists(HELD, max_size=6, unique_by=lambda held: held.identifier)


@given(WANTED, MANY)
def test_inv_23_every_value_stands_on_a_valid_certificate(
    wanted: list[Wanted], held: list[Held]
) -> None:
    known = {one.certificate_id: one for one in held}
    for value in fill(wanted, held, ON):
        source = known[value.certificate_id]
        assert source.face[value.field] == value.value != ""
        assert source.status == "valid"
        assert source.valid_from <= ON <= (source.valid_until or ON)
        assert source.holder == "applicant"
        assert value.path in {want.path for want in wanted}


@given(WANTED, MANY, st.randoms(use_true_random=False))
def test_the_order_in_which_certificates_are_read_does_not_matter(
    wanted: list[Wanted], held: list[Held], random: Random
) -> None:
    shuffled = list(held)
    random.shuffle(shuffled)
    assert fill(wanted, held, ON) == fill(wanted, shuffled, ON)
