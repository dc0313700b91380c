"""The lead department's other answers to a submitted case: decline it, or tell once what is missing."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from people.commands import once
from people.errors import Problem, Refusal, Refusals
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.clock import due_on
from workflows.commands.records import lead_officer, locked_case, note, now, tell
from workflows.documents import issue_correction_notice, issue_non_acceptance
from workflows.errors import illegal
from workflows.models import Approval, Case
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
            raise Refusals([Problem("REASON_REQUIRED", name) for name in missing])
        case.decline()
        case.reason, case.accepted_by = reason.strip()[:2000], officer
        case.save()
        issue_non_acceptance(case, definition_of(case.item_version), redirect.strip())
        note(case, "declined", viewer, department=case.lead)
        tell(case, "case.declined")
        return {"case": str(case.pk)}

    body = {"case": case_id, "reason": reason, "redirect": redirect}
    once(viewer, key=key, command="decline_case", body=body, act=act)
    return Case.objects.get(pk=case_id)


def request_corrections(
    *, viewer: Viewer, key: str, case_id: UUID, items: Sequence[Mapping[str, str]]
) -> Case:
    """一次性告知: one complete notice of what is missing, as {field, message} items (licensing law 32-1-4).

    Before acceptance only once: a second notice needs a supervisor. After it, fields that a decided approval
    has read cannot be asked for again.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        lead_officer(viewer, case)
        if case.state not in {"submitted", "reviewing"}:
            raise illegal("request_corrections", case.state)
        if case.correction_rounds and not viewer.holds("supervisor"):
            raise Refusal("SECOND_NOTICE_NEEDS_SUPERVISOR")
        definition = definition_of(case.item_version)
        _check_items(case, definition, items)
        moment = now()
        case.corrections = [{"field": i["field"], "message": i["message"].strip()} for i in items]
        case.correction_due_on = due_on(
            moment.date(),
            definition.limits.correction.days,
            definition.limits.correction.kind,
            calendar_from(moment.date()),
        )
        case.correction_rounds += 1
        case.request_corrections()
        case.save()
        issue_correction_notice(case, definition)
        note(
            case,
            "corrections_requested",
            viewer,
            department=case.lead,
            details={"fields": sorted(i["field"] for i in items)},
        )
        tell(case, "corrections.requested")
        return {"case": str(case.pk)}

    body = {"case": case_id, "items": [dict(item) for item in items]}
    once(viewer, key=key, command="request_corrections", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _check_items(case: Case, definition: Definition, items: Sequence[Mapping[str, str]]) -> None:
    if not items:
        raise Refusal("REQUIRED", field="items")
    known = {field.path for field in definition.form.fields}
    decided = Approval.objects.filter(case=case, state="decided", kind="approve")
    closed = set(decided.values_list("step", flat=True))
    reads = [scope for step in definition.route.steps if step.id in closed for scope in step.reads]
    problems = []
    for item in items:
        if item["field"] not in known:
            problems.append(Problem("UNKNOWN_FIELD", item["field"]))
        elif covers(reads, item["field"]):
            problems.append(Problem("FIELD_ALREADY_DECIDED", item["field"]))
        elif not item["message"].strip():
            problems.append(Problem("REASON_REQUIRED", item["field"]))
    if problems:
        raise Refusals(problems)
