"""Item codes are taken apart and checked part by part; codes of another rule are never forced into ours."""

import pytest

from people.errors import Refusal
from services.codes import ItemType, Level
from services.item_codes import catalogue_code, catalogue_part, handling_code, task_code

# Codes in use: the first is a cities' public service of Guangdong, the second a licence of Shandong.
GUANGDONG = "12441500196720244T3442199806003"
SHANDONG = "11370800MB285591843370117002016"
NATIONAL = [
    "000709111001",
    "000118017000",
    "000131023000",
    "000117006000",
    "000116055000",
    "000511011000",
    "002014010001",
    "000715001007",
    "000131004000",
    "000172005000",
]


def part_of(read, text) -> str:
    """The part that is told to be wrong."""
    with pytest.raises(Refusal) as refused:
        read(text, field="code")
    problem = refused.value.problems[0]
    assert (problem.code, problem.field) == ("INVALID_ITEM_CODE", "code")
    return str(problem.params["part"])


@pytest.mark.parametrize("text", NATIONAL)
def test_codes_of_the_nations_catalogue_are_read(text):
    code = catalogue_code(text)
    assert code.is_national
    assert f"{code.area}{code.item_type.code}{code.main}{code.sub}" == text


def test_a_task_code_holds_body_level_and_catalogue_code():
    code = task_code(GUANGDONG)
    assert (code.credit_code, code.level) == ("12441500196720244T", Level.CITY)
    catalogue = code.catalogue
    assert (catalogue.area, catalogue.item_type) == ("44", ItemType.EXTENDED_SERVICE)
    assert (catalogue.main, catalogue.sub, catalogue.has_sub_item) == ("99806", "003", True)
    licence = task_code(SHANDONG).catalogue
    assert (licence.area, licence.item_type, licence.main) == ("37", ItemType.LICENCE, "17002")


def test_a_handling_code_is_a_task_code_with_its_number():
    code = handling_code(f"{SHANDONG}03")
    assert (code.number, code.task) == (3, task_code(SHANDONG))


@pytest.mark.parametrize(
    ("read", "text", "part"),
    [
        (catalogue_code, "", "length"),
        (catalogue_code, "00013102400", "length"),
        (catalogue_code, "0001310240000", "length"),
        (catalogue_code, "43TCN0003000", "characters"),
        (catalogue_code, "００0131024000", "characters"),
        (catalogue_code, "480131024000", "area"),
        (catalogue_code, "003031024000", "item_type"),
        (catalogue_code, "000100000000", "main"),
        (task_code, "000131024000", "length"),
        (task_code, f"{GUANGDONG}0", "length"),
        (task_code, GUANGDONG.replace("4T3", "5T3"), "credit_code"),
        (task_code, GUANGDONG.lower(), "credit_code"),
        (task_code, GUANGDONG.replace("T3442", "T8442"), "level"),
        (task_code, GUANGDONG.replace("T3442", "T3482"), "area"),
        (task_code, f"{GUANGDONG[:-12]}443099806003", "item_type"),
        (handling_code, GUANGDONG, "length"),
        (handling_code, f"{GUANGDONG}00", "number"),
        (handling_code, f"{GUANGDONG}1X", "number"),
        (handling_code, f"{GUANGDONG.replace('4T3', '5T3')}01", "credit_code"),
    ],
)
def test_what_is_wrong_with_a_code_is_told_by_its_part(read, text, part):
    assert part_of(read, text) == part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("000131024000", "000131024000"),
        ("00013102400001", "000131024000"),
        ("43TCN0003", ""),
        ("99PCP0021", ""),
        ("0001310240001", ""),
        ("511A0005200004-512000000000-000-115113010833722043-1-00", ""),
    ],
)
def test_theme_codes_and_local_codes_are_not_meant_as_catalogue_codes(text, part):
    assert catalogue_part(text) == part
