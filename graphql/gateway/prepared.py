"""What the preparation of an item looks like at the door (办理前看一看)."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.utils.translation import gettext

from gateway.forms import FormField, certificate_names
from gateway.guide import GuideFee
from gateway.periods import Limit
from gateway.rows import listed, named, text
from gateway.scalars import FormValue
from gateway.words import HAD
from services.limits import Duration


class Shown(graphene.ObjectType):
    """办理一件事所需的时间。"""

    class Meta:
        name = "PreparedDays"

    working = graphene.Int(required=True, description="工作日")
    calendar = graphene.Int(required=True, description="自然日")
    shown = text("给人看的文字")

    @staticmethod
    def resolve_shown(days: Duration, _info: Any) -> str:
        """In words."""
        return in_words(days)


class PreparedReason(graphene.ObjectType):
    """不符合办理条件的一个理由。"""

    id = text("条件的名称代码")
    field = text("由哪一项回答得出")
    reason = text("理由，以及可以怎么办")
    basis = text("依据")


class PreparedQuestion(graphene.ObjectType):
    """办理前的一个问题。"""

    field = graphene.Field(FormField, required=True, description="所问的表单项")
    is_first = graphene.Boolean(required=True, description="先问；其余的答了更准，可以不答")
    is_needed = graphene.Boolean(required=True, description="必须回答")
    is_relevant = graphene.Boolean(required=True, description="按已有的回答，需要问")
    value = graphene.Field(FormValue, description="已经回答的；没有回答时为空")


class PreparedSection(graphene.ObjectType):
    """表单的一部分要填多少。"""

    label = text("标题")
    asked = graphene.Int(required=True, description="必填的有几项")
    maybe = graphene.Int(required=True, description="视其他回答可能要填的有几项")
    filled = graphene.Int(required=True, description="其中可以由您的电子证照填写的有几项")


class PreparedMaterial(graphene.ObjectType):
    """一份材料怎样具备。"""

    id = text("材料的名称代码")
    name = text("材料名称")
    help = text("说明")
    certificate_name = text("代替它的电子证照，没有时为空")
    is_certain = graphene.Boolean(required=True, description="一定需要；否则视其他回答而定")
    had = text("怎样具备：form、promise、check、there、lacking、library（登录后查看）、file、later")
    had_name = named("had", HAD, "怎样具备，给人看的文字")
    group_name = text("与哪些材料任选其一，没有时为空")

    @staticmethod
    def resolve_certificate_name(found: Mapping[str, Any], info: Any) -> str:
        """The certificate that replaces it."""
        return certificate_names(info.context).get(found["certificate"], "")


class PreparedStep(graphene.ObjectType):
    """需要或者可能需要的一个环节。"""

    id = text("环节代码")
    name = text("环节名称")
    kind_name = text("环节种类")
    departments = listed(graphene.String, "办理部门")
    is_certain = graphene.Boolean(required=True, description="一定需要；否则视其他回答而定")
    ends = graphene.Field(Shown, required=True, description="受理后最迟多久办完")
    result_name = text("准予后发放的证照，没有时为空")


class PreparedPart(graphene.ObjectType):
    """一件事的一个联办事项。"""

    id = text("联办事项的代码")
    item_code = text("事项编码")
    name = text("名称")
    is_chosen = graphene.Boolean(description="是否办理；视其他回答而定时为空")
    choose = text("与同组的事项任选其一；不需要选择时为空")
    on_demand = graphene.Boolean(required=True, description="可以不办")
    days = graphene.Field(Shown, required=True, description="受理后最迟多久办完")
    after = listed(graphene.String, "要用哪些联办事项签发的证照")


class PreparationType(graphene.ObjectType):
    """办理前看一看：按您的回答，需要什么、已有什么、要多久、能不能办。"""

    class Meta:
        name = "Preparation"

    eligible = graphene.Boolean(description="是否符合办理条件；视其他回答而定时为空")
    reasons = listed(PreparedReason, "不符合的理由")
    questions = listed(PreparedQuestion, "先问的问题，和答了更准的问题")
    sections = listed(PreparedSection, "表单各部分要填多少")
    materials = listed(PreparedMaterial, "需要或者可能需要的材料")
    steps = listed(PreparedStep, "需要或者可能需要的环节，按办理的顺序")
    parts = listed(PreparedPart, "一件事的联办事项；单个事项为空")
    days = graphene.Field(Shown, required=True, description="按已有的回答，最长需要多久")
    most = graphene.Field(Shown, required=True, description="未回答的内容最多使它变成多久")
    promised = graphene.Field(Limit, required=True, description="承诺时限，按所选的联办事项")
    published = graphene.Field(Limit, required=True, description="公布的承诺时限")
    statutory = graphene.Field(Limit, description="法定时限；没有规定时为空")
    is_promise_short = graphene.Boolean(
        required=True, description="公布的承诺时限短于实际需要的时间，以实际需要的为准"
    )
    visits = graphene.Int(required=True, description="到现场几次")
    visit_reasons = listed(graphene.String, "为什么要到现场，以及谁上门来")
    departments = listed(graphene.String, "办理部门")
    registers = listed(graphene.String, "由哪些部门的数据核验，不用开证明")
    fees = listed(GuideFee, "收费项目")
    knows_library = graphene.Boolean(required=True, description="已经查看您的电子证照")


def in_words(days: Duration) -> str:
    """A duration as people say it: 5 个工作日, 5 个工作日加 10 个自然日."""
    working = gettext("{days} 个工作日").format(days=days.working)
    calendar = gettext("{days} 个自然日").format(days=days.calendar)
    if not days.calendar:
        return working
    if not days.working:
        return calendar
    return gettext("{first}加 {second}").format(first=working, second=calendar)
