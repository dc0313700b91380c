"""Each cell of a repeating group is written into as its column's type asks, and is told what is wrong with it."""

import re

import pytest
from django.template.loader import render_to_string

from halls.asking import Said
from halls.sheet import sheet_of
from tests import walking
from tests.freight import ITEM, carrier

COLUMN = {
    "label": "列",
    "required": False,
    "maxLength": 40,
    "minimum": None,
    "maximum": None,
    "earliest": "",
    "latest": "",
    "unit": "",
    "help": "",
    "patternHelp": "",
    "options": [{"code": "1", "label": "甲"}, {"code": "2", "label": "乙"}],
}
SHOWN = {  # column type -> what its control must be
    "text": 'maxlength="40"',
    "long_text": "<textarea",
    "integer": 'inputmode="numeric"',
    "number": 'inputmode="decimal"',
    "boolean": '<option value="false"',
    "date": 'type="date" min="2026-01-01"',
    "choice": '<option value="2"',
    "choices": 'type="checkbox"',
    "phone": 'type="tel"',
    "id_number": 'autocapitalize="characters"',
    "division": '<option value="1"',
}


def page_of(columns, rows, said=(), uncalled=()):
    spec = {"path": "a.rows", "type": "rows", "label": "明细", "mostRows": 3, "leastRows": 1}
    spec |= {"columns": columns, "conditional": False, "dependsOn": [], "filledBy": "", "help": ""}
    section = {"id": "a", "label": "甲", "help": "", "fields": [spec]}
    answers = [{"path": "a.rows", "value": rows, "isReadOnly": False, "source": None}]
    case = {"form": {"sections": [section]}, "answers": answers, "requiredPaths": []}
    [place] = sheet_of({**case, "uncalledPaths": list(uncalled)}, {}, said).places
    return render_to_string("halls/_rows.html", {"place": place, "id": place.id})


def test_every_type_of_column_has_its_own_control_with_a_label_limits_and_a_unit():
    columns = [{**COLUMN, "path": name, "type": name} for name in SHOWN]
    bound = {"minimum": 1.0, "maximum": 9999.0, "unit": "台", "earliest": "2026-01-01"}
    page = page_of([{**one, **bound} for one in columns], [{"boolean": False, "choices": ["2"]}])
    for cell in re.split('<div class="cell', page)[1:]:
        name = re.search(r'id="f-a-rows-[01]-(\w+)"', cell)[1]
        assert SHOWN[name] in cell, name
        label = "l-" if name == "choices" else "f-"
        assert f'="{label}' in cell, name
    assert page.count("1 至 9999 台") == 2 * len(SHOWN)
    assert '<option value="false" selected' in page
    assert re.search('value="2" checked', page)


def test_what_is_wrong_with_a_cell_stands_at_it_and_names_it_to_a_screen_reader():
    said = [Said("INVALID_NUMBER", "请填写整数", "a.rows.0.count")]
    columns = [{**COLUMN, "path": "count", "type": "integer", "required": True}]
    page = page_of(columns, [{"count": "三"}], said)
    first, spare = page.split("第 2 行")
    assert 'value="三" inputmode="numeric" aria-required="true" aria-invalid="true"' in first
    assert 'aria-describedby="e-f-a-rows-0-count "' in first
    assert '<p class="fault" id="e-f-a-rows-0-count">请填写整数</p>' in first
    assert "aria-required" not in spare  # nobody needs to add a row


def test_a_cell_that_its_row_does_not_call_for_is_shown_only_while_something_stands_in_it():
    columns = [{**COLUMN, "path": name, "type": "text"} for name in ("kind", "more")]
    uncalled = [f"a.rows.{number}.more" for number in range(3)]
    page = page_of(columns, [{"kind": "x"}, {"kind": "y", "more": "z"}], uncalled=uncalled)
    assert re.findall(r'name="a.rows.(\d).more"', page) == ["1"]


@pytest.mark.django_db
def test_a_carrier_adds_a_vehicle_is_told_at_the_cell_and_takes_the_row_away_again(city, sits):
    case = walking.draft(carrier(), ITEM, {"vehicles.count": 2})
    him, at = sits("maqianli", "enterprise"), f"/cases/{case.pk}/form"

    def saved(plate: str, mass: str) -> str:
        case.refresh_from_db()
        cells = {"vehicles.others.0.plate": plate, "vehicles.others.0.mass": mass}
        typed = {"vehicles.others": "", "revision": case.revision, "act": "save", **cells}
        typed["key"] = walking.key()
        return him.post(at, typed, follow=True).content.decode()

    refused = saved("云A12345", "三吨")
    assert 'href="#f-vehicles-others-0-mass"' in refused
    assert 'id="e-f-vehicles-others-0-mass"' in refused
    assert "草稿已保存" in saved("云A12345", "3000")
    case.refresh_from_db()
    assert case.answers["vehicles"]["others"] == [{"plate": "云A12345", "mass": 3000}]
    saved("", "")
    case.refresh_from_db()
    assert "others" not in case.answers["vehicles"]
