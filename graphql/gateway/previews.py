"""Shows a submitted case to a department before its acceptance (预审): what the applicant wrote, no certificate."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import graphene

from gateway.acts import argument, labels
from gateway.answers import shown
from gateway.case_verbs import CorrectionInput
from gateway.cases import CasePage
from gateway.clocks import Clock, Running, clock_of
from gateway.context import Context
from gateway.forms import division_names
from gateway.paging import page_arguments, page_of
from gateway.proposals import ProposalType
from gateway.rows import listed, text
from gateway.scalars import Moment
from gateway.verbs import Verb
from services.fields import Field
from services.queries import definition_of
from workflows.commands import propose_corrections
from workflows.models import Preview, Proposal
from workflows.previewing import preview_for, previewed, proposals_of, steps_before_acceptance
from workflows.reading import covers, flat
from workflows.sources import CERTIFICATE, kind_of


@dataclass(frozen=True)
class Item:
    """One field within what a department will read."""

    field: Field
    section: str
    value: object
    source: Any  # its provenance, or None
    is_askable: bool

    @property
    def is_from_certificate(self) -> bool:
        """Whether a certificate filled it, which is not for a department before acceptance."""
        return bool(self.source) and kind_of(self.source) == CERTIFICATE


class PreviewItem(graphene.ObjectType):
    """预审中的一项内容。"""

    path = text("字段路径")
    section = text("所在组的标题")
    label = text("字段名称")
    shown = text("申请人填写的内容；取自电子证照的，受理以后才可以查看")
    from_certificate = graphene.Boolean(required=True, description="取自电子证照")
    can_be_asked = graphene.Boolean(required=True, description="可以提出补正意见")

    @staticmethod
    def resolve_path(item: Item, _info: Any) -> str:
        """The field's path."""
        return item.field.path

    @staticmethod
    def resolve_label(item: Item, _info: Any) -> str:
        """The field's name."""
        return item.field.label

    @staticmethod
    def resolve_shown(item: Item, info: Any) -> str:
        """The applicant's own words; nothing that a certificate says."""
        if item.is_from_certificate or item.value is None:
            return ""
        if item.field.type == "division":
            return division_names(info.context).get(str(item.value), str(item.value))
        return shown(item.field, item.value)

    @staticmethod
    def resolve_from_certificate(item: Item, _info: Any) -> bool:
        """Whether its value came from one."""
        return item.is_from_certificate

    @staticmethod
    def resolve_can_be_asked(item: Item, _info: Any) -> bool:
        """Whether the applicant could answer."""
        return item.is_askable


class PreviewType(graphene.ObjectType):
    """受理前的预审：本部门将要办理的环节所看的内容，可以提出补正意见。"""

    class Meta:
        name = "Preview"

    case_id = graphene.UUID(required=True, description="办件的标识")
    number = text("办件编号")
    item_name = text("事项名称")
    applicant_name = text("申请人")
    lead_name = text("牵头部门")
    applied_at = graphene.Field(Moment, description="收件时刻")
    clock = graphene.Field(Clock, required=True, description="告知是否受理的时限")
    step_names = listed(graphene.String, "受理后由本部门办理的环节")
    items = listed(PreviewItem, "这些环节将要看的内容，按表单的顺序")
    proposal = graphene.Field(ProposalType, description="本部门已提出、尚未并入告知的意见")

    @staticmethod
    def resolve_number(preview: Preview, _info: Any) -> str:
        """The number people read aloud."""
        return preview.case.number or ""

    @staticmethod
    def resolve_item_name(preview: Preview, _info: Any) -> str:
        """As the version knows it."""
        return definition_of(preview.case.item_version).name

    @staticmethod
    def resolve_applicant_name(preview: Preview, _info: Any) -> str:
        """Who asks."""
        return preview.case.applicant_name

    @staticmethod
    def resolve_lead_name(preview: Preview, _info: Any) -> str:
        """Who merges and sends."""
        return preview.case.lead.name if preview.case.lead else ""

    @staticmethod
    def resolve_applied_at(preview: Preview, _info: Any) -> object:
        """When it came in."""
        return preview.case.applied_at

    @staticmethod
    def resolve_clock(preview: Preview, _info: Any) -> Running:
        """The notice clock."""
        return clock_of(preview.case)

    @staticmethod
    def resolve_step_names(preview: Preview, _info: Any) -> list[str]:
        """What the department will work on."""
        definition = definition_of(preview.case.item_version)
        steps = steps_before_acceptance(preview.case, definition, preview.department)
        return [step.name for step in steps]

    @staticmethod
    def resolve_items(preview: Preview, _info: Any) -> list[Item]:
        """Every field that these steps read, answered or not."""
        return items_of(preview)

    @staticmethod
    def resolve_proposal(preview: Preview, _info: Any) -> Proposal | None:
        """The department's own."""
        own = proposals_of(preview.case).filter(department=preview.department_id).first()
        if own is not None:
            own.case = preview.case
        return own


def items_of(preview: Preview) -> list[Item]:
    """The fields within the department's scopes, in the order of the form."""
    case = preview.case
    definition = definition_of(case.item_version)
    steps = steps_before_acceptance(case, definition, preview.department)
    reads = [scope for step in steps for scope in step.reads]
    values, sources = flat(case.answers), case.provenance
    return [
        Item(
            field,
            section.label,
            values.get(field.path),
            sources.get(field.path),
            field.path != definition.at
            and not sources.get(field.path, {}).get("authoritative", False),
        )
        for section in definition.form.sections
        for field in section.fields
        if covers(reads, field.path)
    ]


def _previews(_root: object, info: Any, **page: Any) -> Any:
    rows = previewed(info.context.viewer)
    return page_of(rows, order=("-id",), viewer=info.context.viewer, query="previews", **page)


def _preview(_root: object, info: Any, case_id: UUID) -> Preview:
    return preview_for(info.context.viewer, case_id)


def _propose(context: Context, idempotency_key: str, **given: Any) -> dict[str, object]:
    """Proposes; what comes back is the proposal alone, for its department may not see the case whole."""
    viewer = context.viewer
    return {"proposal": propose_corrections(viewer=viewer, key=idempotency_key, **given)}


QUERIES = {
    "previews": graphene.Field(
        CasePage,
        args=page_arguments(),
        resolver=_previews,
        description="尚未受理、本部门可以预审的办件，新的在前",
    ),
    "preview": graphene.Field(
        PreviewType,
        args={"case_id": argument(graphene.UUID, "办件的标识")},
        resolver=_preview,
        description="一件预审",
    ),
}
VERBS = {
    "propose_corrections": Verb(
        "部门提出补正意见，由牵头部门并入一份告知。",
        _propose,
        {"proposal": graphene.Field(ProposalType, description="本部门现在的意见；被拒绝时为空")},
        {
            "case_id": argument(graphene.UUID, "办件的标识", required=False, default_value=None),
            "approval_id": argument(
                graphene.UUID, "审批的标识；与办件二者选一", required=False, default_value=None
            ),
            "items": argument(graphene.List(graphene.NonNull(CorrectionInput)), "需要补正的各项"),
        },
        labels=labels,
    ),
}
