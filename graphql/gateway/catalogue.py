"""Shows what can be asked for: the catalogue of items, and one item with its form, route and limits."""

from dataclasses import dataclass
from typing import Any

import graphene

from gateway.forms import Form, certificate_names
from gateway.guide import Guide
from gateway.item_materials import ItemMaterial, MaterialGroupType
from gateway.item_parts import ItemParts
from gateway.paging import page_arguments, page_in_turn, page_type
from gateway.periods import Limit
from gateway.rows import Row, listed, named, text
from gateway.scalars import FormValue
from gateway.words import FUNCTIONS, ITEM_TYPES, KINDS, worded
from people.errors import Refusal
from people.texts import clean_text
from services.definition import AUDIENCES, Definition
from services.json_schema import form_schema
from services.models import ItemVersion, ServiceItem
from services.queries import current_version, definition_of, found_items, regions_of


class ItemSummary(Row):
    """目录中的一个事项。"""

    class Meta:
        model = ServiceItem
        described = {
            "code": "事项编码",
            "name": "事项名称",
            "item_type": "事项类型代码（GB/T 39046 附录 A.1）",
            "is_bundle": "是否“一件事”",
            "summary": "简介",
        }

    item_type_name = named("item_type", ITEM_TYPES, "事项类型名称")
    audience = listed(graphene.String, "办理对象：person 个人、enterprise 企业")
    lead_name = named("lead_function", FUNCTIONS, "牵头部门")


class Limits(graphene.ObjectType):
    """事项的各个时限。"""

    notice = graphene.Field(Limit, required=True, description="收件后告知是否受理")
    correction = graphene.Field(Limit, required=True, description="申请人补正")
    promised = graphene.Field(Limit, required=True, description="承诺时限")
    statutory = graphene.Field(Limit, description="法定时限；法律法规没有规定时为空")
    extension = graphene.Field(Limit, description="可以延长的时限")
    delivery = graphene.Field(Limit, required=True, description="送达")


class RouteStep(graphene.ObjectType):
    """办理中的一个环节；没有先后要求的环节同时进行。"""

    id = text("环节代码")
    name = text("环节名称")
    kind = text(
        "approve 审批、verify 核验、advise 征求意见、inspect 踏勘、evaluate 评审、issue 发证"
    )
    kind_name = named("kind", KINDS, "环节种类，给人看的文字")
    departments = listed(graphene.String, "办理部门")
    conditional = graphene.Boolean(required=True, description="是否需要取决于回答")
    before = listed(graphene.String, "必须先于哪些环节完成")
    within = graphene.Field(Limit, required=True, description="本环节的时限")
    result_name = text("准予后发放的证照，没有时为空")

    @staticmethod
    def resolve_departments(step: Any, _info: Any) -> list[str]:
        """The kinds of department in words."""
        return [worded(FUNCTIONS, name) for name in step.departments]

    @staticmethod
    def resolve_conditional(step: Any, _info: Any) -> bool:
        """Whether answers decide."""
        return step.when is not None

    @staticmethod
    def resolve_result_name(step: Any, info: Any) -> str:
        """The certificate that a grant issues."""
        return certificate_names(info.context).get(step.result, step.result)


@dataclass(frozen=True)
class ShownItem:
    """A version and what it says."""

    version: ItemVersion
    definition: Definition


def _of_definition(name: str, _default: object, item: ShownItem, _info: Any, **_args: Any) -> Any:
    return getattr(item.definition, name)


class RegionType(graphene.ObjectType):
    """对一个事项有自己规定的行政区划。"""

    class Meta:
        name = "Region"

    code = text("区划代码")
    name = text("名称")


class ServiceItemType(ItemParts, graphene.ObjectType):
    """一个事项的现行版本。"""

    class Meta:
        name = "ServiceItem"
        default_resolver = _of_definition

    code = text("事项编码")
    name = text("事项名称")
    version = graphene.Int(required=True, description="版本号；办件始终用它开始时的版本")
    item_type = text("事项类型代码")
    item_type_name = text("事项类型名称")
    is_bundle = graphene.Boolean(required=True, description="是否“一件事”")
    audience = listed(graphene.String, "办理对象：person 个人、enterprise 企业")
    lead_name = text("牵头部门")
    acceptance = text("受理方式：officer 人工、automatic 自动")
    summary = text("简介")
    conditions = listed(graphene.String, "受理条件")
    basis = listed(graphene.String, "设定依据")
    limits = graphene.Field(Limits, required=True, description="各个时限")
    form = graphene.Field(Form, required=True, description="申请表单")
    form_schema = graphene.Field(
        FormValue, required=True, description="申请表单的 JSON Schema（2020-12），提交时就用它校验"
    )
    materials = listed(ItemMaterial, "申请材料")
    material_groups = listed(MaterialGroupType, "可以任选的材料组")
    steps = listed(RouteStep, "办理环节")
    join = text(
        "各环节结果的关系：each 各自成立、all 全部通过、any 任一、quorum 足数、veto 一票否决"
    )
    on_application = graphene.Boolean(
        required=True, description="是否可以申请办理（依申请）；否则由行政机关依职权实施"
    )
    guide = graphene.Field(Guide, description="办事指南；没有公布时为空")
    region = graphene.Field(RegionType, description="这是哪个区划自己的版本；标准版为空")
    regions = listed(RegionType, "现在有自己版本的区划；其余区划都用标准版")

    @staticmethod
    def resolve_region(item: ShownItem, _info: Any) -> Any:
        """Whose version it is."""
        return item.version.division

    @staticmethod
    def resolve_regions(item: ShownItem, _info: Any) -> Any:
        """Those with rules of their own."""
        return regions_of(item.version.item.code)

    @staticmethod
    def resolve_form_schema(item: ShownItem, _info: Any) -> dict[str, object]:
        """With the version in its `$id`."""
        return form_schema(item.definition, item.version.number)

    @staticmethod
    def resolve_version(item: ShownItem, _info: Any) -> int:
        """Its number."""
        return item.version.number

    @staticmethod
    def resolve_item_type_name(item: ShownItem, _info: Any) -> str:
        """The standard's name of the type."""
        return worded(ITEM_TYPES, item.definition.item_type)

    @staticmethod
    def resolve_lead_name(item: ShownItem, _info: Any) -> str:
        """The kind of department that leads."""
        return worded(FUNCTIONS, item.definition.lead)

    @staticmethod
    def resolve_on_application(item: ShownItem, _info: Any) -> bool:
        """Whether people may start a case."""
        return item.definition.is_on_application

    @staticmethod
    def resolve_guide(item: ShownItem, _info: Any) -> Any:
        """The published guide, if the definition has one."""
        guide = item.definition.guide
        return None if guide.is_empty else guide

    @staticmethod
    def resolve_steps(item: ShownItem, _info: Any) -> Any:
        """The steps in the order of the route."""
        return item.definition.route.steps


def _catalogue(_root: object, info: Any, **given: Any) -> Any:
    search = clean_text(given.get("search") or "", most=40, field="search")
    audience = given.get("audience") or ""
    if audience and audience not in AUDIENCES:
        raise Refusal("INVALID_CHOICE", field="audience")
    return page_in_turn(
        found_items(info.context.viewer, search=search, audience=audience),
        order="code",
        viewer=info.context.viewer,
        query=f"catalogue {audience} {search}",
        first=given.get("first"),
        after=given.get("after"),
    )


def _service_item(_root: object, _info: Any, code: str, division: str = "") -> ShownItem:
    version = current_version(code, division)
    return ShownItem(version, definition_of(version))


QUERIES = {
    "catalogue": graphene.Field(
        page_type(ItemSummary, "事项目录"),
        args={
            "search": graphene.Argument(
                graphene.String, description="名称、简介中包含的文字，或者含有俗称的一句话"
            ),
            "audience": graphene.Argument(
                graphene.String, description="办理对象：person、enterprise；不传为全部"
            ),
            **page_arguments(),
        },
        resolver=_catalogue,
        description="可以办理的事项",
    ),
    "service_item": graphene.Field(
        ServiceItemType,
        args={
            "code": graphene.Argument(graphene.String, required=True, description="事项编码"),
            "division": graphene.Argument(
                graphene.String, description="办理地的区划代码；它有自己的版本时给出那一版"
            ),
        },
        resolver=_service_item,
        description="一个事项的现行版本：表单、材料、环节、时限",
    ),
}
