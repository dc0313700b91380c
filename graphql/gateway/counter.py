"""What a service hall sees: the cases it filed today, and the results that wait to be handed out (领取登记)."""

from typing import Any

import graphene
from django.utils import timezone

from gateway.cases import CaseSummary
from gateway.paging import page_arguments, page_of, page_type
from gateway.rows import Row, text
from workflows.handouts import Handout
from workflows.queries import filed_cases, handouts


class HandoutType(Row):
    """等待到窗口领取的一个结果。"""

    class Meta:
        name = "Handout"
        model = Handout
        described = {
            "id": "标识",
            "name": "结果的名称",
            "certificate_id": "证照的标识；结果是文书时为空",
            "ready_at": "可以领取的时刻",
        }

    document_id = graphene.UUID(description="文书的标识；结果是证照时为空")
    case_id = graphene.UUID(required=True, description="办件的标识")
    case_number = text("办件编号")
    item_name = text("事项名称")
    applicant_name = text("申请人")

    @staticmethod
    def resolve_case_number(handout: Handout, _info: Any) -> str:
        """As people say it."""
        return str(handout.case.number)

    @staticmethod
    def resolve_item_name(handout: Handout, _info: Any) -> str:
        """What was asked for."""
        return handout.case.item_version.item.name

    @staticmethod
    def resolve_applicant_name(handout: Handout, _info: Any) -> str:
        """Whose it is."""
        return handout.case.applicant_name


def _filed(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = filed_cases(viewer, today)
    order = ("-applied_at", "-id")
    return page_of(rows, order=order, viewer=viewer, query="filedCases", **page)


def _handouts(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    return page_of(handouts(viewer), order=("id",), viewer=viewer, query="handouts", **page)


QUERIES = {
    "filed_cases": graphene.Field(
        page_type(CaseSummary, "窗口收件"),
        args=page_arguments(),
        resolver=_filed,
        description="本中心窗口今天代为提交的办件，新的在前",
    ),
    "handouts": graphene.Field(
        page_type(HandoutType, "领取登记"),
        args=page_arguments(),
        resolver=_handouts,
        description="等待到本中心领取的结果，先完成的在前",
    ),
}
