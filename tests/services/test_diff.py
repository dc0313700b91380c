"""Differences between definitions: by names, complete, and told so that an officer can read them."""

from copy import deepcopy
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.diff import Difference, applied, differences, same
from services.diff_words import told_changes

names = st.sampled_from(["a", "b", "c", "id", "x.y", ""])
leaves = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([1.0, "a", "b", ""])
members = st.fixed_dictionaries(
    {}, optional={"id": leaves, "code": st.sampled_from("abc"), "name": st.sampled_from("abcd")}
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(names, inner, max_size=3)
        | st.lists(
            st.one_of(members, members.map(lambda m: {**m, "id": m.get("code")})), max_size=4
        )
        | st.permutations("abcd").map(lambda ids: [{"id": i, "name": n} for i, n in pairwise(ids)])
        | st.lists(st.sampled_from("abcdef"), unique=True, max_size=5).map(
            lambda ids: [{"id": i, "days": len(ids)} for i in ids]
        )
    ),
    max_leaves=12,
)
definitions = st.dictionaries(st.sampled_from(["route", "materials", "form", "x.y"]), values)


@given(definitions, definitions)
def test_the_differences_applied_to_the_old_definition_give_the_new_one(old, new):
    before = deepcopy(old)
    found = differences(old, new)
    assert same(applied(old, found), new)
    assert (found == ()) == same(old, new)
    assert same(old, before)


def test_members_are_matched_by_name_wherever_they_stand(restaurant_data):
    new = deepcopy(restaurant_data)
    new["route"] = [*reversed(new["route"])]
    fire = next(step for step in new["route"] if step["id"] == "fire")
    fire["within"]["days"] = 8
    del new["materials"][0]
    found = differences(restaurant_data, new)
    assert sorted((d.kind, d.place) for d in found) == [
        ("changed", "route.fire.within.days"),
        ("ordered", "route"),
        ("removed", f"materials.{restaurant_data['materials'][0]['id']}"),
    ]


def test_differences_are_told_by_the_names_that_people_read(restaurant_data):
    new = deepcopy(restaurant_data)
    steps = {step["id"]: step for step in new["route"]}
    steps["fire"]["within"]["days"] = 8
    steps["fire"]["department"] = "approval_bureau"
    new["limits"]["promised"] = {"days": 20, "kind": "calendar"}
    new["form"][0]["fields"][0]["label"] = "单位全称"
    new["materials"][1]["required"] = False
    del new["materials"][0]
    new["route"].append({"id": "culture", "name": "文化场所核查", "kind": "advise"})
    names = {"fire": "消防救援机构", "approval_bureau": "行政审批局"}
    fire = steps["fire"]["name"]
    old_field = restaurant_data["form"][0]["fields"][0]["label"]
    gone, loosened = (restaurant_data["materials"][n]["name"] for n in (0, 1))
    assert set(told_changes(restaurant_data, new, names)) == {
        f"环节“{fire}”的期限由 7 改为 8 个工作日",
        f"环节“{fire}”的办理部门由消防救援机构改为行政审批局",
        f"表单“{new['form'][0]['label']}”中的“单位全称”的名称由“{old_field}”改为“单位全称”",
        f"取消材料“{gone}”",
        f"材料“{loosened}”改为非必要",
        "增加环节“文化场所核查”",
        "承诺时限由 10 个工作日改为 20 个自然日",
        "承诺时限的依据不再规定，原为“各环节最长路径”",
    }


def test_true_is_not_one_and_a_whole_number_is_not_its_decimal():
    assert differences({"a": True}, {"a": 1}) == (Difference("a", "changed", True, 1),)
    assert differences({"a": 1}, {"a": 1.0}) == (Difference("a", "changed", 1, 1.0),)
