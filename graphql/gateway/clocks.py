"""Shows which clock of a case or an approval runs, and how many days of its kind are left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import graphene
from django.utils import timezone

from gateway.context import Context
from gateway.rows import named, text
from gateway.words import CLOCKS
from services.queries import definition_of
from workflows.clock import CalendarYearMissing, WorkingCalendar, days_left
from workflows.models import Approval, Case
from workflows.queries import calendar_from, step_of


@dataclass(frozen=True)
class Running:
    """A limit that runs: which, until when, in which kind of day."""

    running: str
    due_on: date | None
    kind: str


class Clock(graphene.ObjectType):
    """正在计算的时限。"""

    running = text("notice 告知是否受理、correction 补正、promised 承诺办结；空为没有")
    running_name = named("running", CLOCKS, "时限的名称，给人看的文字")
    due_on = graphene.Date(description="最后一天；中止时为空")
    kind = text("working 工作日、calendar 自然日")
    days_left = graphene.Int(description="今天之后还剩几天，负数为已超过；不能计算时为空")
    is_overdue = graphene.Boolean(required=True, description="是否已超过")

    @staticmethod
    def resolve_days_left(clock: Running, info: Any) -> int | None:
        """Days of the limit's kind."""
        return left(info.context, clock.due_on, clock.kind)

    @staticmethod
    def resolve_is_overdue(clock: Running, _info: Any) -> bool:
        """Whether the last day is over."""
        return clock.due_on is not None and clock.due_on < timezone.localdate()


def clock_of(case: Case) -> Running:
    """The clock that the state of a case lets run."""
    limits = definition_of(case.item_version).limits
    match case.state:
        case "submitted":
            return Running("notice", case.notice_due_on, limits.notice.kind)
        case "correcting":
            return Running("correction", case.correction_due_on, limits.correction.kind)
        case "reviewing" | "suspended":
            return Running("promised", case.promised_on, limits.promised.kind)
    return Running("", None, limits.promised.kind)


def days_left_of(context: Context, approval: Approval) -> int | None:
    """Days that a department has for an open approval."""
    if approval.state != "open":
        return None
    step = step_of(definition_of(approval.case.item_version), approval)
    return left(context, approval.due_on, step.within.kind)


def left(context: Context, due: date | None, kind: str) -> int | None:
    """Days until a day; None without one, or when the holidays of its year are not stored."""
    if due is None:
        return None
    today = timezone.localdate()
    try:
        return days_left(today, due, kind, calendar(context))
    except CalendarYearMissing:
        return None


def calendar(context: Context) -> WorkingCalendar:
    """The working calendar from last year on, read once a request."""
    known = context.known.get("calendar")
    if known is None:
        today = timezone.localdate()
        known = calendar_from(date(today.year - 1, 1, 1))
        context.known["calendar"] = known
    assert isinstance(known, WorkingCalendar)
    return known
