"""What an accepted case owes (容缺后补): by when, what its coming sets going, and what its absence ends.

Sources: the item, which names the material and the days; domain 3.6 (reminded before the day, 退办 after it).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from files.commands import check_ticket
from files.storage import let_go
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from workflows.commands.moving_on import move_on
from workflows.commands.records import locked_approvals, locked_case, note, now, tell
from workflows.commands.reopening import reconsult
from workflows.filed import UNDER_WAY, names_of, owed
from workflows.models import Approval, Case, CaseFile, MaterialPromise
from workflows.queries import step_of
from workflows.reading import covers

REMINDED_BEFORE = timedelta(days=3)


def note_supplied(case: Case, definition: Definition, material: str, viewer: Viewer) -> None:
    """An owed material of a locked case has come: whoever decided without it is asked again."""
    rows = MaterialPromise.objects.filter(case=case, material=material, supplied_at=None)
    if not rows.exclude(due_on=None).update(supplied_at=now()):
        return
    note(case, "material_supplied", viewer, details={"fields": [f"materials.{material}"]})
    if case.state == "reviewing":
        reconsult(case, definition, locked_approvals(case), viewer)


def note_checked(*, ticket_id: UUID) -> None:
    """A file that was in quarantine is scanned again; ScannerAway when ClamAV still cannot say."""
    viewer = Viewer.system("file checked")
    ticket = check_ticket(ticket_id)
    found = CaseFile.objects.filter(ticket=ticket).first()
    if found is None:
        return
    with transaction.atomic():
        case = locked_case(viewer, found.case_id)
        file = CaseFile.objects.filter(pk=found.pk).first()
        if file is not None and ticket.state == "refused" and file.blob_id is not None:
            CaseFile.objects.filter(pk=file.pk).update(blob=None)
            note(case, "file_refused", viewer, details={"fields": [f"materials.{file.material}"]})
            tell(case, "file.refused")
            let_go(file.blob_id)
        elif file is not None and ticket.state == "checked" and case.accepted_at is not None:
            note_supplied(case, definition_of(case.item_version), file.material, viewer)


def overdue(day: date) -> QuerySet[Case]:
    """Accepted cases under way whose owed material did not come before a day."""
    rows = MaterialPromise.objects.filter(supplied_at=None, missed_at=None, due_on__lt=day)
    return Case.objects.filter(state__in=UNDER_WAY, pk__in=rows.values("case"))


def to_remind(day: date) -> QuerySet[Case]:
    """Cases whose owed material is due in a few days and whose applicant was not yet reminded."""
    rows = MaterialPromise.objects.filter(supplied_at=None, reminded_at=None, due_on__gte=day)
    soon = rows.filter(due_on__lte=day + REMINDED_BEFORE)
    return Case.objects.filter(state__in=UNDER_WAY, pk__in=soon.values("case"))


def remind(case_id: UUID, day: date) -> bool:
    """Tells the applicant once that a material is due."""
    viewer = Viewer.system("material due soon")
    case = locked_case(viewer, case_id)
    soon = [p for p in owed(case) if p.reminded_at is None and _is_near(p, day)]
    if case.state not in UNDER_WAY or not soon:
        return False
    MaterialPromise.objects.filter(pk__in=[p.pk for p in soon]).update(reminded_at=now())
    tell(case, "material.due", until=str(soon[0].due_on))
    return True


def _is_near(promise: MaterialPromise, day: date) -> bool:
    return promise.due_on is not None and day <= promise.due_on <= day + REMINDED_BEFORE


def lapse_owed(case_id: UUID, day: date) -> bool:
    """退办: the promised material did not come; what was decided stands, everything else ends."""
    viewer = Viewer.system("no material in time")
    case = locked_case(viewer, case_id)
    late = [p.material for p in owed(case) if p.due_on is not None and p.due_on < day]
    if case.state not in UNDER_WAY or not late:
        return False
    definition = definition_of(case.item_version)
    approvals = locked_approvals(case)
    decided = any(a.kind == "approve" and a.state == "decided" for a in approvals)
    if decided and case.state != "reviewing":
        return False  # when it goes on, so does this
    MaterialPromise.objects.filter(case=case, material__in=late).update(missed_at=now())
    fields = {"fields": [f"materials.{material}" for material in late]}
    if decided:
        _cancel([a for a in approvals if _reads(definition, a, late)])
        note(case, "material_missed", viewer, details=fields)
        move_on(case, definition, approvals, viewer)
        return True
    _cancel(approvals)
    case.end_owed()
    case.reason = f"逾期未补齐承诺后补的材料：{names_of(definition, late)}"
    case.save(update_fields=["state", "reason"])
    note(case, "material_missed", viewer, details=fields)
    tell(case, "case.lapsed")
    return True


def _reads(definition: Definition, approval: Approval, materials: Sequence[str]) -> bool:
    reads = step_of(definition, approval).reads
    return any(covers(reads, f"materials.{material}") for material in materials)


def _cancel(approvals: Sequence[Approval]) -> None:
    for approval in approvals:
        if approval.state in {"waiting", "open"}:
            approval.cancel()
            approval.save(update_fields=["state"])
