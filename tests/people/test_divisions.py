"""The tree of divisions: parents alone make it, whatever the codes look like (domain: 430101000000 and others)."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.commands import enter_division, enter_divisions
from people.division_rules import Place, tree_problems
from people.divisions import Tree, division_tree, lineage, successor
from people.errors import Refusal, Refusals
from people.models import AuditRecord, Department, Division
from people.queries import competent_department
from people.viewer import Viewer

SYSTEM = Viewer.system("tests")
BEGAN, TODAY = date(2020, 1, 1), timezone.localdate()
CITY, CITY_OFFICES = "430100000000", "430101000000"
FURONG, FURONG_OFFICES = "430102000000", "430102999000"
NINGXIANG, NINGXIANG_ZONE = "430182000000", "430133999000"
CITY_ZONE, TOWN, VILLAGE = "430198999000", "430182105000", "430182105201"
CHANGSHA = [
    Place("430000000000", "湖南省", BEGAN),
    Place(CITY, "长沙市", BEGAN, "430000000000"),
    Place(CITY_OFFICES, "长沙市市直", BEGAN, CITY, "self"),
    Place(FURONG, "芙蓉区", BEGAN, CITY),
    Place(FURONG_OFFICES, "芙蓉区区本级", BEGAN, FURONG, "self"),
    Place(NINGXIANG, "宁乡市", BEGAN, CITY),
    Place(NINGXIANG_ZONE, "宁乡经开区", BEGAN, NINGXIANG, "zone"),
    Place(CITY_ZONE, "长沙经开区", BEGAN, CITY, "zone"),
    Place(TOWN, "双江口镇", BEGAN, NINGXIANG, "town"),
    Place(VILLAGE, "双江口村", BEGAN, TOWN, "village"),
]


def tree_of(*places: Place) -> Tree:
    return Tree({p.code: p.parent or None for p in places}, {p.code: p.kind for p in places})


def faults(*places: Place) -> dict[str, str]:
    found = tree_problems({place.code: place for place in places})
    return {str(p.params["division"]): str(p.params["reason"]) for p in found}


def test_cases_lie_in_districts_zones_and_a_levels_own_offices_never_in_towns():
    assert tree_problems({place.code: place for place in CHANGSHA}) == []
    assert tree_of(*CHANGSHA).with_cases() == {
        CITY_OFFICES,
        FURONG,
        FURONG_OFFICES,
        NINGXIANG_ZONE,
        CITY_ZONE,
    }
    without_zone = [place for place in CHANGSHA if place.code != NINGXIANG_ZONE]
    assert NINGXIANG in tree_of(*without_zone).with_cases()


def test_what_lies_under_a_division_is_what_names_it_as_parent():
    tree = tree_of(*CHANGSHA)
    assert tree.under(NINGXIANG) == {NINGXIANG, NINGXIANG_ZONE, TOWN, VILLAGE}
    assert tree.under(FURONG) == {FURONG, FURONG_OFFICES}
    assert tree.under("430199000000") == frozenset()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (Place("43010100000", "短", BEGAN), "code"),
        (Place("４３０１０１００００００", "全角", BEGAN), "code"),
        (Place(CITY_ZONE, "", BEGAN), "name"),
        (Place(CITY_ZONE, "区", BEGAN, kind="district"), "kind"),
        (Place(CITY_ZONE, "区", BEGAN, "430199000000"), "parent"),
        (Place(CITY_ZONE, "区", BEGAN, CITY_ZONE), "cycle"),
        (Place(CITY_ZONE, "区", BEGAN, valid_until=date(2019, 1, 1)), "days"),
        (Place(CITY_ZONE, "区", BEGAN, merged_into=CITY), "successor"),
        (Place(CITY_ZONE, "区", BEGAN, valid_until=TODAY, merged_into="430199000000"), "successor"),
        (Place(CITY_ZONE, "区", BEGAN, valid_until=TODAY, merged_into=CITY_ZONE), "successors"),
    ],
)
def test_what_is_no_sound_tree_is_told_with_its_division(place, reason):
    assert faults(Place(CITY, "长沙市", BEGAN), place) == {place.code: reason}


def test_a_circle_of_parents_or_successors_is_told_at_each_division_in_it():
    one = Place(FURONG, "甲", BEGAN, NINGXIANG)
    other = Place(NINGXIANG, "乙", BEGAN, FURONG)
    assert faults(one, other, Place(CITY, "下", BEGAN, FURONG)) == {
        FURONG: "cycle",
        NINGXIANG: "cycle",
    }
    gone = Place(FURONG, "甲", BEGAN, valid_until=TODAY, merged_into=NINGXIANG)
    back = Place(NINGXIANG, "乙", BEGAN, valid_until=TODAY, merged_into=FURONG)
    assert faults(gone, back) == {FURONG: "successors", NINGXIANG: "successors"}


@pytest.fixture
def changsha(db):
    return enter_divisions(viewer=SYSTEM, places=reversed(CHANGSHA))


def department_in(code: str) -> Department:
    return Department.objects.create(
        function="fire", division_id=code, code=f"fire.{code}", name=code, credit_code="x"
    )


def test_a_whole_tree_is_entered_in_any_order_and_once(changsha):
    assert len(changsha) == len(CHANGSHA)
    assert lineage(VILLAGE) == (VILLAGE, TOWN, NINGXIANG, CITY, "430000000000")
    assert division_tree(TODAY) == tree_of(*CHANGSHA)
    acts = AuditRecord.objects.count()
    enter_divisions(viewer=SYSTEM, places=CHANGSHA)
    assert AuditRecord.objects.count() == acts
    with pytest.raises(Refusals, match="INVALID_DIVISION"):
        enter_divisions(viewer=SYSTEM, places=[*CHANGSHA, Place(CITY, "另一个", BEGAN)])


def test_the_competent_department_is_the_nearest_above_in_two_queries(
    changsha, django_assert_num_queries
):
    city, zone = department_in(CITY), department_in(NINGXIANG_ZONE)
    for code, expected in [
        (NINGXIANG_ZONE, zone),
        (VILLAGE, city),
        (FURONG_OFFICES, city),
        (CITY_ZONE, city),
        (CITY_OFFICES, city),
    ]:
        with django_assert_num_queries(2):
            assert competent_department("fire", code) == expected


def test_an_abolished_division_has_a_successor_for_what_is_new_and_keeps_what_runs(changsha):
    furong, city = department_in(FURONG), department_in(CITY)
    yesterday = TODAY - timedelta(days=1)
    enter_division(
        viewer=SYSTEM,
        code=FURONG,
        name="芙蓉区",
        valid_from=BEGAN,
        parent=CITY,
        valid_until=yesterday,
        merged_into=CITY_OFFICES,
    )
    assert successor(FURONG, yesterday) == FURONG
    assert successor(FURONG, TODAY) == CITY_OFFICES
    assert competent_department("fire", FURONG) == furong
    assert competent_department("fire", FURONG, yesterday) == furong
    assert competent_department("fire", FURONG, TODAY) == city
    Division.objects.filter(pk=FURONG).update(merged_into=None)
    assert successor(FURONG, TODAY) == ""
    with pytest.raises(Refusal, match="NO_COMPETENT_DEPARTMENT"):
        competent_department("fire", FURONG, TODAY)


def test_load_divisions_reads_a_table_and_refuses_it_whole(db, tmp_path, capsys):
    table = tmp_path / "divisions.csv"
    head = "code,name,parent,kind,valid_from,valid_until,merged_into\n"
    rows = f"{TOWN},双江口镇,{NINGXIANG},town,2020-01-01,,\n{NINGXIANG},宁乡市,,,2020-01-01,,\n"
    table.write_text(head + rows)
    call_command("load_divisions", table)
    assert "2 divisions" in capsys.readouterr().out
    table.write_text(head + f"{CITY},长沙市,,,2020-01-01,,\n{FURONG},芙蓉区,1,,2020-01-01,,\n")
    with pytest.raises(CommandError, match=f"{FURONG} 的上级不存在"):
        call_command("load_divisions", table)
    table.write_text(head + f"{CITY},长沙市,,,2020-13-01,,\n")
    with pytest.raises(CommandError, match="row 1"):
        call_command("load_divisions", table)
    assert Division.objects.count() == 2
