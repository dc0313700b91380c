"""Numbers of people and enterprises: the vectors of the standards, and what is refused why."""

from datetime import date

import pytest

from people.errors import Refusal
from people.identifiers import (
    bank_account,
    birth_date_of,
    credit_check_character,
    credit_code,
    gender_of,
    id_number,
    mask_account,
    mask_id_number,
    mask_name,
    mask_phone,
    phone,
)


def refused(act, *arguments, **named):
    with pytest.raises(Refusal) as refusal:
        act(*arguments, **named)
    problem = refusal.value.problems[0]
    return problem.code, problem.params.get("reason", "")


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X",
        "440524188001010014",
        "360426199101010071",
        "310115200002290013",
        "810000199001010019",
        "820000199001010010",
        "830000199001010012",
        "110101190001010014",
    ],
)
def test_numbers_with_a_right_check_character_are_accepted(number):
    assert id_number(number) == number


def test_bad_32_a_small_x_is_stored_as_a_capital():
    assert id_number("11010519491231002x") == "11010519491231002X"


def test_bad_23_full_width_digits_are_read_as_digits():
    assert id_number(" 11010519491231002Ｘ ") == "11010519491231002X"
    assert id_number("４４０５２４１８８００１０１００１４") == "440524188001010014"


@pytest.mark.parametrize("number", ["11010519491231002", "1101051949123100200", "", "1" * 10_000])
def test_bad_28_a_number_of_another_length_is_refused(number):
    assert refused(id_number, number) == ("INVALID_ID_NUMBER", "length")


@pytest.mark.parametrize(
    "number", ["1101051949123100XX", "A10105194912310026", "11010519491231 026"]
)
def test_bad_28_letters_are_refused(number):
    assert refused(id_number, number) == ("INVALID_ID_NUMBER", "characters")


@pytest.mark.parametrize("number", ["110105194912310026", "440524188001010015"])
def test_bad_29_a_wrong_check_character_is_refused(number):
    assert refused(id_number, number) == ("INVALID_ID_NUMBER", "check")


def test_a_birth_date_that_never_was_is_refused_although_the_check_character_is_right():
    assert refused(id_number, "310115199002290018") == ("INVALID_ID_NUMBER", "birth_date")


def test_nobody_is_born_after_today():
    day = date(1949, 12, 31)
    assert id_number("11010519491231002X", today=day) == "11010519491231002X"
    eve = date(1949, 12, 30)
    assert refused(id_number, "11010519491231002X", today=eve) == (
        "INVALID_ID_NUMBER",
        "birth_date",
    )


def test_bad_31_an_area_outside_every_province_is_refused_and_a_dissolved_county_is_not():
    assert refused(id_number, "000105194912310025") == ("INVALID_ID_NUMBER", "area")
    assert id_number("440524188001010014")  # a county that was dissolved


def test_bad_33_a_number_of_15_digits_is_outdated():
    assert refused(id_number, "110105491231002") == ("ID_NUMBER_OUTDATED", "")


def test_a_number_tells_birth_date_and_gender():
    assert birth_date_of("11010519491231002X") == date(1949, 12, 31)
    assert gender_of("11010519491231002X") == "2"
    assert gender_of("440524188001010014") == "1"


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",
        "91110000600037341L",
        "91440300708461136T",
        "91110000802100433B",
        "11100000000013338W",
        "11330105002500287C",
        "113700000045046442",
        "914301020000003690",
        "9143010200000006XW",
        "N2430102MF00000059",
    ],
)
def test_credit_codes_with_a_right_check_character_are_accepted(code):
    assert credit_code(code.lower()) == code
    assert credit_check_character(code[:17]) == code[17]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("91350100M000100Y4Z", "characters"),
        ("91310115MA1H8R7C6D", "check"),
        ("91350211M000100Y43", "check"),
        ("91350100M000100Y44", "check"),
        ("9135010OM000100Y43", "characters"),
        ("91350100I000100Y43", "characters"),
        ("91350100S000100Y43", "characters"),
        ("91350100V000100Y43", "characters"),
        ("01350100M000100Y43", "characters"),
        ("91350100M000100Y4", "length"),
        ("", "length"),
    ],
)
def test_credit_codes_are_refused_with_their_reason(code, reason):
    assert refused(credit_code, code) == ("INVALID_CREDIT_CODE", reason)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0571-88889999", "0571-88889999"),
        ("(010) 6666 7777", "010-66667777"),
        ("+86 571 88889999", "0571-88889999"),
    ],
)
def test_bad_39_the_accepted_forms_of_a_telephone_number(written, stored):
    assert phone(written) == stored


@pytest.mark.parametrize(
    "written",
    ["1380013800", "12800138000", "+1 202 555 0100", "88889999", "", "138001380001", "电话"],
)
def test_bad_39_other_telephone_numbers_are_refused_with_the_accepted_forms(written):
    with pytest.raises(Refusal) as refusal:
        phone(written, field="phone")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.field) == ("INVALID_PHONE", "phone")
    assert problem.params["accepted"]


def test_masks_hide_the_birth_date_the_middle_and_the_given_name():
    assert mask_id_number("110101190001010014") == "110***********0014"
    assert mask_phone("13800138000") == "138****8000"
    assert mask_phone("0571-88889999") == "057******9999"
    assert mask_name("欧阳明月") == "欧***"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("6217 0000 1000 1234 569", "6217000010001234569"),
        ("6217-0000-1000-1234-569", "6217000010001234569"),
        ("60132600123456789", "60132600123456789"),  # a passbook has no check digit
    ],
)
def test_an_account_is_kept_as_digits(typed, kept):
    assert bank_account(typed) == kept
    assert mask_account(kept).startswith(kept[:4] + "***")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("6217000010001234568", "check"),
        ("6217000010001235469", "check"),  # two digits changed places
        ("123456789", "length"),
        ("1" * 29, "length"),
        ("6217 0000 1000 l234", "characters"),
        ("0" * 16, "length"),
    ],
)
def test_an_account_that_is_none_is_refused_with_what_is_wrong(typed, reason):
    assert refused(bank_account, typed) == ("INVALID_ACCOUNT", reason)
