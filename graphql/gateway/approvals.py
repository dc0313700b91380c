"""Shows approvals: as applicant and lead follow them, as a worklist, and whole with its reading to the department."""

from typing import Any
from uuid import UUID

import graphene
from django.db.models import Prefetch, QuerySet
from graphene.utils.str_converters import to_camel_case as camel

from gateway.checks import DataCheck, Information, check_of
from gateway.clocks import days_left_of
from gateway.decisions import DecisionType, OpinionType
from gateway.forms import certificate_names
from gateway.identity import DepartmentType
from gateway.paging import page_arguments, page_of, page_type
from gateway.papers import OwnDocuments
from gateway.readings import Read, ReadingType, read
from gateway.rows import Row, listed, named, text
from gateway.standing import ApprovalLight, MayStop
from gateway.words import KINDS, OUTCOMES, STATES, worded
from services.queries import definition_of
from workflows.actions import allowed_on_approval
from workflows.commands.deciding import OUTCOMES as ALLOWED
from workflows.informing import informing
from workflows.models import Approval, Decision, Opinion
from workflows.queries import (
    approval_for,
    handled_approvals,
    parts_beside,
    running_stop,
    step_of,
    worklist,
)

FORWARDING = "agree_forward"
SHORT = {
    "id": "标识",
    "kind": "approve、verify、advise、inspect、evaluate、issue",
    "round": "第几轮；补正改变了所看的内容时重新办理",
    "state": "waiting、open、decided、void",
    "opened_at": "开始办理的时刻",
    "due_on": "最后一天",
    "decided_at": "决定的时刻",
}


def step_name(approval: Approval) -> str:
    """The name of the step that an approval works on."""
    return step_of(definition_of(approval.case.item_version), approval).name


class ApprovalShort(ApprovalLight):
    """What every form of an approval shares."""

    step_name = text("环节名称")
    kind_name = named("kind", KINDS, "环节种类，给人看的文字")
    state_name = named("state", STATES, "状态，给人看的文字")
    days_left = graphene.Int(description="今天之后还剩几天，负数为已超过；未在办理时为空")
    days_kind = text("剩余天数的种类：working 工作日、calendar 自然日")
    check = graphene.Field(DataCheck, description="数据核验；不由登记库核验的环节为空")

    @staticmethod
    def resolve_check(approval: Approval, info: Any) -> Approval | None:
        """What a register says about it."""
        return check_of(approval, info)

    @staticmethod
    def resolve_step_name(approval: Approval, _info: Any) -> str:
        """The step's name."""
        return step_name(approval)

    @staticmethod
    def resolve_days_kind(approval: Approval, _info: Any) -> str:
        """The kind of the step's limit."""
        return step_of(definition_of(approval.case.item_version), approval).within.kind

    @staticmethod
    def resolve_days_left(approval: Approval, info: Any) -> int | None:
        """Days of the step's kind."""
        return days_left_of(info.context, approval)


class CaseApproval(ApprovalShort, Row):
    """办件中一个部门的办理，供申请人与牵头部门查看。"""

    class Meta:
        model = Approval
        described = SHORT | {"step": "环节代码", "item_code": "所决定的事项，没有时为空"}

    department = graphene.Field(DepartmentType, required=True, description="办理部门")
    result_name = text("准予后发放的证照，没有时为空")
    decision = graphene.Field(DecisionType, description="本轮的决定；未决定时为空")

    @staticmethod
    def resolve_result_name(approval: Approval, info: Any) -> str:
        """The certificate that a grant issues."""
        return certificate_names(info.context).get(approval.result, approval.result)

    @staticmethod
    def resolve_decision(approval: Approval, _info: Any) -> Decision | None:
        """The decision of the current round, out of those that were read with it."""
        of_round = [d for d in approval.decisions.all() if d.round == approval.round]
        return of_round[-1] if of_round else None


class Desk(ApprovalShort):
    """What an officer sees of a task, in the list and whole."""

    case_number = text("办件编号")
    item_name = text("申请事项")
    applicant_name = text("申请人")
    claimed_by_name = text("领办的人员；无人领办时为空")
    is_mine = graphene.Boolean(required=True, description="由您领办")

    @staticmethod
    def resolve_case_number(approval: Approval, _info: Any) -> str:
        """The number people read aloud."""
        return approval.case.number or ""

    @staticmethod
    def resolve_item_name(approval: Approval, _info: Any) -> str:
        """The item as the case's version knows it."""
        return definition_of(approval.case.item_version).name

    @staticmethod
    def resolve_applicant_name(approval: Approval, _info: Any) -> str:
        """Who asks."""
        return approval.case.applicant_name

    @staticmethod
    def resolve_claimed_by_name(approval: Approval, _info: Any) -> str:
        """Who works on it."""
        return approval.claimed_by.name if approval.claimed_by else ""

    @staticmethod
    def resolve_is_mine(approval: Approval, info: Any) -> bool:
        """Whether the viewer does."""
        claimed = approval.claimed_by
        return claimed is not None and claimed.account_id == info.context.viewer.account_id


class ApprovalSummary(Desk, Row):
    """待办或者办过的清单中的一件。"""

    class Meta:
        model = Approval
        described = SHORT

    outcome_name = text("本轮的决定；未决定时为空")

    @staticmethod
    def resolve_outcome_name(approval: Approval, _info: Any) -> str:
        """What was decided, out of the decisions that a list of decided ones reads with it."""
        if approval.state != "decided":
            return ""
        of_round = [d.outcome for d in approval.decisions.all() if d.round == approval.round]
        return worded(OUTCOMES, of_round[-1]) if of_round else ""


class OutcomeChoice(graphene.ObjectType):
    """一种可以作出的决定。"""

    code = text("作为 outcome 传入")
    name = text("给人看的文字")


class ApprovalType(MayStop, OwnDocuments, Desk, Row):
    """一件审批，供办理部门查看；只有本环节可以看到的内容。"""

    class Meta:
        name = "Approval"
        model = Approval
        described = SHORT | {
            "step": "环节代码",
            "item_code": "所决定的事项，没有时为空",
            "opinions_needed": "需要几位人员意见一致",
            "received_at": "通知送达部门的时刻",
            "claimed_at": "领办的时刻",
        }

    department = graphene.Field(DepartmentType, required=True, description="办理部门")
    case_state = text("办件的状态")
    case_state_name = text("办件的状态，给人看的文字")
    result_name = text("准予后发放的证照，没有时为空")
    basis = text("本环节的依据")
    outcomes = listed(OutcomeChoice, "可以作出的决定")
    together = listed(CaseApproval, "一同办理本环节的其他部门，如联合踏勘")
    reading = graphene.Field(ReadingType, required=True, description="阅卷范围")
    informed_by = listed(Information, "决定前其他部门的核验与意见，按先后；不作决定的环节为空")
    opinions = listed(OpinionType, "各位人员的意见，按先后")
    decisions = listed(DecisionType, "各轮的决定，按先后")
    allowed_actions = listed(graphene.String, "您现在可以做的，即同名的修改，如 decideApproval")

    @staticmethod
    def resolve_case_state(approval: Approval, _info: Any) -> str:
        """Where the whole case stands."""
        return str(approval.case.state)

    @staticmethod
    def resolve_case_state_name(approval: Approval, _info: Any) -> str:
        """The same in words."""
        return worded(STATES, approval.case.state)

    @staticmethod
    def resolve_result_name(approval: Approval, info: Any) -> str:
        """The certificate that a grant issues."""
        return certificate_names(info.context).get(approval.result, approval.result)

    @staticmethod
    def resolve_basis(approval: Approval, _info: Any) -> str:
        """The legal basis of the step."""
        return step_of(definition_of(approval.case.item_version), approval).basis

    @staticmethod
    def resolve_outcomes(approval: Approval, _info: Any) -> list[dict[str, str]]:
        """What this kind of step may answer; forwarding (转报) needs a step that comes after it."""
        step = step_of(definition_of(approval.case.item_version), approval)
        names = [o for o in ALLOWED[approval.kind] if step.before or o != FORWARDING]
        return [{"code": o, "name": worded(OUTCOMES, o)} for o in names]

    @staticmethod
    def resolve_together(approval: Approval, _info: Any) -> QuerySet[Approval]:
        """The other departments' parts of the same step: one record is made by all of them (联合踏勘)."""
        decisions = Decision.objects.select_related("officer").order_by("round")
        rows = parts_beside(approval).select_related("department__division")
        return rows.prefetch_related(Prefetch("decisions", decisions))

    @staticmethod
    def resolve_reading(approval: Approval, _info: Any) -> Read:
        """What the department may see now."""
        return read(approval)

    @staticmethod
    def resolve_informed_by(approval: Approval, _info: Any) -> list[Decision]:
        """What the steps before it said."""
        return informing(approval)

    @staticmethod
    def resolve_opinions(approval: Approval, _info: Any) -> QuerySet[Opinion]:
        """The votes."""
        return approval.opinions.select_related("officer").order_by("id")

    @staticmethod
    def resolve_decisions(approval: Approval, _info: Any) -> QuerySet[Decision]:
        """The decisions of all rounds."""
        return approval.decisions.select_related("officer").order_by("round")

    @staticmethod
    def resolve_allowed_actions(approval: Approval, info: Any) -> list[str]:
        """Names of mutations."""
        stands = approval.due_on is None and running_stop(approval) is not None
        names = allowed_on_approval(info.context.viewer, approval, stands=stands)
        return [camel(name) for name in names]


def _worklist(_root: object, info: Any, **page: Any) -> Any:
    rows = worklist(info.context.viewer)
    order = ("due_on", "id")
    return page_of(rows, order=order, viewer=info.context.viewer, query="worklist", **page)


def _handled(_root: object, info: Any, **page: Any) -> Any:
    rows = handled_approvals(info.context.viewer)
    order = ("-decided_at", "-id")
    viewer = info.context.viewer
    return page_of(rows, order=order, viewer=viewer, query="handledApprovals", **page)


def _approval(_root: object, info: Any, id: UUID) -> Approval:
    return approval_for(info.context.viewer, id)


TaskPage = page_type(ApprovalSummary, "审批")
QUERIES = {
    "worklist": graphene.Field(
        TaskPage,
        args=page_arguments(),
        resolver=_worklist,
        description="等待本部门办理的审批，最急的在前",
    ),
    "handled_approvals": graphene.Field(
        TaskPage,
        args=page_arguments(),
        resolver=_handled,
        description="本部门已经办完的审批，新的在前",
    ),
    "approval": graphene.Field(
        ApprovalType,
        args={"id": graphene.Argument(graphene.UUID, required=True, description="审批的标识")},
        resolver=_approval,
        description="一件审批",
    ),
}
