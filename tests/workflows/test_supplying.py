"""Files of a case: attached by whom they belong to, read by whom needs them, owed until they come."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from bus.models import OutboxLetter
from files.models import Blob
from files.queries import read
from people.errors import NotFound, Refusal
from tests.restaurant import approval_of, decide, reload
from tests.supplies import PDF, attached, draft, image, key, pdf, publish_signboard, sent, submitted
from workflows import commands
from workflows.models import Approval, CaseEvent, CaseFile, Document, MaterialPromise
from workflows.queries import case_file_for, reading_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def signboard(city):
    publish_signboard()


def refused(act) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as told:
        act()
    return [(problem.code, problem.field) for problem in told.value.problems]


def test_bad_54_every_missing_file_is_told_at_once_and_one_of_a_group_is_enough(city):
    case = draft(city)

    def submit():
        commands.submit_case(
            viewer=city.owner, key=key(), case_id=case.pk, revision=reload(case).revision
        )

    missing = [f"materials.{name}" for name in ("drawing", "safety", "premises")]
    assert refused(submit) == [("MATERIAL_MISSING", place) for place in missing]
    attached(city.owner, case, "lease", pdf())
    assert refused(submit) == [("MATERIAL_MISSING", place) for place in missing[:2]]


def test_bad_77_atk_42_only_ones_own_file_is_attached_and_the_same_once(city):
    case = draft(city)
    mine, theirs = sent(city.owner, pdf("1")), sent(city.stranger, pdf("2"))

    def attach(ticket, viewer=city.owner):
        return commands.attach_file(
            viewer=viewer, key=key(), case_id=case.pk, material="drawing", ticket_id=ticket.pk
        )

    for act in (lambda: attach(theirs), lambda: attach(mine, city.stranger)):
        assert refused(act)[0][0] == "NOT_FOUND"
    attach(mine)
    attach(mine)
    attach(sent(city.owner, pdf("1")))  # the same content, sent again
    file = CaseFile.objects.get(case=case)
    assert read(file.blob) == pdf("1")
    other = draft(city)
    assert refused(
        lambda: commands.attach_file(
            viewer=city.owner, key=key(), case_id=other.pk, material="deed", ticket_id=mine.pk
        )
    ) == [("NOT_FOUND", "ticketId")]
    with pytest.raises(NotFound):
        case_file_for(city.stranger, file.pk)
    assert case_file_for(city.owner, file.pk) == file


def test_bad_69_bad_54_a_material_takes_its_kinds_and_so_many_files_and_lets_go(city):
    case = draft(city)
    attached(city.owner, case, "drawing", pdf("1"))
    attached(city.owner, case, "drawing", pdf("2"))
    third = lambda: attached(city.owner, case, "drawing", pdf("3"))  # noqa: E731
    assert refused(third) == [("TOO_MANY_FILES", "materials.drawing")]
    picture = lambda: attached(city.owner, case, "lease", image())  # noqa: E731
    assert refused(picture) == [("FILE_TYPE_NOT_ALLOWED", "materials.lease")]
    first = CaseFile.objects.filter(case=case).first()
    commands.detach_file(viewer=city.owner, key=key(), case_id=case.pk, file_id=first.pk)
    third()
    assert CaseFile.objects.filter(case=case).count() == 2


def test_a_case_is_accepted_with_what_it_owes_and_granted_only_when_that_has_come(city):
    case = submitted(city)
    assert case.state == "reviewing"
    promise = MaterialPromise.objects.get(case=case)
    notice = Document.objects.get(case=case, kind="supplement_notice")
    day = promise.due_on
    assert f"{day.year}年{day.month}月{day.day}日前补齐" in str(notice.content["rows"])
    approval, officer = approval_of(case, "signage"), city.officer("urban_management")
    seen = reading_of(approval).digest
    assert refused(lambda: decide(officer, approval)) == [("MATERIAL_OWED", "outcome")]
    attached(city.owner, case, "safety", pdf("安全"))
    assert refused(lambda: decide(officer, approval, digest=seen))[0][0] == "STALE_VERSION"
    decide(officer, approval)
    assert reload(case).state in {"decided", "concluded"}
    again = lambda: attached(city.owner, case, "safety", pdf("另一份"))  # noqa: E731
    assert refused(again)[0][0] == "ILLEGAL_TRANSITION"


def test_an_owed_material_is_reminded_of_once_and_ends_the_case_when_it_does_not_come(city):
    case = submitted(city)
    due = MaterialPromise.objects.get(case=case).due_on
    assert commands.sweep_silence(due - timedelta(days=4))["reminded"] == 0
    assert commands.sweep_silence(due)["reminded"] == 1
    assert commands.sweep_silence(due)["reminded"] == 0
    assert OutboxLetter.objects.filter(topic="material.due").count() == 1
    assert commands.sweep_silence(due + timedelta(days=1))["not_supplied"] == 1
    case = reload(case)
    assert (case.state, case.reason) == ("lapsed", "逾期未补齐承诺后补的材料：结构安全证明")
    assert approval_of(case, "signage").state == "void"
    assert commands.sweep_silence(due + timedelta(days=1))["not_supplied"] == 0


def test_only_what_the_item_lets_come_later_is_promised(city):
    case = draft(city)
    for material in ("drawing", "nothing"):
        promise = lambda name=material: commands.promise_material(  # noqa: E731
            viewer=city.owner, key=key(), case_id=case.pk, material=name
        )
        assert refused(promise) == [("NOT_PROMISABLE", f"materials.{material}")]


def test_inv_19_a_department_reads_and_fetches_exactly_the_files_of_its_step(city):
    case = submitted(city, promising=False)
    officer = city.officer("urban_management")
    files = {file.material: file for file in CaseFile.objects.filter(case=case)}
    shown = reading_of(approval_of(case, "signage")).data["materials"]
    digests = {m["id"]: [f["digest"] for f in m["files"]] for m in shown if "files" in m}
    assert digests == {
        "drawing": [files["drawing"].blob.digest],
        "lease": [],
        "safety": [files["safety"].blob.digest],
    }
    assert case_file_for(officer, files["drawing"].pk).name == "图纸.pdf"
    with pytest.raises(NotFound):  # its step does not read the deed
        case_file_for(officer, files["deed"].pk)
    with pytest.raises(NotFound):
        case_file_for(city.officer("fire"), files["drawing"].pk)
    Approval.objects.filter(case=case).update(state="void")
    assert reading_of(approval_of(case, "signage")).data["values"] == {}
    with pytest.raises(NotFound):  # nothing is asked of it any more
        case_file_for(officer, files["drawing"].pk)


def test_atk_42_a_file_of_one_sitting_gets_into_no_other_sittings_case(city):
    first, second = (replace(city.owner, sitting_id=uuid4()) for _ in range(2))
    ticket, case = sent(first, pdf("1")), draft(city)
    about = {"case_id": case.pk, "material": "deed", "ticket_id": ticket.pk}
    for other in (second, city.owner):
        attach = lambda viewer=other: commands.attach_file(viewer=viewer, key=key(), **about)  # noqa: E731
        assert refused(attach) == [("NOT_FOUND", "ticketId")]
    commands.attach_file(viewer=first, key=key(), **about)
    assert CaseFile.objects.get(case=case).ticket_id == ticket.pk


def test_bad_63_a_correction_notice_asks_for_other_files_and_is_answered_by_them(city):
    case = submitted(city, promising=False)
    lead = city.officer("urban_management")
    case = commands.request_corrections(
        viewer=lead,
        key=key(),
        case_id=case.pk,
        items=[{"field": "materials.drawing", "message": "请标明尺寸"}],
    )

    def answer():
        commands.answer_corrections(
            viewer=city.owner,
            key=key(),
            case_id=case.pk,
            revision=reload(case).revision,
            answers={},
        )

    assert refused(answer) == [("NOT_CHANGED", "materials.drawing")]
    deed = lambda: attached(city.owner, case, "deed", pdf("9"))  # noqa: E731
    assert refused(deed)[0][0] == "ILLEGAL_TRANSITION"
    old = CaseFile.objects.get(case=case, material="drawing")
    commands.detach_file(viewer=city.owner, key=key(), case_id=case.pk, file_id=old.pk)
    assert refused(answer) == [("MATERIAL_MISSING", "materials.drawing")]
    attached(city.owner, case, "drawing", pdf("新图"))
    answer()
    assert reload(case).state == "reviewing"
    kinds = CaseEvent.objects.filter(case_id=case.pk).values_list("kind", flat=True)
    assert {"file_attached", "file_detached", "corrections_answered"} <= set(kinds)
    assert Blob.objects.filter(media_type=PDF, name="图纸.pdf").exists()
