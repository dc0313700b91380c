"""What every command about a case shares: the locks in their order, the event, the letter, the numbers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from bus.outbox import post
from people.errors import NotFound, Refusal
from people.identifiers import clean_text
from people.models import Account, Department, Mandate, Officer
from people.queries import office_of, on_day
from people.viewer import Viewer
from workflows.errors import not_your_task
from workflows.models import Approval, Case, CaseEvent
from workflows.queries import DEFINITION, visible_approvals, visible_cases


def locked_case(viewer: Viewer, case_id: UUID) -> Case:
    """The case, locked first of all; NOT_FOUND when it is not there or not the viewer's."""
    case = (
        visible_cases(viewer)
        .select_related("item_version", "lead", "division", "applicant_enterprise")
        .defer(DEFINITION)
        .select_for_update(of=("self",))
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound("caseId")
    return case


def locked_approvals(case: Case) -> list[Approval]:
    """All approvals of a locked case, locked in the order of their ids."""
    rows = Approval.objects.select_related("department").filter(case=case).order_by("id")
    return list(rows.select_for_update(of=("self",)))


def locked_approval(viewer: Viewer, approval_id: UUID) -> tuple[Case, Approval, list[Approval]]:
    """The case, the viewer's approval and all its neighbours, locked in that order."""
    found = visible_approvals(viewer).filter(pk=approval_id).values("case_id").first()
    if found is None:
        raise not_your_task()
    case = locked_case(Viewer.system("lock of an approval"), found["case_id"])
    approvals = locked_approvals(case)
    return case, next(a for a in approvals if a.pk == approval_id), approvals


def lead_officer(viewer: Viewer, case: Case) -> Officer:
    """The lead department's officer, counter clerk or approver; others are refused and audited."""
    if case.lead_id != viewer.department_id or not viewer.holds(
        "officer", "counter", "approver", "supervisor"
    ):
        raise Refusal("FORBIDDEN", field="caseId", audited=True)
    check_conflict(case, viewer, "caseId")
    return office_of(viewer)


def check_own(case: Case, viewer: Viewer, field: str) -> None:
    """Nobody acts as an officer on what they, or an enterprise they represent, have applied for (ATK-37)."""
    theirs = {case.applicant_person_id}
    if case.applicant_enterprise is not None:
        theirs.add(case.applicant_enterprise.legal_representative_id)
    if viewer.person_id and viewer.person_id in theirs:
        raise Refusal("CONFLICT_OF_INTEREST", field=field, audited=True)


def check_conflict(case: Case, viewer: Viewer, field: str) -> None:
    """Nobody acts as an officer on a case they filed, or of an enterprise they represent (ATK-37)."""
    filed_by = Account.objects.filter(pk=case.started_by_id).values_list("person", flat=True)
    check_own(case, viewer, field)
    if case.started_by_id == viewer.account_id or (
        viewer.person_id and viewer.person_id in filed_by
    ):
        raise Refusal("CONFLICT_OF_INTEREST", field=field, audited=True)


def note(
    case: Case,
    kind: str,
    viewer: Viewer,
    *,
    step: str = "",
    department: Department | None = None,
    details: Mapping[str, object] | None = None,
) -> CaseEvent:
    """Appends what happened to a locked case; `details` hold names and digests, never values.

    In a counter sitting they name the counter and the clerk who did it for the applicant.
    """
    helped = {"counter": viewer.counter_code, "clerk": str(viewer.assisted_by)}
    if case.noted is None:  # nobody else notes on a case that we have locked
        last = CaseEvent.objects.filter(case_id=case.pk).aggregate(last=Max("seq"))["last"]
        case.noted = last or 0
    case.noted += 1
    return CaseEvent.objects.create(
        case_id=case.pk,
        seq=case.noted,
        at=timezone.now(),
        kind=kind,
        state=case.state,
        step=step,
        actor=viewer.actor,
        department=department.code if department else "",
        details={**(details or {}), **(helped if viewer.assisted_by else {})},
        request_id=viewer.request_id,
    )


def tell(case: Case, topic: str, **data: object) -> UUID:
    """Posts a letter about the case to the handler groups, with the accounts that may be told."""
    accounts = {case.started_by_id} if case.counter_id is None and _still_speaks(case) else set()
    if case.counter_id is not None and case.applicant_person_id is not None:  # not the clerk
        accounts |= _accounts_of(case.applicant_person_id)
    if case.applicant_enterprise is not None:
        accounts |= _accounts_of(case.applicant_enterprise.legal_representative_id)
    body = {
        "case": str(case.pk),
        "item": case.item_code,
        "accounts": sorted(str(a) for a in accounts),
        **data,
    }
    return post(topic, subject=case.number or str(case.pk), data=body)


def _still_speaks(case: Case) -> bool:
    """Whether who began a case may know of it today: an agent only while a mandate holds for its item (INV-27)."""
    enterprise = case.applicant_enterprise
    if enterprise is None:
        return True
    person = Account.objects.values_list("person", flat=True).get(pk=case.started_by_id)
    if person == enterprise.legal_representative_id:
        return True
    held = Mandate.objects.filter(
        on_day(now().date()), person=person, enterprise=enterprise, revoked_at=None
    )
    return any(
        not items or case.item_code in items for items in held.values_list("items", flat=True)
    )


def _accounts_of(person_id: UUID) -> set[UUID]:
    return set(Account.objects.filter(person=person_id).values_list("pk", flat=True)[:5])


def words(text: str, field: str, *, most: int, one_line: bool = False) -> str:
    """What somebody wrote for a paper or a record, in its normal form: TOO_LONG, INVALID_CHARACTERS (BAD-16 to 24)."""
    return clean_text(text, most=most, one_line=one_line, field=field)


def now() -> datetime:
    """The moment of a command, in the city's zone, so that `.date()` is the day people mean."""
    return timezone.localtime()
