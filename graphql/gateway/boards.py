"""Shows what is still under way for an applicant, each case with its departments side by side."""

from typing import Any

import graphene
from django.db.models import Prefetch

from gateway.approvals import CaseApproval
from gateway.cases import SHORT, CaseShort
from gateway.paging import page_arguments, page_of, page_type
from gateway.rows import Row, listed
from workflows.models import Approval, Case, Decision
from workflows.queries import in_brief, open_cases


class OpenCase(CaseShort, Row):
    """一件还没有办结的办件，连同各部门的办理。"""

    class Meta:
        model = Case
        described = SHORT

    approvals = listed(CaseApproval, "各部门的办理")

    @staticmethod
    def resolve_approvals(case: Case, _info: Any) -> list[Approval]:
        """The departments' parts, read with the page."""
        return list(case.approvals.all())


def _open_cases(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    decisions = Decision.objects.order_by("round")
    parts = Approval.objects.select_related("department__division").order_by("id")
    parts = parts.prefetch_related(Prefetch("decisions", decisions))
    rows = in_brief(open_cases(viewer)).prefetch_related(Prefetch("approvals", parts))
    return page_of(rows, order=("-id",), viewer=viewer, query="openCases", **page)


QUERIES = {
    "open_cases": graphene.Field(
        page_type(OpenCase, "在办的办件"),
        args=page_arguments(),
        resolver=_open_cases,
        description="我的还没有办结的办件，草稿也在内，新的在前，连同各部门的办理",
    ),
}
