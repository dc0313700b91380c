"""Moving running cases to another version: what moves, what stays and why; nothing by itself (BAD-67)."""

from copy import deepcopy
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bus.models import OutboxLetter
from config.env import ROOT
from people.viewer import Viewer
from services.commands import publish_item
from services.importing import load_definition
from tests.restaurant import decide_step, key, reload
from tests.supplies import ANSWERS, ITEM
from tests.unchanged import refused
from tests.walking import draft, submitted
from workflows import commands
from workflows.models import Approval, Case, CaseEvent

pytestmark = pytest.mark.django_db
SYSTEM = Viewer.system("tests")
ADVICE = {
    "id": "advice",
    "name": "市容意见",
    "kind": "advise",
    "department": "ecology",
    "within": {"days": 1, "kind": "working"},
    "reads": ["signboard"],
    "before": ["signage"],
}


def signboard():
    """The fixture, with the steps that these tests change."""
    path = ROOT / "fixtures/services/signboard.yaml"
    data = load_definition(path.read_text(encoding="utf-8"))
    data["limits"]["promised"]["days"] = 9
    data["route"].insert(0, deepcopy(ADVICE))
    return data


def published(data):
    return publish_item(viewer=SYSTEM, key=key(), definition=deepcopy(data))


def field(data, name):
    return next(f for f in data["form"][1]["fields"] if f["id"] == name)


def move(case, version):
    return commands.move_case(viewer=SYSTEM, key=key(), case_id=case.pk, version_id=version.pk)


def codes(case, version):
    return {(p.code, p.field) for p in commands.foreseen_move(reload(case), version).reasons}


def test_a_draft_keeps_what_still_fits_and_is_told_what_is_asked_anew(city):
    data = signboard()
    published(data)
    case = draft(city.owner, ITEM, ANSWERS)
    assert "enterprise.name" in case.provenance
    field(data, "size").update(label="规格（厘米）")
    new = {"id": "weight", "label": "重量", "type": "integer", "required": True, "minimum": 1}
    data["form"][1]["fields"].append(new)
    version = published(data)
    assert reload(case).item_version != version  # nothing moves by itself
    moved = move(case, version)
    assert moved.item_version == version
    assert "size" not in moved.answers["signboard"]
    assert moved.answers["signboard"]["text"] == ANSWERS["signboard.text"]
    assert moved.provenance["enterprise.name"] == case.provenance["enterprise.name"]
    event = CaseEvent.objects.get(case_id=case.pk, kind="case_moved")
    assert event.details["fields"] == ["signboard.size"]
    letter = OutboxLetter.objects.get(topic="case.moved")
    assert letter.envelope["data"]["accounts"] == [str(city.owner.account_id)]
    more = {"signboard.size": "600", "signboard.weight": 30}
    moved = commands.save_answers(
        viewer=city.owner, key=key(), case_id=case.pk, revision=moved.revision, answers=more
    )
    commands.submit_case(viewer=city.owner, key=key(), case_id=case.pk, revision=moved.revision)


def test_a_draft_to_which_nothing_changes_moves_without_a_letter(city):
    data = signboard()
    published(data)
    case = draft(city.owner, ITEM, ANSWERS)
    data["summary"] = "另一种说明"
    move(case, published(data))
    assert not OutboxLetter.objects.filter(topic="case.moved").exists()


def reviewing(city):
    """A case under review: the advice is open, the decision waits."""
    data = signboard()
    published(data)
    return data, submitted(city.owner, ITEM, ANSWERS)


STAYS = {
    "a new question": (
        lambda d: d["form"][1]["fields"].append(
            {"id": "weight", "label": "重量", "type": "integer", "required": True}
        ),
        {("FIELD_REQUIRED", "signboard.weight")},
    ),
    "another meaning of an answer": (
        lambda d: field(d, "size").update(unit="厘米"),
        {("FIELD_DIFFERS", "signboard.size")},
    ),
    "an answer that no longer fits": (
        lambda d: field(d, "text").update(max_length=2),
        {("FIELD_DIFFERS", "signboard.text")},
    ),
    "another document": (
        lambda d: d["materials"][2].update(name="安全保证书"),
        {("MATERIAL_DIFFERS", "materials.promise")},
    ),
    "a new document": (
        lambda d: (
            d["materials"].append({"id": "photo", "name": "现场照片", "mode": "upload"}),
            d["route"][1]["reads"].append("materials.photo"),
        ),
        {("MATERIAL_REQUIRED", "materials.photo")},
    ),
    "an open step that reads more": (
        lambda d: d["route"][0]["reads"].append("enterprise"),
        {("STEP_DIFFERS", "route.advice")},
    ),
    "an open step that is gone": (
        lambda d: d["route"].pop(0),
        {("STEP_DIFFERS", "route.advice")},
    ),
    "an open step that would have waited": (
        lambda d: d["route"].append({**ADVICE, "id": "first", "before": ["advice"]}),
        {("ORDER_DIFFERS", "route.advice")},
    ),
    "other limits": (
        lambda d: d["limits"]["promised"].update(days=10),
        {("LIMITS_DIFFER", "limits")},
    ),
    "another join": (lambda d: d.update(join="all"), {("ITEM_DIFFERS", "join")}),
}


@pytest.mark.parametrize("name", STAYS)
def test_bad_67_a_case_under_review_stays_where_something_would_mean_something_else(name, city):
    data, case = reviewing(city)
    change, expected = STAYS[name]
    change(data)
    version = published(data)
    assert codes(case, version) == expected
    with refused(next(iter(expected))[0]):
        move(case, version)


def test_a_case_under_review_follows_changes_of_what_nobody_has_begun(city):
    data, case = reviewing(city)
    data["route"][1]["within"]["days"] = 2
    data["route"].append({**ADVICE, "id": "fire", "name": "消防意见", "department": "fire"})
    before = Approval.objects.get(case=case, step="advice")
    case = move(case, published(data))
    assert Approval.objects.get(case=case, step="advice") == before
    assert dict(Approval.objects.filter(case=case).values_list("step", "state")) == {
        "advice": "open",
        "fire": "open",
        "signage": "waiting",
    }
    assert not OutboxLetter.objects.filter(topic="case.moved").exists()
    for step in ("advice", "fire", "signage"):
        decide_step(city, case, step)
    assert reload(case).outcome == "approved"


def test_what_is_decided_never_moves_and_nobody_else_moves_a_case(city):
    data, case = reviewing(city)
    data["summary"] = "另一种说明"
    version = published(data)
    with refused("FORBIDDEN"):
        commands.move_case(viewer=city.owner, key=key(), case_id=case.pk, version_id=version.pk)
    for step in ("advice", "signage"):
        decide_step(city, case, step)
    assert codes(case, version) == {("CASE_CLOSED", "case")}
    other = draft(city.owner, ITEM, ANSWERS)
    with refused("ALREADY_MOVED"):
        move(other, version)
    with refused("VERSION_NOT_PUBLISHED"):
        move(case, case.item_version)


def test_the_command_says_first_and_then_does_exactly_that(city):
    data = signboard()
    published(data)
    kept, review = draft(city.owner, ITEM, ANSWERS), submitted(city.owner, ITEM, ANSWERS)
    field(data, "size").update(label="规格（厘米）")
    version = published(data)
    plan, done = StringIO(), StringIO()
    call_command("move_cases", ITEM, "--to", str(version.number), "--dry-run", stdout=plan)
    assert not Case.objects.filter(item_version=version).exists()
    call_command("move_cases", ITEM, "--to", str(version.number), stdout=done)
    assert plan.getvalue().replace("将移动", "已移动") == done.getvalue()
    lines = done.getvalue().splitlines()
    assert f"{kept.pk} draft 移动" in lines[0]
    assert "需要填写：规格（厘米）" in lines[0]
    assert lines[1].startswith(f"{review.number} reviewing 不动：已填写的“规格”")
    assert lines[2] == "已移动 1 件，不动 1 件"
    assert reload(kept).item_version == version
    with pytest.raises(CommandError, match="VERSION_NOT_PUBLISHED"):
        call_command("move_cases", ITEM, "--to", "1", stdout=done)
