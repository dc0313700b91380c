"""One entry of a definition at a time: names are followed, what is still named stays, nothing else changes."""

from copy import deepcopy

import pytest

from people.errors import NotFound, Refusal
from services import editing
from services.definition import canonical, read_definition


def problems(refusal):
    return [problem.field for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("place", "new"),
    [
        ("form.premises", "site"),
        ("form.premises.fields.area", "floor_area"),
        ("form.enterprise.fields.name", "title"),
        ("materials.title", "deed"),
        ("route.fire", "fire_check"),
        ("route.food", "food_licence"),
    ],
)
def test_a_new_name_is_used_wherever_the_old_one_stood(restaurant_data, place, new):
    before = deepcopy(restaurant_data)
    entry = editing.entry_at(restaurant_data, place) | {"id": new}
    changed = editing.with_entry(restaurant_data, place, entry)
    assert restaurant_data == before
    assert read_definition(changed).name == "开办餐饮店一件事"
    renamed = f"{place.rpartition('.')[0]}.{new}"
    assert len(editing.mentions_of(changed, renamed)) == len(editing.mentions_of(before, place))
    back = editing.with_entry(changed, renamed, entry | {"id": place.rpartition(".")[2]})
    assert canonical(back) == canonical(before)


def test_what_is_named_elsewhere_is_not_removed_and_each_place_is_told(restaurant_data):
    with pytest.raises(Refusal) as refused:
        editing.without(restaurant_data, "form.premises.fields.tenure")
    assert refused.value.code == "IN_USE"
    assert problems(refused) == [
        "form.premises.fields.certificate_number.required_when",
        "form.premises.fields.lease_until.required_when",
        "form.premises.fields.lessor.required_when",
        "materials.lease.required_when",
        "materials.title.required_when",
        "route.food.reads",
        "route.food_small.reads",
    ]
    for place, user in (
        ("form.waste", "route.waste.reads"),
        ("materials.title", "route.food.reads"),
        ("route.food", "route.survey.before"),
        ("results.SIGNBOARD_PERMIT", "route.signage.result"),
    ):
        with pytest.raises(Refusal) as refused:
            editing.without(restaurant_data, place)
        assert user in problems(refused)


def test_an_entry_that_nobody_names_goes_and_one_is_moved_as_far_as_the_list_goes(restaurant_data):
    fewer = editing.without(restaurant_data, "route.waste")
    assert [name for name, _ in editing.entries_at(fewer, "route")] == [
        "survey",
        "food",
        "food_small",
        "fire",
        "fire_promise",
        "signage",
    ]
    assert editing.moved(restaurant_data, "route.survey", -1) == restaurant_data
    down = editing.moved(restaurant_data, "route.survey", 1)
    assert [name for name, _ in editing.entries_at(down, "route")][:2] == ["food", "survey"]


def test_a_name_that_stands_is_not_given_again_and_a_place_that_is_not_there_is_told(
    restaurant_data,
):
    for act in (
        lambda: editing.with_new(restaurant_data, "route", {"id": "fire"}),
        lambda: editing.with_entry(restaurant_data, "route.fire", {"id": "food"}),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "TWICE"
    for act in (
        lambda: editing.with_entry(restaurant_data, "route.nobody", {"id": "x"}),
        lambda: editing.moved(restaurant_data, "route.nobody", 1),
        lambda: editing.without(restaurant_data, "nothing.nobody"),
        lambda: editing.with_values(restaurant_data, "route.nobody", {"id": "x"}),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_draft_of_any_shape_can_be_begun(restaurant_data):
    begun = editing.with_new({"form": "nothing yet"}, "form", {"id": "one", "fields": []})
    begun = editing.with_new(begun, "form.one.fields", {"id": "a"})
    begun = editing.with_values(begun, "limits", {"promised": {"days": 3}, "notice": None})
    assert begun == {
        "form": [{"id": "one", "fields": [{"id": "a"}]}],
        "limits": {"promised": {"days": 3}},
    }
    assert editing.entries_at({"route": [1, {"id": "a"}]}, "route") == [("a", {"id": "a"})]
