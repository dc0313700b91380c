"""Extension (延期): once, by whoever answers for the lead department, before the limit ends.

Source: Administrative Licensing Law 42: ten days more, fifteen in joint handling, approved by the head of the
authority; the applicant is told the reason.
"""

from uuid import UUID

from people.commands import once
from people.errors import Refusal
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.commands.records import check_conflict, locked_case, note, now, tell, words
from workflows.commands.stopping import set_days
from workflows.errors import illegal
from workflows.models import Case
from workflows.notices import issue_extension

ROLES = ("approver", "supervisor")


def extend_case(*, viewer: Viewer, key: str, case_id: UUID, reason: str) -> Case:
    """延长办理期限: the promised and the statutory day and the days of open approvals move; the applicant is told."""

    def act() -> dict[str, object]:
        case = locked_case(viewer, case_id)
        if case.lead_id != viewer.department_id or not viewer.holds(*ROLES):
            raise Refusal("FORBIDDEN", field="caseId", audited=True)
        check_conflict(case, viewer, "caseId")
        definition = definition_of(case.item_version)
        _check_extension(case, definition)
        said = words(reason, "reason", most=1000)
        if len(said) < 2:
            raise Refusal("REASON_REQUIRED", field="reason")
        case.extended_at = now()
        case.save(update_fields=["extended_at"])
        set_days(case, definition)
        issue_extension(case, definition, said)
        note(case, "extended", viewer, department=case.lead)
        tell(case, "case.extended", due=str(case.promised_on))
        return {"case": str(case.pk)}

    body = {"case_id": case_id, "reason": reason}
    once(viewer, key=key, command="extend_case", body=body, act=act)
    return Case.objects.get(pk=case_id)


def _check_extension(case: Case, definition: Definition) -> None:
    if case.state != "reviewing":
        raise illegal("extend_case", case.state)
    if definition.limits.extension is None:
        raise Refusal("EXTENSION_NOT_ALLOWED", field="caseId")
    if case.extended_at is not None:
        raise Refusal("ALREADY_EXTENDED", field="caseId")
    last = case.statutory_on or case.promised_on
    if last is not None and now().date() > last:
        raise Refusal("EXTENSION_TOO_LATE", field="caseId", due=str(last))
