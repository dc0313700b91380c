"""Shows the published guide (办事指南) of an item: every element of its list, with codes and words."""

from typing import Any

import graphene
from django.utils.translation import gettext

from gateway.periods import Limit
from gateway.rows import listed, text
from services.codes import Coded


class CodedValue(graphene.ObjectType):
    """代码表中的一个值。"""

    name = text("稳定的英文名称，供程序使用")
    code = text("国家标准或者国家平台的代码；代码表只有文字的为空")
    label = text("给人看的文字")

    @staticmethod
    def resolve_name(value: Coded, _info: Any) -> str:
        """The stable name."""
        return str(value)

    @staticmethod
    def resolve_label(value: Coded, _info: Any) -> str:
        """In the reader's language (guide_words.py)."""
        return gettext(value.label)


def coded(description: str) -> graphene.Field:
    """A value of a code table, or null where the guide does not say."""
    return graphene.Field(CodedValue, description=description)


def said(description: str) -> graphene.Field:
    """Yes, no, or null where the guide does not say."""
    return graphene.Field(graphene.Boolean, description=f"{description}；未说明时为空")


class GuideBody(graphene.ObjectType):
    """一个机构。"""

    name = text("名称")
    credit_code = text("统一社会信用代码，可以为空")
    nature = coded("实施主体性质（GB/T 39046 A.3）")


class GuideFee(graphene.ObjectType):
    """一个收费项目。"""

    name = text("收费项目名称")
    standard = text("收费标准")
    basis = text("收费依据")
    reducible = said("可否减免")
    reduction = text("减免说明，可以为空")


class GuideIntermediary(graphene.ObjectType):
    """一项中介服务。"""

    name = text("中介服务名称")
    body = text("中介机构的性质，可以为空")
    within = graphene.Field(Limit, description="服务时限；没有时为空")
    charge = text("收费说明，可以为空")
    note = text("服务说明，可以为空")


class GuideSpecial(graphene.ObjectType):
    """一种特别程序。"""

    kind = coded("特别程序种类（GB/T 39046 A.7）")
    name = text("名称")
    basis = text("依据")
    within = graphene.Field(Limit, description="所需时间；没有时为空")


class GuideQuestion(graphene.ObjectType):
    """一个常见问题。"""

    question = text("问")
    answer = text("答")


class GuidePlace(graphene.ObjectType):
    """一个办理地点。"""

    name = text("名称")
    address = text("地址")
    hours = text("办理时间；与总的办理时间相同时为空")
    phone = text("电话，可以为空")


class GuideContacts(graphene.ObjectType):
    """向谁咨询、投诉，到哪里办理。"""

    enquiry = text("咨询电话")
    complaint = text("监督投诉电话")
    window = text("窗口电话")
    hours = text("办理时间")
    places = listed(GuidePlace, "办理地点")


class GuideTopics(graphene.ObjectType):
    """服务主题。"""

    person = listed(graphene.String, "面向自然人的主题")
    enterprise = listed(graphene.String, "面向法人的主题")


class GuideOutcome(graphene.ObjectType):
    """指南列出的一种办理结果。"""

    name = text("结果名称")
    kind = coded("结果类型")
    code = text("证照类型代码；不是电子证照时为空")
    samples = listed(graphene.String, "结果样本的文件名")


class GuideReach(graphene.ObjectType):
    """服务延伸到的乡镇、街道、村、社区。"""

    code = text("区划代码")
    name = text("名称")


class Guide(graphene.ObjectType):
    """事项的办事指南（实施清单要素）；没有说明的要素为空。"""

    task_code = text("实施编码，31 位")
    handle_code = text("业务办理项编码，33 位")
    local_catalogue_code = text("地方基本编码")
    local_task_code = text("地方实施编码")
    levels = listed(CodedValue, "行使层级（GB/T 39046 A.2）")
    body = graphene.Field(GuideBody, description="实施主体")
    handled_by = graphene.Field(GuideBody, description="承办机构")
    entrusted_by = graphene.Field(GuideBody, description="委托部门")
    joint_bodies = listed(GuideBody, "联办机构")
    power_source = coded("权力来源")
    powers = text("权限划分")
    exercise = text("行使内容")
    jurisdiction = text("行政管辖")
    case_kind = coded("办件类型（GB/T 39046 A.6）")
    review_kind = coded("审查类型")
    served = listed(CodedValue, "服务对象（GB/T 39046 A.4）")
    topics = graphene.Field(GuideTopics, required=True, description="服务主题")
    channels = listed(CodedValue, "办理形式（GB/T 39046 A.5）")
    visits = graphene.Int(description="到现场次数；未说明时为空")
    visits_reason = text("必须到现场办理的原因")
    scope = coded("通办范围")
    quantity_limit = text("数量限制")
    statutory_note = text("法定办结时限说明")
    promised_note = text("承诺办结时限说明")
    special_procedures = listed(GuideSpecial, "特别程序")
    flow = text("办理流程")
    flow_charts = listed(graphene.String, "流程图的文件名")
    outcomes = listed(GuideOutcome, "办理结果")
    rights = listed(graphene.String, "申请人的权利")
    duties = listed(graphene.String, "申请人的义务")
    questions = listed(GuideQuestion, "常见问题")
    charged = said("是否收费")
    fee_basis = text("收费依据")
    fees = listed(GuideFee, "收费项目")
    pay_online = said("是否支持网上支付")
    intermediaries = listed(GuideIntermediary, "中介服务")
    contacts = graphene.Field(GuideContacts, required=True, description="咨询、投诉、办理地点")
    online_depth = coded("网办深度")
    computer_url = text("网上办理地址")
    mobile_url = text("移动端办理地址")
    one_sign_in = said("电脑端是否单点登录")
    mobile_one_sign_in = said("移动端是否单点登录")
    system_level = coded("运行系统层级")
    in_hall = said("是否进驻政务大厅")
    appointment = said("是否支持预约办理")
    express = said("是否支持物流快递")
    terminals = said("是否支持自助终端办理")
    promise_allowed = said("证明事项是否可以告知承诺")
    reaches = listed(GuideReach, "服务延伸到的乡镇、街道、村、社区")
