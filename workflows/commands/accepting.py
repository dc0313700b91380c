"""Acceptance (受理): only it creates approvals, posts their letters and starts their clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from django.utils.timezone import localdate

from bus.chores import ask
from bus.outbox import post
from ecert.commands import use_certificates
from people.commands import once
from people.models import Department, Officer
from people.queries import competent_department
from people.viewer import Viewer
from services.answers import value_at
from services.definition import Definition
from services.queries import definition_of
from services.route import Step, active_steps, predecessors
from workflows.commands.evaluating import due_after, rule_for, stand_still
from workflows.commands.filling import fields_held, stand_on_application
from workflows.commands.promising import set_owed
from workflows.commands.records import lead_officer, locked_case, note, now, tell
from workflows.commands.stopping import end_stop_of, set_limits
from workflows.documents import issue_acceptance, issue_supplement_notice
from workflows.errors import illegal
from workflows.filed import has_files
from workflows.models import Approval, Case
from workflows.prefilling import purpose_of
from workflows.queries import reading_for
from workflows.reading import Reading
from workflows.registers import is_for_register
from workflows.sources import fields_in


def accept_case(*, viewer: Viewer, key: str, case_id: UUID) -> Case:
    """受理: the lead department takes the case on; every department that may start now gets its letter."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        officer = lead_officer(viewer, case)
        if case.state != "submitted":
            raise illegal("accept_case", case.state)
        accept_locked(case, definition_of(case.item_version), viewer, officer)
        return {"case": str(case.pk)}

    once(viewer, key=key, command="accept_case", body={"case_id": case_id}, act=act)
    return Case.objects.get(pk=case_id)


def accept_locked(
    case: Case,
    definition: Definition,
    viewer: Viewer,
    officer: Officer | None,
    as_of: datetime | None = None,
) -> None:
    """Accepts a locked, submitted case; `officer` is None when it is accepted without one.

    `as_of` is the moment from which the law counts it as accepted; now, when it is not given.
    """
    moment = as_of or now()
    case.accepted_at, case.accepted_by = moment, officer
    set_limits(case, definition)
    case.accept()
    case.save()
    issue_acceptance(case, definition)
    owed = set_owed(case, definition) if has_files(definition) else []
    if owed:
        issue_supplement_notice(case, definition, owed)
    note(case, "accepted", viewer, department=case.lead)
    tell(case, "case.accepted")
    reader = Viewer.system("acceptance") if viewer.is_applicant else viewer
    stand_on_application(case, definition, fields_held(case), reader)
    active = active_steps(definition.route, case.answers)
    for step in active:
        waits = bool(predecessors(definition.route, step, active))
        for department in departments_of(step, case):
            approval = add_approval(case, step, department)
            if not waits:
                open_approval(case, approval, definition, step, viewer)


def departments_of(step: Step, case: Case) -> list[Department]:
    """The competent departments of a step, resolved now and frozen on the approvals.

    A division that was abolished before the application came has a successor; later, the case keeps it.
    """
    division = value_at(case.answers, step.at.removeprefix("answers.")) if step.at else None
    place = str(division or case.division_id)
    came_on = localdate(case.applied_at) if case.applied_at else None
    return [competent_department(function, place, came_on) for function in step.departments]


def add_approval(case: Case, step: Step, department: Department) -> Approval:
    """A department's waiting part in a step."""
    return Approval.objects.create(
        case=case,
        step=step.id,
        kind=step.kind,
        department=department,
        item_code=step.item or "",
        result=step.result or "",
        opinions_needed=step.opinions,
        silence=step.on_silence,
    )


def open_approval(
    case: Case, approval: Approval, definition: Definition, step: Step, viewer: Viewer
) -> None:
    """Opens a waiting approval: it can be worked on from this commit; its letter tells the department.

    What the department reads from certificates is a use of them, logged under the application's own basis.
    """
    moment = now()
    if approval.opened_at is not None:  # a new round: what stood still in the last one is over
        end_stop_of(approval)
    approval.opened_at = moment
    stop = rule_for(definition, step, approval)
    approval.due_on = due_after(stop, step, moment.date())
    approval.open()
    approval.save()
    reading = reading_for(case, definition, step)
    _log_use(case, approval, definition, reading, viewer)
    post(
        "approval.requested",
        subject=str(case.number),
        recipient=approval.department.code,
        data={
            "approval": str(approval.pk),
            "round": approval.round,
            "step": step.id,
            "kind": step.kind,
            "item": approval.item_code,
            "due_on": str(approval.due_on),
            "reading": reading.data,
            "reading_digest": reading.digest,
        },
    )
    if is_for_register(step, approval):
        ask("check_register", str(approval.pk))
    note(case, "approval_opened", viewer, step=step.id, department=approval.department)
    if stop is not None:
        stand_still(case, definition, approval, stop, viewer)


def _log_use(
    case: Case, approval: Approval, definition: Definition, reading: Reading, viewer: Viewer
) -> None:
    """One use of each certificate whose values the department reads."""
    seen = cast(Mapping[str, object], reading.data["values"])
    fields = fields_in({path: one for path, one in case.provenance.items() if path in seen})
    if fields:
        use_certificates(
            viewer=Viewer.system("answered corrections") if viewer.is_applicant else viewer,
            case_id=case.pk,
            fields=fields,
            user=approval.department.code,
            purpose=purpose_of(definition),
        )
