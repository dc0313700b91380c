"""The guide of an item is read element by element, and each fault is told by its place."""

import re
from copy import deepcopy

import pytest

from services.codes import (
    CaseKind,
    Channel,
    Coded,
    Level,
    OnlineDepth,
    Scope,
    Served,
    is_on_application,
    item_type_of,
)
from services.definition import Limits, read_definition
from services.errors import DefinitionInvalid
from services.guide import Guide
from services.importing import load_definition
from services.lint_elements import NEEDED, OF_A_POWER, WANTED_OF_A_POWER
from services.models import ItemVersion
from tests.services.conftest import ROOT, definition_text

SIGNBOARD = load_definition(definition_text("fixtures/services/signboard.yaml"))


def guided(**elements) -> dict:
    """The signboard's definition with some elements of its guide replaced."""
    data = deepcopy(SIGNBOARD)
    data["guide"] |= elements
    return data


def test_every_element_of_a_published_guide_is_read():
    guide = read_definition(SIGNBOARD).guide
    assert guide.task_code == "11990100003100031X3990117001000"
    assert guide.body is not None
    assert guide.body.credit_code == guide.task_code[:18]
    assert guide.levels == (Level.CITY, Level.COUNTY)
    assert (guide.case_kind, guide.scope) == (CaseKind.PROMISE, Scope.COUNTIES)
    assert (guide.served, guide.online_depth) == ((Served.ENTERPRISE,), OnlineDepth.FOUR)
    assert Channel.MOBILE in guide.channels
    assert (guide.visits, guide.charged, guide.fees) == (0, False, ())
    assert guide.contacts.complaint == "12345"
    assert guide.contacts.places[0].address
    assert guide.questions[0].answer
    assert guide.outcomes[0].code == "SIGNBOARD_PERMIT"


def test_a_definition_without_a_guide_has_an_empty_one():
    data = deepcopy(SIGNBOARD)
    del data["guide"]
    assert read_definition(data).guide.is_empty


@pytest.mark.parametrize(
    ("elements", "place", "rule"),
    [
        ({"task_code": "11990100003100031X"}, "guide.task_code", "ITEM_CODE"),
        ({"task_code": "11990100003100031X3990117001001"}, "guide.task_code", "CODE_OF_ANOTHER"),
        ({"task_code": "1199010000310001583990117001000"}, "guide.task_code", "CODE_OF_ANOTHER"),
        (
            {"handle_code": "119901000031000158399011700100001"},
            "guide.handle_code",
            "CODE_OF_ANOTHER",
        ),
        ({"levels": ["city", "moon"]}, "guide.levels", "NOT_ALLOWED"),
        ({"levels": ["city", "city"]}, "guide.levels", "TWICE"),
        ({"case_kind": "承诺件"}, "guide.case_kind", "NOT_ALLOWED"),
        ({"case_kind": 2}, "guide.case_kind", "NOT_A_TEXT"),
        ({"visits": "0"}, "guide.visits", "NOT_A_NUMBER"),
        ({"charged": "否"}, "guide.charged", "NOT_A_BOOLEAN"),
        ({"body": {"name": "局", "credit_code": "1"}}, "guide.body.credit_code", "CREDIT_CODE"),
        ({"contacts": {"enquiry": "88886666"}}, "guide.contacts.enquiry", "NOT_A_PHONE"),
        ({"fees": [{"name": "工本费", "standard": "5元"}]}, "guide.fees.0.basis", "MISSING"),
        ({"fees": {"name": "工本费"}}, "guide.fees", "NOT_A_LIST"),
        ({"flow_charts": ["../../etc/passwd"]}, "guide.flow_charts", "NOT_A_FILE_NAME"),
        ({"mobile_url": "javascript:alert(1)"}, "guide.mobile_url", "BAD_NAME"),
        ({"reaches": [{"code": "99", "name": "镇"}]}, "guide.reaches.99.code", "BAD_NAME"),
        ({"phone": "12345"}, "guide.phone", "UNKNOWN_KEY"),
    ],
)
def test_a_wrong_element_is_refused_at_its_place(elements, place, rule):
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(guided(**elements))
    assert (place, rule) in {(p.field, p.params["rule"]) for p in invalid.value.problems}


def test_a_code_of_twelve_digits_is_a_catalogue_code_and_says_which_part_is_wrong():
    data = deepcopy(SIGNBOARD) | {"code": "993017001000"}
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(data)
    faults = {p.field: p.params for p in invalid.value.problems}
    assert faults["code"]["rule"] == "ITEM_CODE"
    assert faults["code"]["part"] == "item_type"


@pytest.mark.parametrize("table", Coded.__subclasses__())
def test_each_code_and_each_label_of_a_table_means_one_word(table):
    codes = [member.code for member in table if member.code]
    assert len(codes) == len(set(codes))
    assert all(table.of_code(member.code) is member for member in table if member.code)
    assert all(table.of_label(member.label) or not member.label for member in table)
    assert table.of_code("") is None


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["01", "05", "07", "08", "09", "10", "11", "19", "20", "21", "29"], True),
        (["00", "02", "03", "04", "06", "30", "1", ""], False),
    ],
)
def test_nobody_applies_for_what_authorities_do_by_office(codes, expected):
    assert [is_on_application(code) for code in codes] == [expected] * len(codes)


def test_a_levy_is_applied_for_where_it_relieves_somebody():
    assert is_on_application("04", relieves=True)
    assert not is_on_application("02", relieves=True)
    assert item_type_of("04").label == "行政征收"


def test_every_column_of_the_national_list_has_a_place_that_is_there():
    text = (ROOT / "docs/elements.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:4] for line in text.splitlines() if line.startswith("| ")][2:]
    owners = {"guide": Guide, "limits": Limits, "version": ItemVersion}
    own_names = {"code", "name", "type", "basis", "conditions", "materials"}
    places = [place.strip(" `") for _, _, place in rows]
    places += re.findall(r"`(guide\.\w+)`", text)
    for place in places:
        owner, _, name = place.rpartition(".")
        assert place in own_names or name in {
            *getattr(owners[owner], "__dataclass_fields__", ()),
            *dir(owners[owner]),
        }, place
    said = {place.removeprefix("guide.") for place in places if place.startswith("guide.")}
    assert set(Guide.__dataclass_fields__) - said == {"relieves_levy"}
    needed = {
        place
        for column, _, place in ((a.strip(), b, c.strip(" `")) for a, b, c in rows)
        if column.endswith(" N")
    }
    linted = {
        f"guide.{name.partition('.')[0]}" for name in (*NEEDED, *OF_A_POWER, *WANTED_OF_A_POWER)
    }
    assert {place for place in needed if place.startswith("guide.")} <= linted
