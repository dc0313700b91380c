"""Shows which clock of a case or an approval runs, and how many days of its kind are left."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import graphene
from django.conf import settings
from django.utils import timezone

from gateway.context import Context
from gateway.rows import named, text
from gateway.words import CLOCKS, LIGHTS, worded
from services.limits import Limit
from services.queries import definition_of
from workflows.clock import CalendarYearMissing, WorkingCalendar, days_left, light
from workflows.models import Approval, Case
from workflows.queries import calendar_from, step_of


@dataclass(frozen=True)
class Running:
    """A limit that runs: which, until when, in which kind of day."""

    running: str
    due_on: date | None
    kind: str
    total: int = 0  # days that the limit has
    stands: bool = False  # a clock that stands still


class Clock(graphene.ObjectType):
    """正在计算的时限。"""

    running = text("notice 告知是否受理、correction 补正、promised 承诺办结；空为没有")
    running_name = named("running", CLOCKS, "时限的名称，给人看的文字")
    due_on = graphene.Date(description="最后一天；中止时为空")
    kind = text("working 工作日、calendar 自然日")
    days_left = graphene.Int(description="今天之后还剩几天，负数为已超过；不能计算时为空")
    is_overdue = graphene.Boolean(required=True, description="是否已超过")
    light = text("预警：green 正常、yellow 临近到期、red 已超过、still 中止计算；空为没有")
    light_name = text("预警，给人看的文字")

    @staticmethod
    def resolve_light(clock: Running, info: Any) -> str:
        """Green, yellow, red or still."""
        return light_of(info.context, clock)

    @staticmethod
    def resolve_light_name(clock: Running, info: Any) -> str:
        """The same in words."""
        return light_name(light_of(info.context, clock))

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
    more = limits.extension.days if case.extended_at and limits.extension else 0
    match case.state:
        case "submitted":
            return _running("notice", case.notice_due_on, limits.notice)
        case "correcting":
            return _running("correction", case.correction_due_on, limits.correction)
        case "reviewing" | "suspended":
            stands = case.state == "suspended"
            return _running("promised", case.promised_on, limits.promised, more, stands)
    return Running("", None, limits.promised.kind)


def _running(
    name: str, due: date | None, limit: Limit, more: int = 0, stands: bool = False
) -> Running:
    return Running(name, due, limit.kind, limit.days + more, stands)


def light_of(context: Context, clock: Running) -> str:
    """The light of a clock: still while it stands, empty when none runs or its days are not known."""
    if clock.stands:
        return "still"
    days = left(context, clock.due_on, clock.kind)
    return light(days, clock.total, settings.YELLOW_DAYS)


def light_name(colour: str) -> str:
    """The words for a light; empty for none."""
    return worded(LIGHTS, colour) if colour else ""


def clock_of_approval(approval: Approval) -> Running:
    """The days of an open approval; nothing runs for any other."""
    step = step_of(definition_of(approval.case.item_version), approval)
    if approval.state != "open":
        return Running("", None, step.within.kind)
    stands = approval.due_on is None
    return Running("promised", approval.due_on, step.within.kind, step.within.days, stands)


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
