"""From a grant to its certificate (出证): what the face says, and which ones are still being made."""

from ecert.commands import issue_certificate
from ecert.models import Certificate
from people.viewer import Viewer
from services.definition import Definition
from services.results import face_of
from services.route import Step
from workflows.commands.records import now
from workflows.models import Approval, Case, CaseEvent


def issue_result(
    case: Case, definition: Definition, step: Step, approval: Approval, viewer: Viewer
) -> None:
    """Enters the granted certificate; its sealed file follows by a chore, exactly once (INV-09)."""
    result = definition.result(step.result)
    issue_certificate(
        viewer=viewer,
        type_code=result.code,
        person=case.applicant_person,
        enterprise=case.applicant_enterprise,
        issuer=approval.department,
        face=face_of(result, definition.form, case.answers),
        source_case=case.pk,
        source_number=str(case.number),
        source_step=step.id,
        issued_on=now().date(),
    )


def certificates_missing(case: Case) -> bool:
    """Whether a granted certificate of a locked case, unless taken back unmade, is not yet noted on it as issued."""
    noted = CaseEvent.objects.filter(case_id=case.pk, kind="certificate_issued")
    issued = set(noted.values_list("details__certificate", flat=True))
    granted = Certificate.objects.filter(source_case=case.pk)
    never = granted.filter(
        status__in=("revoked", "cancelled"), file=None
    )  # while it was being made
    coming = granted.exclude(pk__in=never).values_list("pk", flat=True)
    return any(str(pk) not in issued for pk in coming)
