"""From draft to retired: who may do what to a version, and which one is in force on a day."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest

from people.errors import Refusal
from people.models import AuditRecord, Person
from people.viewer import Viewer
from services.errors import DefinitionInvalid
from services.models import ServiceItem, VersionAct
from services.queries import current_version, visible_items
from services.tasks import open_versions_day
from services.versions import Absence, absence, governing, in_force, replaced_by
from tests.services.conftest import SYSTEM
from tests.services.editors import SIGNBOARD, TODAY, TOMORROW, act, day, editor, in_review, publish


@dataclass(frozen=True)
class Row:
    number: int
    valid_from: date | None
    valid_until: date | None = None
    state: str = "published"


def test_the_version_that_opened_last_governs_and_none_comes_back():
    old, trial, planned = Row(1, day(-9)), Row(2, day(-3), day(-1)), Row(3, day(2))
    rows = [planned, old, trial, Row(4, day(-1), state="retired"), Row(5, None, state="draft")]
    assert governing(rows, day(-4)) == old
    assert governing(rows, TODAY) == trial
    assert (in_force(rows, day(-1)), in_force(rows, TODAY)) == (trial, None)
    assert in_force(rows, day(2)) == planned
    assert absence(rows, TODAY) == Absence("not_open", day(2))
    assert absence([old, trial], TODAY) == Absence("closed", day(-1))
    assert absence([Row(1, day(-9), state="retired")], TODAY) == Absence("withdrawn")


def test_what_is_planned_for_another_day_stays_planned():
    old, now, planned, far = Row(1, day(-9)), Row(2, day(-3)), Row(3, day(2)), Row(4, day(5))
    rows = [old, now, planned, far]
    assert replaced_by(rows, TODAY, TODAY) == [old, now]
    assert replaced_by(rows, day(2), TODAY) == [old, planned]
    assert replaced_by(rows, day(3), TODAY) == [old]


def told(refused) -> set[str]:
    return {str(p.params.get("rule", p.code)) for p in refused.value.problems}


def test_a_draft_keeps_what_is_not_yet_a_definition_and_says_what_is_wrong(signboard, anna):
    draft = act("draft_item", anna, definition={"code": SIGNBOARD, "name": "招牌", "route": []})
    assert (draft.state, draft.number, draft.item.name) == ("draft", 1, "招牌")
    assert {row["params"]["rule"] for row in draft.proof["problems"]} >= {"MISSING"}
    with pytest.raises(DefinitionInvalid):
        act("submit_draft", anna, version_id=draft.pk)
    unsound = signboard | {"lead": "nobody_at_all"}
    changed = act(
        "change_draft", anna, version_id=draft.pk, definition=unsound, digest=draft.digest
    )
    assert changed.proof["problems"][0]["params"]["rule"] == "UNKNOWN_DEPARTMENT"
    with pytest.raises(Refusal, match="STALE_VERSION"):
        act("change_draft", anna, version_id=draft.pk, definition=signboard, digest=draft.digest)
    mended = act(
        "change_draft", anna, version_id=draft.pk, definition=signboard, digest=changed.digest
    )
    assert "problems" not in mended.proof
    assert not visible_items(Viewer.anonymous()).exists()
    assert list(VersionAct.objects.order_by("id").values_list("act", flat=True)) == [
        "drafted",
        "changed",
        "changed",
    ]


@pytest.mark.parametrize(
    ("definition", "rule"),
    [
        ({"name": "没有编码"}, "BAD_NAME"),
        ({"code": SIGNBOARD, "x": "\x00"}, "NOT_PLAIN"),
        ({"code": SIGNBOARD, "x": "\ud800"}, "NOT_PLAIN"),
        ({"code": SIGNBOARD, "x": float("nan")}, "NOT_PLAIN"),
        ({"code": SIGNBOARD, "x": {1: 2}}, "NOT_PLAIN"),
        ({"code": SIGNBOARD, "x": "汉" * 200_000}, "TOO_LARGE"),
        ({"code": SIGNBOARD, "x": [[]] * 100_001}, "TOO_LARGE"),
        ([SIGNBOARD], "NOT_A_MAPPING"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_the_database_could_not_keep_is_no_draft(db, anna, definition, rule):
    with pytest.raises(DefinitionInvalid) as refused:
        act("draft_item", anna, definition=definition)
    assert told(refused) == {rule}
    assert not ServiceItem.objects.exists()


def test_one_drafts_another_publishes_with_a_note_and_who_did_what_is_kept(signboard, anna, bert):
    draft = act("draft_item", anna, definition=signboard)
    with pytest.raises(Refusal, match="NOT_IN_REVIEW"):
        publish(bert, draft)
    act("submit_draft", anna, version_id=draft.pk)
    act("return_draft", bert, version_id=draft.pk, note="期限请再核对")
    with pytest.raises(Refusal, match="NOT_IN_REVIEW"):
        act("return_draft", bert, version_id=draft.pk, note="再退")
    act("submit_draft", anna, version_id=draft.pk)
    with pytest.raises(Refusal, match="NOT_A_DRAFT"):
        act("change_draft", anna, version_id=draft.pk, definition=signboard, digest=draft.digest)
    for viewer, note, code in [
        (anna, "好", "FOUR_EYES"),
        (bert, " ", "REASON_REQUIRED"),
        (SYSTEM, "好", "FORBIDDEN"),
    ]:
        with pytest.raises(Refusal, match=code):
            publish(viewer, draft, note)
    version = publish(bert, draft)
    assert (version.state, version.valid_from, version.note) == ("published", TODAY, "核对无误")
    acts = VersionAct.objects.filter(version=version).order_by("id")
    assert [(one.act, one.account_id == bert.account_id) for one in acts] == [
        ("drafted", False),
        ("submitted", False),
        ("returned", True),
        ("submitted", False),
        ("published", True),
    ]
    assert AuditRecord.objects.filter(action="publish_draft", outcome="FOUR_EYES").exists()
    assert current_version(SIGNBOARD) == version


def test_one_person_with_two_accounts_or_who_only_changed_a_draft_does_not_publish_it(
    signboard, anna
):
    person = Person.objects.create(name="甲", id_number_sealed=b"", id_number_digest=b"1" * 32)
    first, second = editor("first", person), editor("second", person)
    draft = act("draft_item", anna, definition={"code": SIGNBOARD})
    act("change_draft", first, version_id=draft.pk, definition=signboard, digest=draft.digest)
    act("submit_draft", anna, version_id=draft.pk)
    for viewer in (anna, first, second):
        with pytest.raises(Refusal, match="FOUR_EYES"):
            publish(viewer, draft)
    assert publish(editor("third"), draft).state == "published"


def test_a_version_planned_for_a_day_becomes_the_current_one_by_itself(signboard, anna, bert):
    old = publish(bert, in_review(anna, signboard))
    later = deepcopy(signboard) | {"name": "户外招牌设置许可（新）"}
    with pytest.raises(Refusal, match="VALIDITY_INVALID"):
        publish(bert, in_review(anna, later), valid_from=day(-1))
    planned = in_review(anna, later)
    with pytest.raises(Refusal, match="VALIDITY_INVALID"):
        publish(bert, planned, valid_from=TOMORROW, valid_until=TODAY)
    publish(bert, planned, valid_from=TOMORROW, valid_until=day(30))
    assert current_version(SIGNBOARD) == old
    assert current_version(SIGNBOARD, on=TOMORROW) == planned
    assert ServiceItem.objects.get().name == "户外招牌设置许可"
    with pytest.raises(Refusal, match="ITEM_NOT_AVAILABLE") as refused:
        current_version(SIGNBOARD, on=day(31))
    assert refused.value.problems[0].params["reason"] == "closed"


def test_a_planned_version_is_listed_on_its_day_also_when_nobody_swept_for_days(
    signboard, anna, bert
):
    old = publish(bert, in_review(anna, signboard))
    later = deepcopy(signboard) | {"name": "新名称", "words": ["灯箱"]}
    planned = publish(bert, in_review(anna, later), valid_from=TOMORROW)
    open_versions_day(TODAY.isoformat())
    old.refresh_from_db()
    assert (old.state, ServiceItem.objects.get().name) == ("published", signboard["name"])
    for _ in range(2):
        open_versions_day(day(3).isoformat())
    item = ServiceItem.objects.get()
    old.refresh_from_db()
    assert (old.state, old.ended_as, item.name) == ("retired", "replaced", "新名称")
    assert [one.word for one in item.words.all()] == ["灯箱"]
    assert current_version(SIGNBOARD, on=day(3)) == planned
    assert list(VersionAct.objects.filter(act="replaced")) == [
        VersionAct.objects.get(version=old, act="replaced")
    ]


def test_bad_52_an_item_that_is_not_yet_open_says_from_when(signboard, anna, bert):
    publish(bert, in_review(anna, signboard), valid_from=TOMORROW)
    with pytest.raises(Refusal, match="ITEM_NOT_AVAILABLE") as refused:
        current_version(SIGNBOARD)
    assert refused.value.problems[0].params == {
        "item": SIGNBOARD,
        "reason": "not_open",
        "day": TOMORROW.isoformat(),
    }
    assert not visible_items(Viewer.anonymous()).exists()


def test_a_draft_that_a_later_version_overtook_or_that_was_discarded_is_not_published(
    signboard, anna, bert
):
    first = in_review(anna, signboard)
    publish(bert, in_review(anna, signboard))
    with pytest.raises(Refusal, match="DRAFT_OUTDATED"):
        publish(bert, first)
    act("discard_draft", anna, version_id=first.pk)
    first.refresh_from_db()
    assert (first.state, first.ended_as) == ("retired", "discarded")
    with pytest.raises(Refusal, match="NOT_IN_REVIEW"):
        publish(bert, first)
    assert act("draft_item", anna, definition=signboard).number == 3


def test_only_editors_and_the_lead_departments_supervisor_touch_drafts(signboard, anna):
    draft = act("draft_item", anna, definition=signboard)
    stranger = Viewer(kind="officer", department_function="fire", roles=frozenset({"supervisor"}))
    with pytest.raises(Refusal, match="FORBIDDEN"):
        act("draft_item", stranger, definition=signboard)
    for name, given in [
        ("change_draft", {"definition": signboard, "digest": draft.digest}),
        ("submit_draft", {}),
        ("return_draft", {"note": "x"}),
        ("publish_draft", {"note": "x"}),
        ("discard_draft", {}),
    ]:
        with pytest.raises(Refusal, match="FORBIDDEN"):
            act(name, stranger, version_id=draft.pk, **given)
    assert VersionAct.objects.count() == 1
