"""Shows what registers said about a case: the result, what differs by name, the tries, and objections."""

from typing import Any
from uuid import UUID

import graphene

from gateway.context import Context
from gateway.rows import Row, listed, named, text
from gateway.scalars import Moment
from gateway.words import OUTCOMES
from registers.queries import register_names
from services.queries import definition_of
from services.route import Step
from workflows.models import Approval, Case, Decision, Objection
from workflows.queries import step_of
from workflows.registers import objectionable


class ObjectionType(Row):
    """申请人对核验结果的异议。"""

    class Meta:
        name = "Objection"
        model = Objection
        described = {"round": "由此开始的轮次", "reason": "理由", "at": "时刻"}


class DataCheck(graphene.ObjectType):
    """向登记库的一项核验；登记库只回答是否一致和哪几项不一致，不给出登记的内容。"""

    register_name = text("登记库")
    tries = graphene.Int(required=True, description="本轮已核验几次")
    checked_at = graphene.Field(Moment, description="最近一次核验的时刻；尚未核验时为空")
    is_by_hand = graphene.Boolean(required=True, description="申请人提出异议后，由人员核对")
    differing_labels = listed(graphene.String, "不一致的项目")
    objections = listed(ObjectionType, "申请人的异议，按先后")
    may_object = graphene.Boolean(required=True, description="申请人现在可以提出异议")

    @staticmethod
    def resolve_register_name(approval: Approval, info: Any) -> str:
        """The register as its department calls it."""
        code = _step(approval).register
        return _names(info.context).get(code, code)

    @staticmethod
    def resolve_is_by_hand(approval: Approval, _info: Any) -> bool:
        """Whether this round came from an objection."""
        return any(one.round == approval.round for one in approval.objections.all())

    @staticmethod
    def resolve_differing_labels(approval: Approval, _info: Any) -> list[str]:
        """Labels of the fields, in the last round that a register answered."""
        form = definition_of(approval.case.item_version).form
        labels = {field.path: field.label for field in form.fields}
        return [labels.get(path, path) for path in approval.differs]

    @staticmethod
    def resolve_objections(approval: Approval, _info: Any) -> list[Objection]:
        """What the applicant said."""
        return sorted(approval.objections.all(), key=lambda one: one.round)

    @staticmethod
    def resolve_may_object(approval: Approval, info: Any) -> bool:
        """Whether the button is worth showing."""
        viewer = info.context.viewer
        return viewer.is_applicant and approval.pk in _objectionable(info.context, approval.case)


class Information(graphene.ObjectType):
    """供决定参考的一个环节：核验、征求意见或踏勘的结果。"""

    step_name = text("环节名称")
    department_name = text("部门")
    outcome = text("结果")
    outcome_name = named("outcome", OUTCOMES, "结果，给人看的文字")
    reason = text("理由")
    source = text("desk、letter、silence、register")
    at = graphene.Field(Moment, required=True, description="时刻")

    @staticmethod
    def resolve_step_name(decision: Decision, _info: Any) -> str:
        """The step's name."""
        return _step(decision.approval).name

    @staticmethod
    def resolve_department_name(decision: Decision, _info: Any) -> str:
        """Whose answer it is."""
        return decision.approval.department.name


def check_of(approval: Approval, _info: Any) -> Approval | None:
    """The approval, when a register answers its step."""
    return approval if _step(approval).register else None


def _step(approval: Approval) -> Step:
    return step_of(definition_of(approval.case.item_version), approval)


def _names(context: Context) -> dict[str, str]:
    if "registers" not in context.known:
        context.known["registers"] = register_names()
    names = context.known["registers"]
    assert isinstance(names, dict)
    return names


def _objectionable(context: Context, case: Case) -> set[UUID]:
    key = ("objectionable", case.pk)
    if key not in context.known:
        context.known[key] = objectionable(case)
    found = context.known[key]
    assert isinstance(found, set)
    return found
