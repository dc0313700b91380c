"""Moving a running case to another version of its item; nothing moves by itself (BAD-67)."""

from collections.abc import Iterator
from uuid import UUID

from files.models import UploadTicket
from people.commands import once
from people.divisions import lineage
from people.errors import NotFound, Problem, Refusal, Refusals
from people.viewer import Viewer
from services.answers import with_value
from services.definition import Definition
from services.fields import Field
from services.models import ItemVersion
from services.queries import answer_check_of, definition_of
from services.route import active_steps
from workflows.commands.accepting import add_approval, departments_of
from workflows.commands.filling import settle
from workflows.commands.moving_on import move_on
from workflows.commands.records import locked_approvals, locked_case, note, tell
from workflows.commands.submitting import missing_materials
from workflows.filed import files_of
from workflows.models import UNFINISHED, Approval, Case, CaseFile, MaterialPromise
from workflows.queries import DEFINITION, facts_of_case
from workflows.transfer import CaseFacts, Verdict, unchanged_steps, verdict_on

AT_ONCE = 200


def movable(version: ItemVersion) -> Iterator[Case]:
    """The unfinished cases of the item that are on other versions of it, in pages by version and id."""
    others = ItemVersion.objects.filter(item=version.item_id).exclude(pk=version.pk)
    for other in others.order_by("number").values_list("pk", flat=True):
        last = UUID(int=0)
        rows = Case.objects.filter(item_version=other, state__in=UNFINISHED).order_by("id")
        brief = rows.select_related("item_version").defer(DEFINITION)
        while page := list(brief.filter(pk__gt=last)[:AT_ONCE]):
            yield from page
            last = page[-1].pk


def foreseen_move(case: Case, version: ItemVersion) -> Verdict:
    """What a move of a case to a version would do now; reads only."""
    if version.item_id != case.item_version.item_id or version.state != "published":
        return Verdict((Problem("VERSION_NOT_PUBLISHED", "version_id"),))
    if version.pk == case.item_version_id:
        return Verdict((Problem("ALREADY_MOVED", "version_id"),))
    if version.division_id and version.division_id not in lineage(case.division_id or ""):
        return Verdict((Problem("OTHER_REGION", "version_id"),))
    old, new = definition_of(case.item_version), definition_of(version)
    return verdict_on(_facts(case, new, version), old, new)


def _facts(case: Case, new: Definition, version: ItemVersion) -> CaseFacts:
    draft = case.state == "draft"
    opened = Approval.objects.filter(case=case).exclude(opened_at=None)
    linked = {str(f["type"]) for f in facts_of_case(case) if f["status"] == "valid"}
    promised = MaterialPromise.objects.filter(case=case).values_list("material", flat=True)
    return CaseFacts(
        state=case.state,
        kind="person" if case.applicant_person_id else "enterprise",
        is_accepted=case.accepted_at is not None,
        answers=case.answers,
        opened=set(opened.values_list("step", flat=True)),
        stops=set(case.stops.values_list("code", flat=True)),
        named={str(item["field"]) for item in case.corrections},
        files={file.material for file in files_of(case)} | set(promised),
        wrong=[] if draft else answer_check_of(version).problems(case.answers),
        missing=[] if draft else missing_materials(case, new, linked),
    )


def move_case(*, viewer: Viewer, key: str, case_id: UUID, version_id: UUID) -> Case:
    """Puts an unfinished case under another published version of its item.

    A draft keeps the answers that still fit, and its applicant is told when something is asked anew. A submitted
    case moves only where everything answered, opened and handed in means the same. Refusals: FORBIDDEN unless a
    process of ours asks; NOT_FOUND; VERSION_NOT_PUBLISHED, ALREADY_MOVED, OTHER_REGION, and every reason for which
    the case stays (transfer.py), all at once.
    """

    def act() -> dict[str, object]:
        if viewer.kind != "system":
            raise Refusal("FORBIDDEN", audited=True)
        case = locked_case(viewer, case_id)
        version = ItemVersion.objects.select_related("item").filter(pk=version_id).first()
        if version is None:
            raise NotFound("versionId")
        verdict = foreseen_move(case, version)
        if not verdict.moves:
            raise Refusals(verdict.reasons)
        _move(case, version, verdict, viewer)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "version_id": version_id}
    once(viewer, key=key, command="move_case", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _move(case: Case, version: ItemVersion, verdict: Verdict, viewer: Viewer) -> None:
    """Writes the move of a locked case: answers that fit, steps that are new, the event, the letter."""
    old, new = definition_of(case.item_version), definition_of(version)
    before = case.item_version.number
    for path in verdict.dropped:
        case.answers = with_value(case.answers, path, None)
        case.provenance.pop(path, None)
    case.item_version = version
    if case.state == "draft":
        _let_go(case, old, new, verdict)
    case.revision += 1
    case.save(update_fields=["item_version", "answers", "provenance", "revision"])
    details = {"from": before, "to": version.number, "fields": sorted(verdict.dropped)}
    note(case, "case_moved", viewer, details=details)
    if case.accepted_at is not None:
        _follow_route(case, old, new, viewer)
    if verdict.dropped or verdict.asked or verdict.unfiled:
        tell(case, "case.moved")


def _let_go(case: Case, old: Definition, new: Definition, verdict: Verdict) -> None:
    """Of a draft: files of materials that are gone; a value whose sources differ becomes an own answer."""
    files = CaseFile.objects.filter(case=case, material__in=verdict.unfiled)
    UploadTicket.objects.filter(pk__in=files.values("ticket")).update(used_at=None)
    files.delete()
    MaterialPromise.objects.filter(case=case, material__in=verdict.unfiled).delete()
    for path in list(case.provenance):
        one, other = old.form.field(path), new.form.field(path)
        if one is None or other is None or _sources(one) != _sources(other):
            del case.provenance[path]
    settle(case, new)


def _sources(field: Field) -> tuple[object, ...]:
    return field.sources, field.origins


def _follow_route(case: Case, old: Definition, new: Definition, viewer: Viewer) -> None:
    """Steps that nobody has begun become those of the new version; what was begun is the same in both."""
    same = unchanged_steps(old, new, case.answers)
    Approval.objects.filter(case=case, opened_at=None).exclude(step__in=same).delete()
    have = set(Approval.objects.filter(case=case).values_list("step", flat=True))
    for step in active_steps(new.route, case.answers):
        if step.id not in have:
            for department in departments_of(step, case):
                add_approval(case, step, department)
    move_on(case, new, locked_approvals(case), viewer)
