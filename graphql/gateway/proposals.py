"""Shows what departments propose for the one correction notice: each as it was said, and merged by field."""

from collections.abc import Mapping
from typing import Any

import graphene

from gateway.answers import labels_of
from gateway.rows import Row, listed, text
from services.queries import definition_of
from workflows.models import Case, Proposal
from workflows.notice import Merged, merged
from workflows.previewing import proposals_of


class ProposedItem(graphene.ObjectType):
    """补正意见中的一项。"""

    field = text("字段路径")
    label = text("字段名称")
    message = text("需要怎样补正")


class ProposalType(Row):
    """一个部门的补正意见，由牵头部门并入一份告知。"""

    class Meta:
        name = "Proposal"
        model = Proposal
        described = {"id": "标识", "at": "提出的时刻"}

    department_name = text("提出的部门")
    items = listed(ProposedItem, "各项意见")

    @staticmethod
    def resolve_department_name(proposal: Proposal, _info: Any) -> str:
        """Who proposes."""
        return proposal.department.name

    @staticmethod
    def resolve_items(proposal: Proposal, _info: Any) -> list[dict[str, str]]:
        """With labels."""
        return labelled(proposal.case, proposal.items)


class MergedItem(graphene.ObjectType):
    """各部门对同一字段的意见，合并为告知中的一项。"""

    field = text("字段路径")
    label = text("字段名称")
    message = text("合并后的文字，可以修改后发出")
    department_names = listed(graphene.String, "提出的部门")


class CaseProposals:
    """What the lead department sees of the proposals for its next notice."""

    proposals = listed(ProposalType, "各部门的补正意见，尚未并入告知的")
    merged_proposals = listed(MergedItem, "同一批意见按字段合并，按表单的顺序")

    @staticmethod
    def resolve_proposals(case: Case, _info: Any) -> list[Proposal]:
        """Those that no notice has used."""
        rows = list(proposals_of(case))
        for row in rows:
            row.case = case
        return rows

    @staticmethod
    def resolve_merged_proposals(case: Case, _info: Any) -> list[Mapping[str, object]]:
        """The same, one item a field."""
        labels = labels_of(definition_of(case.item_version))
        said = [(row.department.name, row.items) for row in proposals_of(case)]
        return [_shown(one, labels) for one in merged(said, list(labels))]


def labelled(case: Case, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items of a notice or proposal with the labels of their fields."""
    labels = labels_of(definition_of(case.item_version))
    return [{**item, "label": labels.get(item["field"], item["field"])} for item in items]


def _shown(one: Merged, labels: Mapping[str, str]) -> Mapping[str, object]:
    return {
        "field": one.field,
        "label": labels.get(one.field, one.field),
        "message": one.message,
        "department_names": one.by,
    }
