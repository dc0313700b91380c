"""Regional overrides: a patch on the standard, proven for its region, carried over to every new standard."""

from copy import deepcopy
from datetime import timedelta

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone

from people.commands import enter_division
from people.errors import Refusal
from people.models import Officer
from services.errors import DefinitionInvalid
from services.models import ItemVersion
from services.queries import current_version
from services.regional import consequences
from tests.services.conftest import CITY, LAKE, ROCK, SYSTEM
from tests.services.editors import SIGNBOARD, TODAY, TOMORROW, act, day, in_review, publish

FASTER = {
    "reason": "本区承诺提速",
    "ops": [
        {"op": "set", "at": "limits.promised.days", "value": 2},
        {"op": "set", "at": "route.signage.within.days", "value": 2},
    ],
}


@pytest.fixture
def standard(signboard, anna, bert):
    return publish(bert, in_review(anna, signboard))


def override(anna, bert, division=LAKE, patch=FASTER, **days) -> ItemVersion:
    draft = act("draft_override", anna, item_code=SIGNBOARD, division=division, patch=patch)
    act("submit_draft", anna, version_id=draft.pk)
    return publish(bert, draft, "本区提速", **days)


def promised(division: str, on=None) -> int:
    return current_version(SIGNBOARD, division, on).definition["limits"]["promised"]["days"]


def test_a_region_has_its_own_version_and_all_below_it_have_it_too(
    standard, anna, bert, django_assert_num_queries
):
    enter_division(
        viewer=SYSTEM,
        code="990102999000",
        name="明湖区本级",
        parent=LAKE,
        kind="self",
        valid_from=TODAY,
    )
    version = override(anna, bert)
    assert (version.number, version.base, version.division_id) == (2, standard, LAKE)
    assert (promised(LAKE), promised("990102999000")) == (2, 2)
    assert (promised(ROCK), promised(CITY), promised("")) == (3, 3, 3)
    override(anna, bert, CITY, {**FASTER, "ops": FASTER["ops"][:1] + FASTER["ops"][1:]})
    with django_assert_num_queries(2):
        assert current_version(SIGNBOARD, "990102999000") == version
    assert promised(ROCK) == 2


def test_a_region_that_asks_more_or_touches_the_law_is_refused_with_the_place(standard, anna):
    slower = {"op": "set", "at": "limits.promised.days", "value": 9}
    with pytest.raises(DefinitionInvalid) as refused:
        act(
            "draft_override",
            anna,
            item_code=SIGNBOARD,
            division=LAKE,
            patch={"reason": "x", "ops": [slower, {"op": "set", "at": "type", "value": "20"}]},
        )
    assert {p.field: p.params["rule"] for p in refused.value.problems} == {
        "limits.promised.days": "REGION_SLOWER",
        "type": "NOT_REGIONAL",
    }
    for division in ("990199000000", "", "\x00"):
        with pytest.raises(Refusal, match="INVALID_DIVISION"):
            act("draft_override", anna, item_code=SIGNBOARD, division=division, patch=FASTER)


def test_a_region_is_proven_for_its_own_divisions(standard, anna, bert):
    patch = {
        "reason": "一枚印章管审批",
        "ops": [{"op": "set", "at": "route.signage.department", "value": "market_regulation"}],
    }
    Officer.objects.filter(department__code=f"market_regulation.{ROCK}").delete()
    at_rock = act("draft_override", anna, item_code=SIGNBOARD, division=ROCK, patch=patch)
    rules = {row["params"]["rule"] for row in at_rock.proof["problems"]}
    assert "UNKNOWN_DEPARTMENT" in rules
    at_lake = act("draft_override", anna, item_code=SIGNBOARD, division=LAKE, patch=patch)
    rules = {row["params"]["rule"] for row in at_lake.proof["problems"]}
    assert rules == {"ISSUER_NOT_COMPETENT"}
    mended = act(
        "change_override", anna, version_id=at_lake.pk, patch=FASTER, digest=at_lake.digest
    )
    assert "problems" not in mended.proof
    with pytest.raises(Refusal, match="NOT_A_DRAFT"):
        act("change_draft", anna, version_id=mended.pk, definition={"code": SIGNBOARD}, digest="")


def test_a_new_standard_shows_what_it_does_to_each_region_and_takes_them_along(
    standard, signboard, anna, bert, capsys
):
    old = override(anna, bert)
    override(anna, bert, ROCK)
    renamed = deepcopy(signboard)
    renamed["summary"] = "新的简介"
    shown = consequences(renamed)
    assert [(one.division, one.problems) for one in shown] == [(LAKE, ()), (ROCK, ())]
    assert [(d.place, d.after) for d in shown[0].differences] == [("summary", "新的简介")]
    call_command("diff_items", SIGNBOARD, "1", "2")
    assert "承诺时限由 3 改为 2 个工作日" in capsys.readouterr().out
    new = publish(bert, in_review(anna, renamed))
    region = current_version(SIGNBOARD, LAKE)
    assert (region.base, region.definition["summary"], promised(LAKE)) == (new, "新的简介", 2)
    assert (region.state, region.note) == ("published", "随标准第 4 版更新")
    old.refresh_from_db()
    assert (old.state, old.ended_as) == ("retired", "replaced")


def test_a_region_that_would_break_keeps_the_standard_back_until_its_changes_are_dropped(
    standard, signboard, anna, bert, tmp_path, capsys
):
    override(anna, bert)
    faster = deepcopy(signboard)
    faster["route"][0]["id"] = "sign"
    faster["limits"]["promised"]["days"] = faster["route"][0]["within"]["days"] = 1
    (shown,) = consequences(faster)
    assert {p.params["rule"] for p in shown.problems} == {"PATCH_PLACE_GONE"}
    (tmp_path / "faster.yaml").write_text(yaml.safe_dump(faster, allow_unicode=True))
    with pytest.raises(CommandError, match="须先修改或者取消"):
        call_command("show_consequences", tmp_path / "faster.yaml")
    assert "× patch.ops.1: PATCH_PLACE_GONE" in capsys.readouterr().out
    draft = in_review(anna, faster)
    with pytest.raises(Refusal, match="REGION_CONFLICT") as refused:
        publish(bert, draft)
    assert refused.value.problems[0].params["name"] == "明湖区"
    assert current_version(SIGNBOARD) == standard
    act("drop_override", anna, item_code=SIGNBOARD, division=LAKE, note="全市已统一提速")
    assert current_version(SIGNBOARD, LAKE) == standard
    publish(bert, draft)
    assert promised(LAKE) == 1


def test_standard_and_region_stay_in_step_on_every_planned_day(standard, signboard, anna, bert):
    planned = deepcopy(signboard) | {"summary": "下月起的简介"}
    publish(bert, in_review(anna, planned), valid_from=day(10))
    override(anna, bert, valid_until=day(20))
    for on, summary, days in [
        (TODAY, signboard["summary"], 2),
        (day(10), "下月起的简介", 2),
        (day(21), "下月起的简介", 3),
    ]:
        version = current_version(SIGNBOARD, LAKE, on)
        assert (version.definition["summary"], promised(LAKE, on)) == (summary, days)
    urgent = deepcopy(signboard) | {"summary": "今天起的简介"}
    publish(bert, in_review(anna, urgent), valid_from=TOMORROW)
    found = [
        current_version(SIGNBOARD, LAKE, on).definition["summary"] for on in map(day, range(12))
    ]
    assert found == [signboard["summary"]] + ["今天起的简介"] * 9 + ["下月起的简介"] * 2


def test_a_region_drafted_on_a_standard_that_was_replaced_is_drafted_again(
    standard, signboard, anna, bert
):
    draft = act("draft_override", anna, item_code=SIGNBOARD, division=LAKE, patch=FASTER)
    act("submit_draft", anna, version_id=draft.pk)
    publish(bert, in_review(anna, deepcopy(signboard) | {"summary": "新的简介"}))
    with pytest.raises(Refusal, match="DRAFT_OUTDATED"):
        publish(bert, draft)
    act("return_draft", bert, version_id=draft.pk, note="标准已更新")
    again = act("change_override", anna, version_id=draft.pk, patch=FASTER, digest=draft.digest)
    assert again.definition["summary"] == "新的简介"


def test_a_withdrawn_item_is_withdrawn_in_every_region(standard, anna, bert):
    override(anna, bert)
    act("retire_item", SYSTEM, item_code=SIGNBOARD)
    for division in ("", LAKE):
        with pytest.raises(Refusal, match="ITEM_NOT_AVAILABLE"):
            current_version(SIGNBOARD, division, timezone.localdate() + timedelta(days=1))
