"""The lead department's other answers to a submitted case: decline it, or tell once what is missing."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from people.commands import once
from people.errors import Problem, Refusal, Refusals
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.clock import due_on
from workflows.commands.records import lead_officer, locked_case, note, now, tell, words
from workflows.commands.stopping import stop_for_corrections
from workflows.documents import issue_correction_notice, issue_non_acceptance
from workflows.errors import illegal
from workflows.filed import files_of, mark_of
from workflows.models import Approval, Case, Proposal
from workflows.notice import asked_by
from workflows.previewing import proposals_of
from workflows.queries import calendar_from
from workflows.reading import covers


def decline_case(*, viewer: Viewer, key: str, case_id: UUID, reason: str, redirect: str) -> Case:
    """不予受理: with its reason and whom to ask instead (licensing law 32-1-1, 32-1-2)."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        officer = lead_officer(viewer, case)
        if case.state != "submitted":
            raise illegal("decline_case", case.state)
        missing = [
            name for name, text in (("reason", reason), ("redirect", redirect)) if not text.strip()
        ]
        if missing:
            raise Refusals([Problem("REASON_REQUIRED", name, {"reason": name}) for name in missing])
        case.decline()
        case.reason, case.accepted_by = words(reason, "reason", most=2000), officer
        case.save()
        issue_non_acceptance(
            case, definition_of(case.item_version), words(redirect, "redirect", most=200)
        )
        note(case, "declined", viewer, department=case.lead)
        tell(case, "case.declined")
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "reason": reason, "redirect": redirect}
    once(viewer, key=key, command="decline_case", body=body, act=act)
    return Case.objects.get(pk=case_id)


def request_corrections(
    *,
    viewer: Viewer,
    key: str,
    case_id: UUID,
    items: Sequence[Mapping[str, str]],
    proposals: Sequence[UUID] = (),
) -> Case:
    """一次性告知: one complete notice of what is missing, as {field, message} items (licensing law 32-1-4).

    Only once: a second notice needs a supervisor. Fields that a decided approval has read cannot be asked for
    again, nor can values that an authoritative certificate gave: the applicant could not answer. `proposals`
    are those of other departments that the lead has read: one that came later is PROPOSALS_NOT_READ.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        _check_may_ask(viewer, case)
        definition = definition_of(case.item_version)
        case.corrections = _with_names(case, checked_items(case, definition, items), proposals)
        moment = now()
        case.correction_due_on = due_on(
            moment.date(),
            definition.limits.correction.days,
            definition.limits.correction.kind,
            calendar_from(moment.date()),
        )
        case.correction_rounds += 1
        case.request_corrections()
        if case.stage == "reviewing":
            stop_for_corrections(case, definition)
        case.save()
        issue_correction_notice(case, definition)
        fields = sorted(item["field"] for item in items)
        note(
            case, "corrections_requested", viewer, department=case.lead, details={"fields": fields}
        )
        tell(case, "corrections.requested")
        return {"case": str(case.pk)}

    read = sorted(str(pk) for pk in proposals)
    body = {"case_id": case_id, "items": [dict(item) for item in items], "proposals": read}
    once(viewer, key=key, command="request_corrections", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _check_may_ask(viewer: Viewer, case: Case) -> None:
    lead_officer(viewer, case)
    if case.state not in {"submitted", "reviewing"}:
        raise illegal("request_corrections", case.state)
    if case.correction_rounds and not viewer.holds("supervisor"):
        raise Refusal("SECOND_NOTICE_NEEDS_SUPERVISOR")


def _with_names(
    case: Case, items: list[dict[str, str]], seen: Sequence[UUID]
) -> list[dict[str, object]]:
    """The items with the departments that proposed them; those proposals are used up by this notice."""
    rows = list(proposals_of(case))
    if not {row.pk for row in rows} <= set(seen):
        raise Refusal("PROPOSALS_NOT_READ", field="proposals")
    Proposal.objects.filter(pk__in=[row.pk for row in rows]).update(used_at=now())
    said = [(row.department.name, row.items) for row in rows]
    return [
        {**item, "departments": asked_by(said, item["field"]), **_mark(case, item["field"])}
        for item in items
    ]


def checked_items(
    case: Case,
    definition: Definition,
    items: Sequence[Mapping[str, str]],
    reads: Sequence[str] | None = None,
) -> list[dict[str, str]]:
    """The items of a notice or proposal as they are stored, or all that is wrong with them.

    `reads` are the scopes about which a department may speak; None for the lead: all of the form.
    """
    if not items:
        raise Refusal("REQUIRED", field="items")
    if len({item["field"] for item in items}) != len(items):
        raise Refusal("INVALID_VALUE", field="items")
    decided = Approval.objects.filter(case=case, state="decided", kind="approve")
    closed = set(decided.values_list("step", flat=True))
    past = [scope for step in definition.route.steps if step.id in closed for scope in step.reads]
    problems = [p for p in (_problem(case, definition, past, item) for item in items) if p]
    if reads is not None:
        known = [definition.form.field(i["field"]) or _filed(definition, i["field"]) for i in items]
        paths = [item["field"] for item, found in zip(items, known, strict=True) if found]
        problems += [Problem("FIELD_NOT_READ", path) for path in paths if not covers(reads, path)]
    if problems:
        raise Refusals(problems)
    return [
        {"field": item["field"], "message": words(item["message"], item["field"], most=500)}
        for item in items
    ]


def _mark(case: Case, path: str) -> dict[str, str]:
    """Of a material: a mark of the files it has now, so that the answer is known to bring others."""
    if not path.startswith("materials."):
        return {}
    return {"files": mark_of(files_of(case), path.removeprefix("materials."))}


def _filed(definition: Definition, path: str) -> bool:
    """Whether a path names a material that is had as files."""
    material = definition.material(path.removeprefix("materials."))
    return path.startswith("materials.") and material is not None and material.is_filed


def _problem(
    case: Case, definition: Definition, decided: Sequence[str], item: Mapping[str, str]
) -> Problem | None:
    """Why a field cannot be asked for, or None; `decided` is what decided approvals have read."""
    path = item["field"]
    field = definition.form.field(path)
    if field is None and not _filed(definition, path):
        return Problem("UNKNOWN_FIELD", path)
    if field is not None and field.awaited:
        return Problem("FILLED_LATER", path)
    if path == definition.at:  # another division is another authority: a new case
        return Problem("FIELD_ALREADY_DECIDED", path)
    if covers(decided, path):
        return Problem("FIELD_ALREADY_DECIDED", path)
    if case.provenance.get(path, {}).get("authoritative"):
        return Problem("READ_ONLY_FIELD", path)
    return None if item["message"].strip() else Problem("REASON_REQUIRED", path)
