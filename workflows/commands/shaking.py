"""A certificate changed under an open case (依据的证照变化): noted where the officer reads, told to the applicant.

What rests on it is decided by people: the reading has another digest, so that a decision on what was read
before is STALE_VERSION.
"""

from uuid import UUID

from ecert.models import Certificate
from ecert.queries import cases_using
from people.viewer import Viewer
from workflows.commands.moving_on import conclude_if_complete
from workflows.commands.records import locked_case, note, tell
from workflows.models import Case, Handout

OPEN = ("submitted", "correcting", "reviewing", "suspended")
AT_ONCE = 200  # ids that a statement is given


def note_certificate_change(*, certificate_id: UUID, name: str, status: str) -> int:
    """Notes on every open case that uses a certificate that it was revoked, suspended, cancelled or restored.

    `name` is its type's, `status` the new one. In the caller's transaction, the cases locked in the order of
    their ids. Returns how many. A draft is not told: it takes its values anew when it is submitted.
    """
    if status in {"revoked", "cancelled"}:  # nothing to fetch any more
        Handout.objects.filter(certificate_id=certificate_id, delivery=None).delete()
        _let_conclude(certificate_id)
    users = sorted(cases_using(certificate_id))
    noted = 0
    for start in range(0, len(users), AT_ONCE):
        rows = Case.objects.filter(pk__in=users[start : start + AT_ONCE], state__in=OPEN)
        for case_id in rows.order_by("pk").values_list("pk", flat=True):
            noted += _note(case_id, str(certificate_id), name, status)
    return noted


def _let_conclude(certificate_id: UUID) -> None:
    """A case that waited for a certificate which was taken back while it was being made waits no longer."""
    unmade = Certificate.objects.filter(pk=certificate_id, file=None, source_case__isnull=False)
    case_id = unmade.values_list("source_case", flat=True).first()
    if case_id is not None:
        viewer = Viewer.system("certificate changed")
        conclude_if_complete(locked_case(viewer, case_id), viewer)


def _note(case_id: UUID, certificate: str, name: str, status: str) -> bool:
    viewer = Viewer.system("certificate changed")
    case = locked_case(viewer, case_id)
    if case.state not in OPEN or certificate not in case.certificates:
        return False
    details = {"certificate": certificate, "name": name, "status": status}
    note(case, "certificate_changed", viewer, details=details)
    tell(case, "case.shaken", name=name, status=status)
    return True
