"""The applicant's acts after the draft: submit, answer a correction notice, withdraw."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from people.commands import once
from people.divisions import successor
from people.errors import Problem, Refusal, Refusals
from people.queries import competent_department, may_act_for
from people.viewer import Viewer
from services.answers import value_at
from services.definition import Definition
from services.eligibility import eligibility_problems
from services.filing import judge_filing
from services.materials import material_problems
from services.queries import answer_check_of, definition_of
from workflows.clock import due_on
from workflows.commands.accepting import accept_locked
from workflows.commands.following import give_codes
from workflows.commands.handing_out import hall_for
from workflows.commands.proposing import invite_departments
from workflows.commands.records import locked_approvals, locked_case, note, now, tell, words
from workflows.commands.reopening import reconsult
from workflows.commands.starting import put_answers
from workflows.commands.stopping import end_stops
from workflows.documents import issue_receipt
from workflows.errors import illegal, stale
from workflows.filed import (
    checked,
    files_of,
    has_files,
    mark_of,
    names_of,
    promised,
    waiting,
)
from workflows.models import Case, CaseEvent
from workflows.numbering import case_number
from workflows.queries import calendar_from, facts_of_case, is_granted
from workflows.sources import certificates_in


def submit_case(*, viewer: Viewer, key: str, case_id: UUID, revision: int) -> Case:
    """收件: checks everything at once, numbers the case, hands out the receipt, starts the notice clock.

    When the item accepts automatically and nothing is missing, acceptance follows in the same transaction.
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.state != "draft" or not viewer.is_applicant:
            raise illegal("submit_case", case.state)
        if case.revision != revision:
            raise stale("revision")
        moment = now()
        may_act_for(viewer, case.item_code, moment.date())
        definition = definition_of(case.item_version)
        place = place_today(case, definition)
        judge_filing(case.item_version, place, lambda: _begun_at(case), moment.date())
        check_complete(case, definition)
        _address(case, definition, place)
        case.applied_at = moment
        case.notice_due_on = due_on(
            moment.date(),
            definition.limits.notice.days,
            definition.limits.notice.kind,
            calendar_from(moment.date()),
        )
        give_codes(case)
        case.collect_at_id = hall_for(case, definition)
        case.submit()
        case.save()
        issue_receipt(case, definition)
        note(case, "submitted", viewer, details={"number": case.number})
        tell(case, "case.submitted")
        _next(case, definition)
        return {"case": str(case.pk), "number": case.number}

    once(
        viewer,
        key=key,
        command="submit_case",
        body={"case_id": case_id, "revision": revision},
        act=act,
    )
    return Case.objects.get(pk=case_id)


def _next(case: Case, definition: Definition) -> None:
    """A complete, locked application is accepted at once, or the departments are invited to look at it."""
    if definition.acceptance == "automatic":
        accept_locked(case, definition, Viewer.system("automatic acceptance"), officer=None)
    else:
        invite_departments(case, definition)


def check_complete(case: Case, definition: Definition) -> None:
    """Everything that is missing or wrong, told at once (BAD-48, BAD-54); certificates are looked at anew.

    After acceptance only the form: what became of a certificate meanwhile stands in the departments' readings.
    """
    if case.accepted_at is not None:
        wrong = answer_check_of(case.item_version).problems(case.answers)
        if wrong:
            raise Refusals(wrong)
        return
    facts = facts_of_case(case)
    linked = {str(fact["type"]) for fact in facts if fact["status"] == "valid"}
    wrong = answer_check_of(case.item_version).problems(case.answers)
    problems = [
        *wrong,
        *eligibility_problems(definition.eligibility, case.answers, complete=not wrong),
        *missing_materials(case, definition, linked),
    ]
    valid = {str(fact["id"]) for fact in facts if fact["status"] == "valid"}
    for path, certificate in certificates_in(case.provenance).items():
        if certificate not in valid:
            kind = case.provenance[path]["type"]
            problems.append(Problem("SOURCE_NO_LONGER_VALID", path, {"type": kind}))
    if problems:
        raise Refusals(problems)


def missing_materials(case: Case, definition: Definition, linked: set[str]) -> list[Problem]:
    """What is missing, and files that ClamAV has still to look at: those do not count yet."""
    files = files_of(case) if has_files(definition) else []
    missing = material_problems(
        definition.materials,
        case.answers,
        linked,
        checked(files),
        promised(case) if has_files(definition) else (),
        definition.material_groups,
    )
    late = waiting(files)
    return [p for p in missing if p.field.removeprefix("materials.") not in late] + [
        Problem("FILE_NOT_CHECKED", f"materials.{name}") for name in sorted(late)
    ]


def _begun_at(case: Case) -> datetime:
    """When the draft was opened."""
    events = CaseEvent.objects.filter(case_id=case.pk, kind="started")
    return events.values_list("at", flat=True)[0]


def place_today(case: Case, definition: Definition) -> str:
    """The division that the answers name, or who took it over by today; empty when neither is known."""
    named = str(value_at(case.answers, definition.at) or "") if definition.at else ""
    return successor(named, now().date()) if named else ""


def _address(case: Case, definition: Definition, place: str) -> None:
    """Finds the lead department of the division, and numbers the case."""
    if not place:
        raise Refusal("NO_COMPETENT_DEPARTMENT", field=definition.at)
    case.lead = competent_department(definition.lead, place)
    case.division_id = place
    case.number = case_number(case.lead, case.item_code, now().date())


def answer_corrections(
    *, viewer: Viewer, key: str, case_id: UUID, revision: int, answers: Mapping[str, object]
) -> Case:
    """补正: answers a correction notice; only the fields it names, and what they call for, may change, and
    each that it names must.

    After acceptance the departments whose reading changed are asked again (reopening.py).
    """

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.state != "correcting" or not viewer.is_applicant:
            raise illegal("answer_corrections", case.state)
        if case.revision != revision:
            raise stale("revision")
        if case.correction_due_on is not None and now().date() > case.correction_due_on:
            raise Refusal("DEADLINE_PASSED", due=str(case.correction_due_on))
        definition = definition_of(case.item_version)
        files = _check_answered(case, definition, answers)
        changed = [*put_answers(case, definition, answers), *files]
        if not changed:
            raise Refusal("NOT_CHANGED", field="answers")
        check_complete(case, definition)
        case.corrections, case.correction_due_on = [], None
        case.revision += 1
        case.answer_corrections()
        case.save()
        note(case, "corrections_answered", viewer, details={"fields": sorted(changed)})
        if case.state == "reviewing":
            end_stops(case, definition)
            reconsult(case, definition, locked_approvals(case), viewer)
        else:
            _next(case, definition)
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "revision": revision, "answers": answers}
    once(viewer, key=key, command="answer_corrections", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _check_answered(case: Case, definition: Definition, answers: Mapping[str, object]) -> list[str]:
    """Whether all that was asked for is answered; returns the materials, whose files are there already."""
    marks = {item["field"]: item["files"] for item in case.corrections if "files" in item}
    asked = {str(item["field"]) for item in case.corrections} - marks.keys()
    opened = asked | definition.form.dependents(asked)  # a new answer may call for others
    problems = [Problem("FIELD_NOT_IN_NOTICE", path) for path in answers if path not in opened]
    problems += [Problem("REQUIRED", path) for path in sorted(asked) if path not in answers]
    files = files_of(case) if marks else []
    late, there = waiting(files), checked(files)
    for path, mark in sorted(marks.items()):
        name = path.removeprefix("materials.")
        params = {"name": names_of(definition, [name])}
        if name in late:
            problems.append(Problem("FILE_NOT_CHECKED", path, params))
        elif name not in there:
            problems.append(Problem("MATERIAL_MISSING", path, params))
        elif mark_of(files, name) == mark:
            problems.append(Problem("NOT_CHANGED", path, params))
    if problems:
        raise Refusals(problems)
    return sorted(marks)


def withdraw_case(*, viewer: Viewer, key: str, case_id: UUID, reason: str) -> Case:
    """撤回申请: possible until the case is decided; open approvals end with it."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        approvals = locked_approvals(case)
        if not viewer.is_applicant or case.state in FINAL or is_granted(case):
            raise illegal("withdraw_case", case.state)
        if case.number and not reason.strip():
            raise Refusal("REASON_REQUIRED", field="reason")
        for approval in approvals:
            if approval.state in {"waiting", "open"}:
                approval.cancel()
                approval.save(update_fields=["state"])
        case.withdraw()
        case.reason = words(reason, "reason", most=2000)
        case.save(update_fields=["state", "reason"])
        note(case, "withdrawn", viewer)
        if case.number:
            tell(case, "case.withdrawn")
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "reason": reason}
    once(viewer, key=key, command="withdraw_case", body=body, act=act)
    return Case.objects.get(pk=case_id)


FINAL = {"decided", "concluded", "not_accepted", "withdrawn", "lapsed", "forwarded"}
