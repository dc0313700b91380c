"""Public progress (办件进度): what anybody who holds the two codes may know, without names and answers."""

from typing import Any

import graphene
from django.db.models import QuerySet

from gateway.clocks import Clock, Running, clock_of
from gateway.rows import Row, listed, named, text
from gateway.words import STATES
from workflows.commands import follow_case
from workflows.models import Approval, Case, ClockStop


class ProgressPart(graphene.ObjectType):
    """一个部门的办理。"""

    department_name = text("部门")
    state = text("waiting 未开始、open 待办理、decided 已决定")
    state_name = named("state", STATES, "状态，给人看的文字")
    due_on = graphene.Date(description="本环节到期的日子；尚未开始时为空")


class ProgressStop(graphene.ObjectType):
    """期限正在停止计算的一个原因。"""

    reason = text("原因")
    started_on = graphene.Date(required=True, description="从哪一天起")
    expected_until = graphene.Date(required=True, description="预计到哪一天")


class ProgressType(Row):
    """一件办件的进度，不含姓名和填写的内容。"""

    class Meta:
        name = "Progress"
        model = Case
        described = {
            "state": "办件的状态",
            "applied_at": "收件时刻",
            "accepted_at": "受理时刻",
            "promised_on": "承诺办结日",
            "concluded_at": "办结时刻",
        }

    item_name = text("事项名称")
    state_name = named("state", STATES, "状态，给人看的文字")
    clock = graphene.Field(Clock, required=True, description="正在计算的时限")
    parts = listed(ProgressPart, "各部门的办理，按环节")
    stops = listed(ProgressStop, "期限停止计算的原因；没有停止时为空")
    collect_at = text("结果在哪里领取；不到窗口领取时为空")

    @staticmethod
    def resolve_item_name(case: Case, _info: Any) -> str:
        """What was asked for."""
        return case.item_version.item.name

    @staticmethod
    def resolve_clock(case: Case, _info: Any) -> Running:
        """What its state lets run."""
        return clock_of(case)

    @staticmethod
    def resolve_parts(case: Case, _info: Any) -> list[dict[str, object]]:
        """Without steps that are not needed, and without what was decided."""
        rows = Approval.objects.select_related("department").filter(case=case)
        shown = rows.exclude(state="void").order_by("id")
        return [
            {"department_name": a.department.name, "state": a.state, "due_on": a.due_on}
            for a in shown
        ]

    @staticmethod
    def resolve_stops(case: Case, _info: Any) -> QuerySet[ClockStop]:
        """Those that have not ended."""
        return ClockStop.objects.filter(case=case, ended_on=None).order_by("id")

    @staticmethod
    def resolve_collect_at(case: Case, _info: Any) -> str:
        """The hall's name."""
        return case.collect_at.name if case.collect_at else ""


def _progress(_root: object, info: Any, query_code: str, check_code: str) -> Case:
    origin = info.context.origin or "in this process"
    return follow_case(query_code=query_code, check_code=check_code, origin=origin)


def _code(description: str) -> graphene.Argument:
    return graphene.Argument(graphene.String, required=True, description=description)


QUERIES = {
    "progress": graphene.Field(
        ProgressType,
        args={
            "query_code": _code("办件查询码，八位"),
            "check_code": _code("校验码，六位；与查询码一起印在收件凭证上"),
        },
        resolver=_progress,
        description="凭查询码与校验码查询办件进度，不用登录；试错的次数有限",
    ),
}
