"""Which cases and approvals a viewer may see, and what of them (所见即所授)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ecert.queries import facts_of
from people.errors import NotFound
from people.queries import items_of_mandate
from people.viewer import Viewer
from services.definition import Definition
from services.queries import definition_of
from services.route import Step
from workflows.clock import WorkingCalendar
from workflows.filed import files_of, has_files, shown
from workflows.models import (
    Approval,
    CalendarYear,
    Case,
    CaseEvent,
    CaseFile,
    ClockStop,
    Decision,
    Handout,
    Holiday,
)
from workflows.reading import Reading, covers, read

# Read once a process by `definition_of`, so no row brings its 23 kB of JSON along again.
DEFINITION = "item_version__definition"
# What a list never shows of a case; a single case has it.
CONTENT = ("answers", "provenance", "certificates", "corrections")


def visible_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases the viewer may know of: their own, or those their department leads or works on.

    An agent knows of those whose items the mandate covers today (BAD-38), and of no others.
    """
    cases = Case.objects.all()
    if viewer.kind == "system":
        return cases
    if viewer.assisted_by is not None:  # what this counter filed of this item, not their history
        cases = cases.filter(counter=viewer.counter_id, item_code=viewer.item_code)
    if viewer.kind == "enterprise" and viewer.enterprise_id is not None:
        items = items_of_mandate(viewer)
        own = cases.filter(applicant_enterprise=viewer.enterprise_id)
        return own if items is None else own.filter(item_code__in=items)
    if viewer.kind == "person" and viewer.person_id is not None:
        return cases.filter(applicant_person=viewer.person_id)
    if viewer.kind == "officer" and viewer.roles:
        mine = Approval.objects.filter(case=OuterRef("pk"), department=viewer.department_id)
        return cases.filter(
            Q(lead=viewer.department_id)
            | Exists(mine.exclude(state="waiting"))
            | Q(counter=viewer.department_id)
            | Q(collect_at=viewer.department_id),
            number__isnull=False,
        )
    return cases.none()


def visible_approvals(viewer: Viewer) -> QuerySet[Approval]:
    """Approvals the viewer may know of: their department's, or those of their own cases."""
    approvals = Approval.objects.select_related("department")
    if viewer.kind == "system":
        return approvals
    if viewer.kind == "officer" and viewer.roles:
        return approvals.filter(department=viewer.department_id).exclude(state="waiting")
    if viewer.is_applicant:
        return approvals.filter(case__in=visible_cases(viewer))
    return approvals.none()


def case_for(viewer: Viewer, case_id: UUID) -> Case:
    """One case, or NOT_FOUND."""
    case = (
        visible_cases(viewer)
        .select_related(
            "item_version__item",
            "lead",
            "division",
            "applicant_enterprise",
            "counter",
            "collect_at",
        )
        .defer(DEFINITION)
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound("caseId")
    return case


def approval_for(viewer: Viewer, approval_id: UUID) -> Approval:
    """One approval with its case and department, or NOT_FOUND."""
    rows = visible_approvals(viewer).select_related(
        "department", "case__item_version", "claimed_by", "case__lead"
    )
    approval = rows.defer(f"case__{DEFINITION}").filter(pk=approval_id).first()
    if approval is None:
        raise NotFound("approvalId")
    return approval


def relation_to(viewer: Viewer, case: Case) -> str:
    """How the viewer stands to a visible case: applicant, lead, counter, department or system."""
    if viewer.kind == "system":
        return "system"
    if viewer.is_applicant:
        return "applicant"
    if case.lead_id == viewer.department_id:
        return "lead"
    halls = {case.counter_id, case.collect_at_id}
    return "counter" if viewer.department_id in halls else "department"


def worklist(viewer: Viewer) -> QuerySet[Approval]:
    """What waits for the viewer's department, the earliest due first (partial index approval_worklist)."""
    rows = visible_approvals(viewer).filter(state="open").order_by("due_on", "id")
    rows = rows.select_related("department", "case__item_version__item", "claimed_by")
    rows = rows.prefetch_related(standing())
    return rows.defer(*(f"case__{column}" for column in (DEFINITION, *CONTENT)))


OPEN_STATES = ("draft", "submitted", "correcting", "reviewing", "suspended", "decided")


def open_cases(viewer: Viewer) -> QuerySet[Case]:
    """An applicant's cases that have not come to their end (在办), drafts too, the newest first."""
    return visible_cases(viewer).filter(state__in=OPEN_STATES).order_by("-id")


def handled_approvals(viewer: Viewer) -> QuerySet[Approval]:
    """What the viewer's department has decided, the newest first (index approval_handled)."""
    rows = visible_approvals(viewer).filter(state="decided").order_by("-decided_at", "-id")
    rows = rows.select_related("department", "case__item_version__item", "claimed_by")
    rows = rows.defer(*(f"case__{column}" for column in (DEFINITION, *CONTENT)))
    return rows.prefetch_related("decisions")


def parts_beside(approval: Approval) -> QuerySet[Approval]:
    """The parts of other departments in the same step of the case, as an inspection has them."""
    rows = Approval.objects.filter(case=approval.case_id, step=approval.step)
    return rows.exclude(pk=approval.pk).select_related("department", "case__item_version")


def standing() -> "Prefetch[Any]":
    """With each approval what keeps its own clock standing, for lists: `approval.standing`."""
    running = ClockStop.objects.filter(ended_on=None)
    return Prefetch("stops", running, to_attr="standing")


def stops_of(case: Case) -> QuerySet[ClockStop]:
    """The days that do not count, of the case and of its approvals, in order; corrections too."""
    return case.stops.select_related("approval__department").order_by("started_on", "id")


def running_stop(approval: Approval) -> ClockStop | None:
    """What keeps the clock of an approval standing now: its own stop, or that of the whole case."""
    running = ClockStop.objects.filter(case=approval.case_id, ended_on=None).exclude(code="")
    return running.filter(Q(approval=approval) | Q(approval=None)).order_by("approval").first()


def intake(viewer: Viewer) -> QuerySet[Case]:
    """Submitted cases that the viewer's department leads and must accept or answer (收件箱)."""
    cases = visible_cases(viewer).filter(lead=viewer.department_id, state="submitted")
    return in_brief(cases).order_by("notice_due_on", "id")


def led_cases(viewer: Viewer) -> QuerySet[Case]:
    """Cases that the viewer's department has answered and leads, open and closed (牵头办件)."""
    cases = visible_cases(viewer).filter(lead=viewer.department_id).exclude(state="submitted")
    return in_brief(cases).order_by("-id")


def filed_cases(viewer: Viewer, since: datetime) -> QuerySet[Case]:
    """Cases that the viewer's counter filed since a moment, the newest first (窗口收件)."""
    cases = visible_cases(viewer).filter(counter=viewer.department_id, applied_at__gte=since)
    return in_brief(cases).order_by("-applied_at", "-id")


def handouts(viewer: Viewer) -> QuerySet[Handout]:
    """Results that wait to be handed out at the viewer's counter, the longest waiting first."""
    if viewer.kind != "officer" or not viewer.roles:
        return Handout.objects.none()
    rows = Handout.objects.filter(hall=viewer.department_id, delivery=None).order_by("id")
    cases = (f"case__{column}" for column in (DEFINITION, *CONTENT))
    return rows.select_related("case__item_version__item").defer(*cases)


def in_brief(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases as a list shows them: with their item, without what was answered."""
    return cases.select_related("item_version__item").defer(DEFINITION, *CONTENT)


def is_granted(case: Case) -> bool:
    """Whether a result of the case was already granted: then it can no longer be withdrawn."""
    rounds = Decision.objects.filter(approval__case=case, approval__state="decided")
    return rounds.filter(outcome="approved").exclude(approval__result="").exists()


def reads_of(viewer: Viewer, case: Case, definition: Definition) -> Sequence[str] | None:
    """Scopes of the form that the viewer may read of a visible case; None means the whole of it.

    The lead department needs the whole to accept it or to ask for corrections; afterwards it reads what its
    own steps declare, like every other department.
    """
    if viewer.kind != "officer" or case.state in {"submitted", "correcting"}:
        return None
    mine = Approval.objects.filter(case=case, department=viewer.department_id)
    steps = set(mine.values_list("step", flat=True))
    return [scope for step in definition.route.steps if step.id in steps for scope in step.reads]


def case_file_for(viewer: Viewer, file_id: UUID) -> CaseFile:
    """A checked file of a case that the viewer may fetch, or NOT_FOUND (BAD-77).

    An applicant fetches their own; the lead department all of a case that waits for its answer; after that each
    department exactly those that its open or decided steps read.
    """
    rows = CaseFile.objects.select_related("blob", "case__item_version", "ticket")
    rows = rows.filter(case__in=visible_cases(viewer), ticket__state="checked", blob__isnull=False)
    file = rows.defer(f"case__{DEFINITION}").filter(pk=file_id).first()
    if file is None or not _reads_file(viewer, file):
        raise NotFound("fileId")
    return file


def _reads_file(viewer: Viewer, file: CaseFile) -> bool:
    case = file.case
    if viewer.kind != "officer":
        return True
    if case.lead_id == viewer.department_id and case.state in {"submitted", "correcting"}:
        return True
    mine = Approval.objects.filter(case=case, department=viewer.department_id)
    steps = set(mine.exclude(state__in=("waiting", "void")).values_list("step", flat=True))
    definition = definition_of(case.item_version)
    reads = [scope for s in definition.route.steps if s.id in steps for scope in s.reads]
    return covers(reads, f"materials.{file.material}")


def events_of(case: Case) -> QuerySet[CaseEvent]:
    """What happened to a case, in order."""
    return CaseEvent.objects.filter(case_id=case.pk).order_by("seq")


def calendar_from(day: date) -> WorkingCalendar:
    """The stored calendar from a day on: two years of exceptions at the most."""
    years = CalendarYear.objects.values_list("year", flat=True)
    days = Holiday.objects.filter(day__gte=day.replace(month=1, day=1), day__year__lte=day.year + 2)
    return WorkingCalendar(frozenset(years), dict(days.values_list("day", "is_working")))


def step_of(definition: Definition, approval: Approval) -> Step:
    """The step of the definition that an approval works on."""
    return next(step for step in definition.route.steps if step.id == approval.step)


def materials_of(case: Case, definition: Definition) -> list[Mapping[str, object]]:
    """The materials of a case as a department sees them: how each is fulfilled, by which certificate or files.

    Those that its answers do not call for are left out, unless a file came for them all the same.
    """
    files = files_of(case) if has_files(definition) else []
    return [
        {"id": m.id, "name": m.title, "mode": m.mode, "certificate": m.certificate or ""}
        | ({"files": shown(files, m.id)} if m.is_filed else {})
        for m in definition.materials
        if m.needed(case.answers) or (m.called(case.answers) and m.is_filed and shown(files, m.id))
    ]


def facts_of_case(case: Case) -> list[Mapping[str, object]]:
    """The certificates a case rests on, as they stand now: version and status are read anew."""
    return list(facts_of([UUID(str(identifier)) for identifier in case.certificates]))


def reading_for(case: Case, definition: Definition, step: Step) -> Reading:
    """What a step may see of a case now."""
    return read(
        step.reads,
        case.answers,
        materials_of(case, definition),
        facts_of_case(case),
        case.provenance,
    )


def reading_of(approval: Approval) -> Reading:
    """What the approval's department may see of its case now, and the digest to send back; nothing when it is void."""
    definition = definition_of(approval.case.item_version)
    if approval.state == "void":
        return read((), {}, (), (), {})
    return reading_for(approval.case, definition, step_of(definition, approval))
