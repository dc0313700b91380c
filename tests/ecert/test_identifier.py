"""The identifier of a certificate: GB/T 36904 with the check character of ISO 7064 MOD 37,36."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecert.identifier import ALPHABET, ROOT, check, check_character, make, parse
from people.errors import Refusal

REAL = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W032.11220000013544541J.2430599.001.F",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
]
BROKEN = (
    "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M"
)
BODIES = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=18, max_size=18)
SERIALS = st.text(ALPHABET, min_size=1, max_size=40)
VERSIONS = st.integers(1, 999)


@pytest.mark.parametrize("text", REAL)
def test_identifiers_that_are_in_use_are_sound(text: str) -> None:
    assert check(text)
    assert parse(text).text == text


def test_a_published_example_with_a_wrong_check_character_is_read_but_not_sound() -> None:
    found = parse(BROKEN)
    assert not found.is_sound
    assert not check(BROKEN)
    assert check(BROKEN[:-1] + "D")


def test_the_parts_are_told_apart() -> None:
    found = parse(REAL[2])
    assert found.type_code == "11100000000013338W009"
    assert found.issuer_code == "11330105002500287C"
    assert (found.serial, found.version, found.check) == ("2025052201", 2, "0")


def test_what_people_type_is_read_in_full_width_small_letters_and_with_blanks() -> None:
    typed = "　" + REAL[0].lower().translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789."}) + " "
    assert parse(typed).text == REAL[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.2.156.3005.2",
        REAL[0].replace("3005.2.", "3005.3."),
        REAL[0].replace(".001.", ".000."),
        REAL[0].replace(".001.", ".1."),
        REAL[0] + "X",
        REAL[0].replace("20230000403", ""),
        REAL[0].replace("20230000403", "2023-403"),
        REAL[0].replace("20230000403", "A" * 41),
        REAL[0].replace("20230000403", "2023\n403"),
        "九" * 200_000,
    ],
)
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert refused.value.code == "IDENTIFIER_INVALID"
    assert not check(text)


@given(BODIES, st.integers(0, 999), BODIES, SERIALS, VERSIONS)
def test_what_is_made_is_sound_and_reads_back(
    body: str, kind: int, issuer: str, serial: str, version: int
) -> None:
    text = make(f"{body}{kind:03d}", issuer, serial, version)
    found = parse(text)
    assert found.is_sound
    assert text.startswith(ROOT)
    assert (found.issuer_code, found.serial, found.version) == (issuer, serial, version)


@given(BODIES, SERIALS, VERSIONS, st.data())
def test_one_altered_character_is_always_noticed(
    issuer: str, serial: str, version: int, data: st.DataObject
) -> None:
    body = f"11100000000013338W011{issuer}{serial}{version:03d}"
    place = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != body[place]]))
    altered = body[:place] + other + body[place + 1 :]
    assert check_character(altered) != check_character(body)


@pytest.mark.parametrize(
    ("type_code", "issuer", "serial", "version"),
    [
        ("SHORT", "11430000006122244L", "1", 1),
        ("11100000000013338W011", "1143", "1", 1),
        ("11100000000013338W011", "11430000006122244L", "云", 1),
        ("11100000000013338W011", "11430000006122244L", "a", 1),
        ("11100000000013338W011", "11430000006122244L", "1", 1000),
        ("11100000000013338W011", "11430000006122244L", "1", 0),
    ],
)
def test_bad_parts_make_no_identifier(
    type_code: str, issuer: str, serial: str, version: int
) -> None:
    with pytest.raises(Refusal, match="IDENTIFIER_INVALID"):
        make(type_code, issuer, serial, version)
