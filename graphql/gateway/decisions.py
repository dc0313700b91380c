"""Shows decisions and opinions: what was said, by whom, why and on which basis."""

from typing import Any

import graphene

from gateway.rows import Row, listed, named, text
from gateway.words import OUTCOMES
from workflows.models import Decision, Opinion


class DecisionType(Row):
    """一个决定。"""

    class Meta:
        name = "Decision"
        model = Decision
        described = {
            "round": "第几轮",
            "outcome": "approved、denied、agree、disagree、agree_forward、passed、failed、match、mismatch 等",
            "reason": "理由",
            "basis": "依据",
            "at": "时刻",
            "source": "desk 平台、letter 部门系统、silence 逾期视为同意、register 登记库",
        }

    outcome_name = named("outcome", OUTCOMES, "决定，给人看的文字")
    findings = listed(graphene.String, "踏勘的整改意见")
    officer_name = text("决定的人员；申请人只看到姓氏")

    @staticmethod
    def resolve_officer_name(decision: Decision, _info: Any) -> str:
        """Who decided."""
        return decision.officer.name if decision.officer else ""


class OpinionType(Row):
    """一位人员的意见。"""

    class Meta:
        name = "Opinion"
        model = Opinion
        described = {"round": "第几轮", "outcome": "意见", "reason": "理由", "at": "时刻"}

    outcome_name = named("outcome", OUTCOMES, "意见，给人看的文字")
    officer_name = text("人员")

    @staticmethod
    def resolve_officer_name(opinion: Opinion, _info: Any) -> str:
        """Who said it."""
        return opinion.officer.name if opinion.officer else ""
