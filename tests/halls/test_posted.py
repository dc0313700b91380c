"""What a browser posts is read as what a person answered, and only what is new is sent on."""

from django.http import QueryDict

from halls.posted import answers_of, changes_of, same

FIELDS = [
    {"path": "a.name", "type": "text"},
    {"path": "a.area", "type": "number"},
    {"path": "a.yes", "type": "boolean"},
    {"path": "a.items", "type": "choices"},
    {"path": "a.plan", "type": "long_text"},
    {
        "path": "a.staff",
        "type": "rows",
        "columns": [{"path": "name", "type": "text"}, {"path": "examined_on", "type": "date"}],
    },
]


def read(text: str) -> dict[str, object]:
    return answers_of(FIELDS, QueryDict(text))


def test_each_type_is_read_as_its_own_kind_of_answer():
    assert read("a.name=+林小满+&a.area=320&a.yes=false&a.items=&a.items=hot&a.items=cold") == {
        "a.name": "林小满",
        "a.area": "320",
        "a.yes": False,
        "a.items": ["hot", "cold"],
    }


def test_a_field_that_the_page_did_not_show_is_not_an_answer_and_an_empty_one_is_none():
    assert read("a.name=&a.items=") == {"a.name": None, "a.items": None}


def test_lines_end_as_on_every_other_system():
    assert read("a.plan=后厨%0D%0A库房") == {"a.plan": "后厨\n库房"}


def test_rows_without_any_text_are_left_out():
    posted = (
        "a.staff=&a.staff.0.name=陈默&a.staff.0.examined_on=&a.staff.1.name=&a.staff.1.examined_on="
    )
    assert read(posted) == {"a.staff": [{"name": "陈默"}]}
    assert read("a.staff=&a.staff.0.name=&a.staff.0.examined_on=") == {"a.staff": None}


def test_a_cell_is_read_by_its_columns_type_and_unticked_boxes_do_not_end_the_rows():
    columns = [{"path": "own", "type": "boolean"}, {"path": "days", "type": "choices"}]
    field = {"path": "a.places", "type": "rows", "columns": columns}
    posted = "a.places=&a.places.0.days=&a.places.1.own=false&a.places.1.days=&a.places.1.days=1&a.places.1.days=2"
    found = answers_of([field], QueryDict(posted))
    assert found == {"a.places": [{"own": False, "days": ["1", "2"]}]}


def test_only_what_differs_from_what_is_kept_is_a_change():
    kept = {"a.area": 320, "a.yes": True, "a.items": ["hot"], "a.staff": [{"name": "陈默"}]}
    typed = {"a.area": "320", "a.yes": False, "a.items": ["hot"], "a.staff": [{"name": "陈默"}]}
    assert changes_of(FIELDS, typed, kept) == {"a.yes": False}
    assert changes_of(FIELDS, {"a.area": None}, kept) == {"a.area": None}


def test_true_is_not_the_text_true():
    assert same("35.5", 35.5)
    assert same(None, "")
    assert not same(True, "True")
    assert not same(False, None)
