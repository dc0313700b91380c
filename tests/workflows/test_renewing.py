"""A draft and the versions that come after it: when it may still be filed, and how it is brought up to date."""

from copy import deepcopy
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.commands import enter_division
from people.errors import Refusal, Refusals
from people.models import Department, Officer
from people.viewer import Viewer
from services.commands import publish_item, retire_item
from services.models import ItemVersion
from services.queries import current_version
from tests.city import LAKE, ROCK, City
from tests.restaurant import SIGNBOARD_ITEM, key
from tests.services.editors import act, editor, in_review, publish
from tests.workflows.test_counter import TYPED
from workflows import commands
from workflows.models import Case, CaseEvent

SYSTEM = Viewer.system("tests")
TODAY = timezone.localdate()
FASTER = {
    "reason": "本区承诺提速",
    "ops": [
        {"op": "set", "at": "limits.promised.days", "value": 2},
        {"op": "set", "at": "route.signage.within.days", "value": 2},
    ],
}


def drafted(city: City, typed: dict[str, object] | None = None, division: str = "") -> Case:
    case = commands.start_case(
        viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM, division=division
    )
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    return commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers=TYPED if typed is None else typed,
    )


def submit(city: City, case: Case) -> Case:
    case.refresh_from_db()
    return commands.submit_case(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision
    )


def renew(city: City, case: Case) -> Case:
    case.refresh_from_db()
    return commands.renew_draft(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision
    )


def changed(change) -> ItemVersion:
    definition = deepcopy(current_version(SIGNBOARD_ITEM).definition)
    change(definition)
    return publish_item(viewer=SYSTEM, key=key(), definition=definition)


def refused_with(city: City, case: Case) -> dict[str, object]:
    with pytest.raises(Refusal) as refused:
        submit(city, case)
    case.refresh_from_db()
    assert (case.state, case.number) == ("draft", None)
    (problem,) = refused.value.problems
    return {"code": problem.code, **problem.params}


def test_bad_67_a_draft_whose_version_was_only_replaced_is_filed_with_it(city: City):
    case = drafted(city)
    new = changed(lambda item: item.update(summary="新的简介"))
    filed = submit(city, case)
    assert (filed.state, filed.item_version.number, new.number) == ("reviewing", 1, 2)


def test_bad_51_a_draft_of_a_withdrawn_version_is_told_what_differs_and_loses_nothing(city: City):
    case = drafted(city)
    retire_item(viewer=SYSTEM, key=key(), item_code=SIGNBOARD_ITEM)
    assert refused_with(city, case)["code"] == "ITEM_NOT_AVAILABLE"

    def change(item):
        item["limits"]["promised"]["days"] = item["route"][0]["within"]["days"] = 2
        fields = item["form"][1]["fields"]
        fields[:] = [one for one in fields if one["id"] != "lit"]

    text = deepcopy(ItemVersion.objects.get(item__code=SIGNBOARD_ITEM).definition)
    change(text)
    publish_item(viewer=SYSTEM, key=key(), definition=text)
    assert refused_with(city, case) == {
        "code": "ITEM_VERSION_OUTDATED",
        "version": 2,
        "count": 2,
        "changes": "承诺时限由 3 改为 2 个工作日；取消表单“招牌”中的“是否夜间照明”",
        "reason": "",
    }
    renewed = renew(city, case)
    assert "lit" not in renewed.answers["signboard"]
    assert renewed.answers["signboard"]["text"] == TYPED["signboard.text"]
    assert renewed.provenance["enterprise.name"]["type"] == "BUSINESS_LICENCE"
    event = CaseEvent.objects.get(case_id=case.pk, kind="renewed")
    assert event.details == {"from": 1, "to": 2, "fields": ["signboard.lit"]}
    assert renew(city, case).revision == renewed.revision
    assert submit(city, case).item_version.number == 2


def test_bad_51_a_version_is_outdated_the_day_after_its_last(city: City):
    anna, bert = editor("anna"), editor("bert")
    text = deepcopy(current_version(SIGNBOARD_ITEM).definition)
    trial = publish(bert, in_review(anna, text | {"summary": "试行"}), valid_until=TODAY)
    case = drafted(city)
    assert case.item_version == trial
    after = in_review(anna, text | {"summary": "正式施行"})
    publish(bert, after, valid_from=TODAY + timedelta(days=1))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert refused_with(city, case) == {
            "code": "ITEM_VERSION_OUTDATED",
            "version": after.number,
            "count": 0,
            "changes": "",
            "reason": "same",
        }


def test_a_place_with_rules_of_its_own_is_told_and_the_draft_moves_there(city: City):
    anna, bert = editor("anna"), editor("bert")
    early = drafted(city)
    draft = act("draft_override", anna, item_code=SIGNBOARD_ITEM, division=LAKE, patch=FASTER)
    act("submit_draft", anna, version_id=draft.pk)
    region = publish(bert, draft)
    late = drafted(city)
    assert refused_with(city, late) == {
        "code": "REGION_DIFFERS",
        "version": region.number,
        "name": "明湖区",
        "reason": "",
    }
    assert renew(city, late).item_version == region
    moved = submit(city, late)
    assert (moved.division_id, moved.item_version) == (LAKE, region)
    assert submit(city, early).item_version.number == 1
    begun = drafted(city, {**TYPED, "signboard.division": ROCK}, division=LAKE)
    assert begun.item_version == region
    assert refused_with(city, begun)["reason"] == "standard"
    assert submit(city, renew(city, begun)).division_id == ROCK


def test_a_chosen_division_gives_its_version_and_stands_in_the_form(city: City):
    case = commands.start_case(
        viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM, division=ROCK
    )
    assert case.answers["signboard"] == {"division": ROCK}
    for division in ("990199000000", "明湖区", "\x00"):
        with pytest.raises(Refusal, match="INVALID_DIVISION"):
            commands.start_case(
                viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM, division=division
            )


def test_an_abolished_division_keeps_what_runs_and_sends_what_is_new_to_its_successor(city: City):
    running, fresh = submit(city, drafted(city)), drafted(city)
    enter_division(
        viewer=SYSTEM,
        code=LAKE,
        name="明湖区",
        parent="990100000000",
        valid_from=TODAY - timedelta(days=999),
        valid_until=TODAY - timedelta(days=1),
        merged_into=ROCK,
    )
    filed = submit(city, fresh)
    assert filed.division_id == ROCK
    assert filed.lead == Department.objects.get(code="urban_management.990100000000")
    running.refresh_from_db()
    assert running.division_id == LAKE
    approval = filed.approvals.get()
    assert approval.department == filed.lead
    assert Officer.objects.filter(department=approval.department).exists()


def test_renew_draft_is_for_the_applicant_of_a_draft_alone(city: City):
    case = drafted(city)
    for viewer in (city.stranger, city.officer("urban_management")):
        with pytest.raises(Refusal, match=r"NOT_FOUND|ILLEGAL_TRANSITION"):
            commands.renew_draft(viewer=viewer, key=key(), case_id=case.pk, revision=case.revision)
    with pytest.raises(Refusal, match="STALE_VERSION"):
        commands.renew_draft(viewer=city.owner, key=key(), case_id=case.pk, revision=0)
    submit(city, case)
    with pytest.raises(Refusal, match="ILLEGAL_TRANSITION"):
        renew(city, case)


def test_a_draft_without_a_place_is_told_that_and_nothing_of_regions(city: City):
    case = drafted(city, {k: v for k, v in TYPED.items() if k != "signboard.division"})
    with pytest.raises(Refusals) as refused:
        submit(city, case)
    assert ("REQUIRED", "signboard.division") in [(p.code, p.field) for p in refused.value.problems]
