"""Shows cases: the short form of lists, and one case whole with answers, papers, approvals and timeline."""

from typing import Any
from uuid import UUID

import graphene
from django.db.models import QuerySet
from graphene.utils.str_converters import to_camel_case as camel

from ecert.models import Certificate
from gateway.answers import Answer, Answered, answered
from gateway.approvals import CaseApproval
from gateway.at_counter import AtCounter
from gateway.case_parts import CaseParts
from gateway.certificates import CertificateSummary
from gateway.clocks import Clock, Running, clock_of
from gateway.context import Context
from gateway.events import Event, Line, as_called, timeline
from gateway.forms import Form
from gateway.identity import DepartmentType
from gateway.materials import CaseMaterial, materials_of
from gateway.needs import Consent, Wanted, WantedCertificate, consent, wanted_certificates
from gateway.paging import page_arguments, page_of, page_type
from gateway.papers import DeliveryType, DocumentType
from gateway.proposals import CaseProposals, labelled
from gateway.rows import Row, listed, named, text
from gateway.scalars import Moment
from gateway.standing import CaseTimes, approvals_read
from gateway.words import OUTCOMES, STATES, worded
from keys.time_ordered import moment_of
from services.form import uncalled_paths
from services.queries import definition_of
from workflows.actions import allowed_actions
from workflows.filed import is_owing
from workflows.models import Approval, Case, Delivery, Document
from workflows.queries import (
    case_for,
    in_brief,
    intake,
    is_granted,
    led_cases,
    reads_of,
    visible_cases,
)
from workflows.reading import covers, flat
from workflows.sources import kind_of

SHORT = {
    "id": "标识",
    "number": "办件编号，提交后才有",
    "item_code": "事项编码",
    "state": "draft、submitted、correcting、reviewing、suspended、decided、concluded、not_accepted、withdrawn、"
    "lapsed、forwarded",
    "applicant_name": "申请人",
    "applied_at": "收件时刻",
    "accepted_at": "受理时刻",
    "promised_on": "承诺办结日",
    "concluded_at": "办结时刻",
    "outcome": "approved、denied、partly；未决定时为空",
}
WHOLE = SHORT | {
    "apply_type": "online 网上、counter 窗口",
    "revision": "内容的版本，保存或提交时带回",
    "notice_due_on": "最迟告知是否受理的日子",
    "statutory_on": "法定办结日",
    "decided_at": "决定时刻",
    "reason": "不予受理、撤回等的理由",
    "correction_due_on": "补正的最后一天",
    "correction_rounds": "已要求补正的次数",
    "extended_at": "批准延长期限的时刻；没有延长时为空",
}


class CaseShort:
    """What the short and the whole form of a case share."""

    item_name = text("事项名称")
    state_name = text("状态，给人看的文字")
    outcome_name = named("outcome", OUTCOMES, "结果，给人看的文字")
    started_at = graphene.Field(Moment, required=True, description="开始填写的时刻")
    clock = graphene.Field(Clock, required=True, description="正在计算的时限")

    @staticmethod
    def resolve_item_name(case: Case, _info: Any) -> str:
        """The name by which the version knows the item."""
        return definition_of(case.item_version).name

    @staticmethod
    def resolve_state_name(case: Case, _info: Any) -> str:
        """Where it stands; a draft that was given up has a word of its own."""
        return worded(STATES, as_called(case.state, case.number))

    @staticmethod
    def resolve_started_at(case: Case, _info: Any) -> object:
        """The time inside its id."""
        return moment_of(case.pk)

    @staticmethod
    def resolve_clock(case: Case, _info: Any) -> Running:
        """What its state lets run."""
        return clock_of(case)


class CaseSummary(CaseShort, Row):
    """列表中的一件办件。"""

    class Meta:
        model = Case
        described = SHORT


class Correction(graphene.ObjectType):
    """补正通知中的一项。"""

    field = text("字段路径")
    label = text("字段名称")
    message = text("需要怎样补正")
    departments = listed(graphene.String, "提出这一项的其他部门", default_value=())


class CaseType(CaseProposals, CaseTimes, CaseParts, CaseShort, AtCounter, Row):
    """一件办件。"""

    class Meta:
        name = "Case"
        model = Case
        described = WHOLE

    lead = graphene.Field(DepartmentType, description="牵头部门，提交后才有")
    form = graphene.Field(Form, required=True, description="开始办理时的表单")
    answers = listed(Answer, "已填写的值，按表单的顺序")
    prefilled_count = graphene.Int(required=True, description="自动填写的有几项")
    field_count = graphene.Int(required=True, description="表单共有几项")
    corrections = listed(Correction, "正在要求的补正")
    materials = listed(CaseMaterial, "申请材料，按已填写的内容")
    required_paths = listed(graphene.String, "按已填写的内容，现在必填的字段")
    uncalled_paths = listed(
        graphene.String,
        "按已填写的内容，现在不用问的字段和明细表单元格（字段.行.列，多算一个空行）；值不会保留",
    )
    wanted_certificates = listed(WantedCertificate, "授权后会读取的证照与字段")
    consent = graphene.Field(Consent, required=True, description="授权的用途与期限")
    approvals = listed(CaseApproval, "各部门的办理")
    documents = listed(DocumentType, "文书，按签发的先后")
    certificates = listed(CertificateSummary, "发放的证照")
    deliveries = listed(DeliveryType, "送达记录")
    timeline = listed(Event, "办理过程")
    allowed_actions = listed(graphene.String, "您现在可以做的，即同名的修改，如 submitCase")

    @staticmethod
    def resolve_form(case: Case, _info: Any) -> object:
        """The form of the version that the case started with."""
        return definition_of(case.item_version).form

    @staticmethod
    def resolve_answers(case: Case, info: Any) -> list[Answered]:
        """Every answered field that the viewer may read now."""
        definition = definition_of(case.item_version)
        reads = reads_of(info.context.viewer, case, definition)
        values = flat(case.answers)
        if reads is not None:
            values = {path: value for path, value in values.items() if covers(reads, path)}
        return answered(definition.form, values, case.provenance)

    @staticmethod
    def resolve_prefilled_count(case: Case, _info: Any) -> int:
        """Fields whose value nobody had to write."""
        return sum(kind_of(source) != "register" for source in case.provenance.values())

    @staticmethod
    def resolve_field_count(case: Case, _info: Any) -> int:
        """All fields of the form."""
        return len(definition_of(case.item_version).form.fields)

    @staticmethod
    def resolve_corrections(case: Case, _info: Any) -> list[dict[str, Any]]:
        """The open notice, with labels."""
        return labelled(case, case.corrections)

    @staticmethod
    def resolve_materials(case: Case, info: Any) -> list[dict[str, object]]:
        """Materials against the certificates and files as they stand now."""
        return materials_of(info.context.viewer, case)

    @staticmethod
    def resolve_required_paths(case: Case, _info: Any) -> list[str]:
        """Fields that the answers call for, whether answered or not."""
        form = definition_of(case.item_version).form
        return [field.path for field in form.fields if field.needed(case.answers)]

    @staticmethod
    def resolve_uncalled_paths(case: Case, _info: Any) -> list[str]:
        """Fields that the answers do not call for."""
        form = definition_of(case.item_version).form
        return uncalled_paths(form, case.answers)

    @staticmethod
    def resolve_consent(case: Case, _info: Any) -> dict[str, object]:
        """For what and until when."""
        return consent(case)

    @staticmethod
    def resolve_wanted_certificates(case: Case, info: Any) -> list[Wanted]:
        """What a consent would let us read."""
        return wanted_certificates(info.context.viewer, case)

    @staticmethod
    def resolve_approvals(case: Case, info: Any) -> list[Approval]:
        """The departments' parts, with their decisions."""
        return approvals_read(info.context, case)

    @staticmethod
    def resolve_documents(case: Case, _info: Any) -> QuerySet[Document]:
        """The papers in their order."""
        return case.documents.select_related("department", "replaced_by").order_by("id")

    @staticmethod
    def resolve_certificates(case: Case, _info: Any) -> QuerySet[Certificate]:
        """The certificates that the case produced."""
        rows = Certificate.objects.filter(source_case=case.pk).order_by("id")
        return rows.select_related("type", "issuer")

    @staticmethod
    def resolve_deliveries(case: Case, _info: Any) -> QuerySet[Delivery]:
        """How results reached the applicant."""
        return case.deliveries.order_by("id")

    @staticmethod
    def resolve_timeline(case: Case, _info: Any) -> list[Line]:
        """The events in words."""
        return timeline(case)

    @staticmethod
    def resolve_allowed_actions(case: Case, info: Any) -> list[str]:
        """Names of mutations."""
        granted = is_granted(case)
        owes = is_owing(case, definition_of(case.item_version))
        names = allowed_actions(info.context.viewer, case, granted=granted, owes=owes)
        return [camel(name) for name in names]


def shown_case(context: Context, case_id: UUID) -> Case:
    """A case with what its fields need, or NOT_FOUND."""
    return case_for(context.viewer, case_id)


def _case(_root: object, info: Any, id: UUID) -> Case:
    return shown_case(info.context, id)


def _my_cases(_root: object, info: Any, **page: Any) -> Any:
    rows = in_brief(visible_cases(info.context.viewer))
    return page_of(rows, order=("-id",), viewer=info.context.viewer, query="myCases", **page)


def _intake(_root: object, info: Any, **page: Any) -> Any:
    rows = intake(info.context.viewer)
    order = ("notice_due_on", "id")
    return page_of(rows, order=order, viewer=info.context.viewer, query="intake", **page)


def _led_cases(_root: object, info: Any, **page: Any) -> Any:
    rows = led_cases(info.context.viewer)
    return page_of(rows, order=("-id",), viewer=info.context.viewer, query="ledCases", **page)


CasePage = page_type(CaseSummary, "办件")
QUERIES = {
    "my_cases": graphene.Field(
        CasePage, args=page_arguments(), resolver=_my_cases, description="我的办件，新的在前"
    ),
    "case": graphene.Field(
        CaseType,
        args={"id": graphene.Argument(graphene.UUID, required=True, description="办件的标识")},
        resolver=_case,
        description="一件办件",
    ),
    "intake": graphene.Field(
        CasePage,
        args=page_arguments(),
        resolver=_intake,
        description="本部门牵头、等待受理的办件，最急的在前",
    ),
    "led_cases": graphene.Field(
        CasePage,
        args=page_arguments(),
        resolver=_led_cases,
        description="本部门牵头、已经答复的办件，新的在前",
    ),
}
