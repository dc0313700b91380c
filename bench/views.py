"""The peers of the door: three views as one writes them by hand, ORM and JsonResponse, same answers.

They take words, clocks and rules from the rooms, for those are not what is compared; the rows, the
prefetching, the rights and the shape of the answer are their own.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from graphene.utils.str_converters import to_camel_case as camel

from gateway.clocks import clock_of
from gateway.paging import page_of
from gateway.words import CLOCKS, KINDS, OUTCOMES, STATES, worded
from keys.time_ordered import moment_of
from people.viewer import Viewer
from services.queries import definition_of
from workflows.clock import WorkingCalendar, days_left
from workflows.models import Approval, Case
from workflows.queries import calendar_from, in_brief, intake, step_of, visible_cases, worklist


def plain(value: Any) -> Any:
    """Moments in the city's zone, days and ids as text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return str(value) if isinstance(value, date | UUID) else value


def columns(row: Any, *names: str) -> dict[str, Any]:
    """Columns of a row under the names of the API."""
    return {camel(name): plain(getattr(row, name)) for name in names}


def word(words: Mapping[str, object], name: str) -> str:
    """The words for a name; none for none."""
    return worded(words, name) if name else ""


def page(nodes: Sequence[object], cursor: str) -> dict[str, object]:
    """The form of every list."""
    return {
        "nodes": nodes,
        "pageInfo": {"hasNextPage": bool(cursor), "endCursor": cursor or None},
    }


def calendar_of_today() -> WorkingCalendar:
    """The working days of last year and on."""
    return calendar_from(date(timezone.localdate().year - 1, 1, 1))


def clock(case: Case, calendar: WorkingCalendar) -> dict[str, object]:
    """The clock that runs."""
    running, today = clock_of(case), timezone.localdate()
    due = running.due_on
    return {
        "running": running.running,
        "runningName": word(CLOCKS, running.running),
        "dueOn": plain(due),
        "kind": running.kind,
        "daysLeft": days_left(today, due, running.kind, calendar) if due else None,
        "isOverdue": due is not None and due < today,
    }


def short(case: Case, calendar: WorkingCalendar) -> dict[str, object]:
    """What the list and the whole form share."""
    names = ("id", "number", "item_code", "state", "outcome", "applicant_name")
    return {
        **columns(case, *names, "applied_at", "accepted_at", "promised_on", "concluded_at"),
        "itemName": definition_of(case.item_version).name,
        "stateName": word(STATES, case.state),
        "outcomeName": word(OUTCOMES, case.outcome),
        "startedAt": plain(moment_of(case.pk)),
        "clock": clock(case, calendar),
    }


def listed(
    rows: QuerySet[Any], order: tuple[str, ...], viewer: Viewer, query: str
) -> tuple[list[Any], str]:
    """One page of rows and the cursor of the next."""
    found = page_of(rows, order=order, viewer=viewer, query=query)
    return found.nodes, found.next


def my_cases(_request: HttpRequest, viewer: Viewer) -> JsonResponse:
    """20 cases, the newest first."""
    rows = in_brief(visible_cases(viewer))
    cases, cursor = listed(rows, ("-id",), viewer, "myCases")
    calendar = calendar_of_today()
    nodes = [short(case, calendar) for case in cases]
    return JsonResponse({"data": {"myCases": page(nodes, cursor)}})


def desk(_request: HttpRequest, viewer: Viewer) -> JsonResponse:
    """20 tasks of a department, the most urgent first, and what waits for acceptance."""
    calendar = calendar_of_today()
    approvals, cursor = listed(worklist(viewer), ("due_on", "id"), viewer, "worklist")
    cases, next_case = listed(intake(viewer), ("notice_due_on", "id"), viewer, "intake")
    names = ("id", "number", "applicant_name", "applied_at")
    submitted = [
        {
            **columns(case, *names),
            "itemName": definition_of(case.item_version).name,
            "clock": {k: v for k, v in clock(case, calendar).items() if k != "running"},
        }
        for case in cases
    ]
    nodes = [task(approval, viewer, calendar) for approval in approvals]
    data = {"worklist": page(nodes, cursor), "intake": page(submitted, next_case)}
    return JsonResponse({"data": data})


def days_of(approval: Approval, calendar: WorkingCalendar) -> int | None:
    """Days left to a department."""
    if approval.state != "open" or approval.due_on is None:
        return None
    kind = step_of(definition_of(approval.case.item_version), approval).within.kind
    return days_left(timezone.localdate(), approval.due_on, kind, calendar)


def task(approval: Approval, viewer: Viewer, calendar: WorkingCalendar) -> dict[str, object]:
    """One line of the worklist."""
    definition, claimed = definition_of(approval.case.item_version), approval.claimed_by
    return {
        **columns(approval, "id", "kind", "round", "opened_at", "due_on"),
        "caseNumber": approval.case.number or "",
        "itemName": definition.name,
        "applicantName": approval.case.applicant_name,
        "stepName": step_of(definition, approval).name,
        "kindName": word(KINDS, approval.kind),
        "daysLeft": days_of(approval, calendar),
        "claimedByName": claimed.name if claimed else "",
        "isMine": claimed is not None and claimed.account_id == viewer.account_id,
    }
