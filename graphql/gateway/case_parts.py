"""Shows the parts of a bundle in a case: what was chosen, how each stands, what it came to and why one ended."""

from typing import Any

import graphene
from django.utils.translation import gettext

from gateway.prepared import PreparationType
from gateway.preparing import of_case
from gateway.rows import listed, named, text
from gateway.standing import approvals_read
from gateway.words import OUTCOMES, PART_STATES
from services.queries import definition_of
from workflows.models import Approval, Case
from workflows.parts import PartState, StepState, part_states


class CasePart(graphene.ObjectType):
    """一件事中的一个联办事项。"""

    id = text("联办事项的代码")
    item_code = text("事项编码")
    name = text("名称")
    state = text("unchosen 不办、waiting 未开始、open 办理中、decided 已决定、ended 不再办理")
    state_name = named("state", PART_STATES, "状态，给人看的文字")
    outcome = text("approved 准予、denied 不予；未决定时为空")
    outcome_name = named("outcome", OUTCOMES, "结果，给人看的文字")
    reason = text("为什么不再办理；其他状态为空")
    steps = listed(graphene.String, "由哪些环节办理")
    on_demand = graphene.Boolean(required=True, description="可以不办")


class CaseParts:
    """What the parts of a bundle add to the type of a case."""

    parts = listed(CasePart, "一件事的联办事项；单个事项为空")
    preparation = graphene.Field(
        PreparationType, required=True, description="按已填写的内容，需要什么、要多久"
    )

    @staticmethod
    def resolve_parts(case: Case, info: Any) -> list[dict[str, object]]:
        """Each part as it stands."""
        definition = definition_of(case.item_version)
        if not definition.parts:
            return []
        steps = _steps(approvals_read(info.context, case))
        return [_shown(one) for one in part_states(definition, case.answers, steps)]

    @staticmethod
    def resolve_preparation(case: Case, info: Any) -> dict[str, Any]:
        """As before the start, with what has been answered since."""
        return of_case(case, info)


def _steps(approvals: list[Approval]) -> dict[str, StepState]:
    """Each step as its departments left it: open while one is."""
    order = ["void", "decided", "waiting", "open"]
    found: dict[str, StepState] = {}
    for approval in approvals:
        decision = next((d for d in approval.decisions.all() if d.round == approval.round), None)
        state = StepState(approval.state, decision.outcome if decision else "")
        known = found.get(approval.step)
        if known is None or order.index(state.state) > order.index(known.state):
            found[approval.step] = state
    return found


def _shown(one: PartState) -> dict[str, object]:
    reason = ""
    if one.because is not None:
        reason = gettext("“{part}”没有准予，需要它签发的证照才能办理").format(part=one.because.name)
    return {
        "id": one.part.id,
        "item_code": one.part.item,
        "name": one.part.name,
        "state": one.state,
        "outcome": one.outcome,
        "reason": reason,
        "steps": one.part.steps,
        "on_demand": one.part.on_demand,
    }
