"""Shows how a clock stands: its light, why it stands still, for what it may, and who is next."""

from typing import Any

import graphene
from django.db.models import Prefetch
from django.utils.translation import gettext

from gateway.clocks import clock_of_approval, light_name, light_of
from gateway.context import Context
from gateway.rows import Row, listed, text
from services.limits import StopRule
from services.queries import definition_of
from workflows.models import Approval, Case, ClockStop, Decision
from workflows.queries import running_stop, step_of, stops_of


class ClockStopType(Row):
    """一段不计入期限的时间（中止计时）。"""

    class Meta:
        name = "ClockStop"
        model = ClockStop
        described = {
            "id": "标识",
            "reason": "事由，如听证",
            "basis": "依据",
            "started_on": "从哪天起不计算",
            "expected_until": "书面告知的最后一天",
            "ended_on": "实际恢复前的最后一天；仍在中止时为空",
        }

    step_name = text("中止的环节；整个办件中止时为空")

    @staticmethod
    def resolve_step_name(stop: ClockStop, _info: Any) -> str:
        """The step, or nothing for the whole case."""
        if stop.approval is None:
            return ""
        return step_of(definition_of(stop.case.item_version), stop.approval).name


class StopChoice(graphene.ObjectType):
    """事项规定的一种可以中止计时的情形。"""

    code = text("作为 reasonCode 传入")
    name = text("名称")
    basis = text("依据")
    days = graphene.Int(required=True, description="最长几天")
    kind = text("working 工作日、calendar 自然日")


class ApprovalLight:
    """How the clock of an approval stands."""

    light = text("预警：green 正常、yellow 临近到期、red 已超过、still 中止计算；未在办理时为空")
    light_name = text("预警，给人看的文字")
    standing = graphene.Field(ClockStopType, description="使它中止计时的事由；没有中止时为空")

    @staticmethod
    def resolve_light(approval: Approval, info: Any) -> str:
        """Green, yellow, red or still."""
        return light_of(info.context, clock_of_approval(approval))

    @staticmethod
    def resolve_light_name(approval: Approval, info: Any) -> str:
        """The same in words."""
        return light_name(light_of(info.context, clock_of_approval(approval)))

    @staticmethod
    def resolve_standing(approval: Approval, _info: Any) -> ClockStop | None:
        """Its own stop, out of those read with a list; of a single approval also the whole case's."""
        if approval.state != "open" or approval.due_on is not None:
            return None
        known = getattr(approval, "standing", None)
        stop = running_stop(approval) if known is None else next(iter(known), None)
        if stop is not None:
            stop.case = approval.case
            stop.approval = approval if stop.approval_id else None
        return stop


class MayStop:
    """For what the clock of a case or an approval may be stopped."""

    stop_choices = listed(StopChoice, "事项规定可以中止计时的情形")

    @staticmethod
    def resolve_stop_choices(row: Case | Approval, _info: Any) -> tuple[StopRule, ...]:
        """As the item lists them."""
        case = row.case if isinstance(row, Approval) else row
        return definition_of(case.item_version).stops


class CaseTimes(MayStop):
    """What kept a case's clocks standing, and whose turn it is."""

    stops = listed(ClockStopType, "不计入期限的时间，按先后")
    waiting_for = listed(graphene.String, "现在等谁办理：申请人或者部门；已经结束时为空")

    @staticmethod
    def resolve_stops(case: Case, info: Any) -> list[ClockStop]:
        """Of the case and of its approvals."""
        return stops_read(info.context, case)

    @staticmethod
    def resolve_waiting_for(case: Case, info: Any) -> list[str]:
        """The applicant, the lead, or the departments at work."""
        return next_of(info.context, case)


def stops_read(context: Context, case: Case) -> list[ClockStop]:
    """The stops of a case, read once a request however many fields ask."""
    known = context.known.get(f"stops {case.pk}")
    if known is None:
        known = list(stops_of(case))
        for row in known:
            row.case = case
        context.known[f"stops {case.pk}"] = known
    assert isinstance(known, list)
    return known


def approvals_read(context: Context, case: Case) -> list[Approval]:
    """The departments' parts with their decisions and what keeps their clocks standing, read once a request."""
    known = context.known.get(f"approvals {case.pk}")
    if known is None:
        decisions = Decision.objects.select_related("officer").order_by("round")
        rows = case.approvals.select_related("department__division").order_by("id")
        known = list(rows.prefetch_related(Prefetch("decisions", decisions), "objections"))
        stops = [one for one in stops_read(context, case) if one.ended_on is None and one.code]
        for approval in known:
            approval.case = case
            approval.standing = [  # type: ignore[attr-defined]  # as a list's prefetch sets it
                s for s in stops if s.approval_id in {None, approval.pk}
            ]
        context.known[f"approvals {case.pk}"] = known
    assert isinstance(known, list)
    return known


def next_of(context: Context, case: Case) -> list[str]:
    """Names of those for whom a case waits, out of its state."""
    lead = [case.lead.name] if case.lead else []
    match case.state:
        case "draft" | "correcting":
            return [gettext("申请人")]
        case "submitted" | "suspended":
            return lead
        case "reviewing":
            at_work = [row for row in approvals_read(context, case) if row.state == "open"]
            return list(dict.fromkeys(row.department.name for row in at_work))
        case "decided":
            return [gettext("平台")]
    return []
