"""What people read for a finding: what is wrong, and what to do about it, in Chinese (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.findings import Finding

# What people call the elements of an item; places are those of a definition.
ELEMENTS: Mapping[str, str] = {
    "basis": "设定依据",
    "conditions": "受理条件",
    "summary": "简介",
    "words": "俗称（群众搜索用的词）",
    "type": "事项类型",
    "limits.promised": "承诺时限",
    "guide": "办事指南",
    "guide.task_code": "实施编码",
    "guide.handle_code": "业务办理项编码",
    "guide.levels": "行使层级",
    "guide.body": "实施主体",
    "guide.power_source": "权力来源",
    "guide.case_kind": "办件类型",
    "guide.review_kind": "审查类型",
    "guide.served": "服务对象",
    "guide.topics.person": "自然人主题分类",
    "guide.topics.enterprise": "法人主题分类",
    "guide.channels": "办理形式",
    "guide.visits": "到现场次数",
    "guide.visits_reason": "必须到现场办理的原因",
    "guide.scope": "通办范围",
    "guide.online_depth": "网办深度",
    "guide.quantity_limit": "数量限制",
    "guide.flow": "办理流程",
    "guide.outcomes": "办理结果",
    "guide.charged": "是否收费",
    "guide.fee_basis": "收费依据",
    "guide.fees": "收费项目",
    "guide.pay_online": "是否支持网上支付",
    "guide.in_hall": "是否进驻政务大厅",
    "guide.express": "是否支持物流快递",
    "guide.appointment": "是否支持预约",
    "guide.terminals": "是否支持自助终端",
    "guide.contacts.enquiry": "咨询电话",
    "guide.contacts.complaint": "监督投诉电话",
    "guide.contacts.window": "窗口电话",
    "guide.contacts.places": "办理地点",
    "guide.contacts.hours": "办理时间",
    "guide.questions": "常见问题",
    "guide.rights": "申请人的权利",
    "guide.duties": "申请人的义务",
}
# Code -> what is wrong, what to do. `{element}` is the place in words, the rest are facts of the finding.
WORDS: Mapping[str, tuple[str, str]] = {
    "NO_GUIDE": (
        "没有办事指南",
        "请填写实施清单要素；至少填写带星号的要素才能发布",
    ),
    "ELEMENT_MISSING": (
        "缺少{element}",
        "请填写{element}；没有它不能发布",
    ),
    "ELEMENT_WANTED": (
        "没有填写{element}",
        "建议填写{element}，方便群众了解",
    ),
    "TYPE_OF_CODE": (
        "事项类型与基本编码 {code} 中的类型“{inside}”不一致",
        "请核对基本编码第 3、4 位，或者改正事项类型",
    ),
    "LEVEL_OF_CODE": (
        "实施编码中的行使层级“{inside}”不在所列的行使层级中",
        "请核对实施编码第 19 位，或者补充行使层级",
    ),
    "STEP_ITEM_CODE": (
        "环节对应的事项编码 {code} 不正确",
        "请核对 12 位基本编码：区域 2 位、类型 2 位、主项 5 位、子项 3 位",
    ),
    "SCOPE_NEEDS_A_WAY": (
        "通办范围超出本市，却只能到窗口办理",
        "请增加网上或者快递的办理形式，或者改正通办范围",
    ),
    "CASE_KIND": (
        "{element}与承诺时限不一致，应为“{wanted}”",
        "承诺当场办结的是即办件、即审即办，其余是承诺件、前审后批",
    ),
    "RESULT_KIND": (
        "结果“{name}”的结果类型应为：{wanted}",
        "以“证”结尾的是出证办结，以“文”结尾的是出文办结，以“批复”结尾的是审批办结",
    ),
    "RESULT_SAMPLE": (
        "结果“{name}”没有样本",
        "请上传结果样本，让群众知道办成以后拿到什么",
    ),
    "SEVERAL_RESULTS": (
        "结果“{name}”里有多种结果",
        "请每种结果单独列一项，准予和不准予也要分开",
    ),
    "RESULT_NOT_NAMED": (
        "指南的办理结果与实际颁发的“{name}”不一致",
        "请让指南的结果与流程颁发的证照逐一对应",
    ),
    "VISITS_REASON": (
        "到现场 {visits} 次，与“必须到现场办理的原因”不一致",
        "到现场次数不为 0 的写明原因，为 0 的不写原因",
    ),
    "VISITS_NO_WAY": (
        "不用到现场，却没有网上或者快递的办理形式",
        "请增加网上办理或者快递申请，或者改正到现场次数",
    ),
    "DEPTH_VISITS": (
        "网办深度为Ⅳ级（全程网办），却要到现场 {visits} 次",
        "全程网办的到现场次数应为 0；做不到的请降低网办深度",
    ),
    "DEPTH_CHANNELS": (
        "填写了网办深度，却没有网上的办理形式",
        "请增加电脑端或者移动端的办理形式，或者去掉网办深度",
    ),
    "FEE_INCOMPLETE": (
        "收费事项缺少{element}",
        "收费的必须写明收费依据、收费项目和是否支持网上支付；没有依据的不得收费",
    ),
    "FEE_OF_FREE": (
        "不收费的事项填写了{element}",
        "请去掉这一项，或者改为收费",
    ),
    "COMPLAINT_PHONE": (
        "{element}与监督投诉电话相同（{number}）",
        "投诉不能由被投诉的窗口自己接，请换一个号码",
    ),
    "PHONE_AREA_CODE": (
        "{element}不是带区号的座机或者热线（{number}）",
        "请写成“区号-号码”，例如 0731-12345678",
    ),
    "TOPICS_OF_SERVED": (
        "{element}与服务对象不一致",
        "服务对象包括自然人的要有自然人主题，包括法人的要有法人主题；不包括的不要填写",
    ),
    "SERVED_OF_AUDIENCE": (
        "服务对象与可以申请的身份不一致",
        "服务对象有自然人的，个人应当可以申请；有法人的，企业应当可以申请；反之亦然",
    ),
    "LICENCE_QUESTION": (
        "行政许可没有常见问题",
        "请至少写一个群众常问的问题和答案",
    ),
    "LICENCE_STAGES": (
        "办理流程没有写到：{missing}",
        "行政许可的流程应当写明受理、审核、审批、办结、送达五个环节",
    ),
    "PROMISE_OVER_LAW": (
        "承诺时限 {promised} 天超过法定时限 {statutory} 天",
        "承诺时限不得长于法定时限，请核对天数和工作日、自然日",
    ),
    "WRONG_PROMISE": (
        "公布的承诺时限 {promised} 天短于最长办理路径的 {needed} 天",
        "请按关键路径重新公布承诺时限，或者缩短环节；申请人看到的是按所选事项计算的天数",
    ),
    "BUNDLE_WITHOUT_PARTS": (
        "一件事作出 {decisions} 项决定，却没有写明由哪些联办事项组成",
        "请在 parts 中写明每个联办事项、它的环节，以及能不能选择",
    ),
    "SAME_QUESTION": (
        "“{label}”问了两次，分别供不同的联办事项使用",
        "请只保留一处（{path}），让各环节都读取它；确实是两件事的，请改用不同的名称",
    ),
    "NO_BASIS": (
        "设定依据没有写明法律法规{said}",
        "请写明法律、法规、规章的名称和条款，例如《行政许可法》第十二条",
    ),
    "EMPTY_CONDITION": (
        "受理条件“{value}”没有实际内容",
        "请写明具体条件，让群众自己能判断是否符合",
    ),
    "UPLOAD_OF_CERTIFICATE": (
        "材料“{name}”要求上传，但证照库中有“{by}”",
        "请改为关联电子证照，或者与证照编为一组任选其一",
    ),
    "UPLOAD_OF_CHECKED": (
        "材料“{name}”要求上传，但可以由“{by}”核验",
        "请改为数据核验，或者与核验编为一组任选其一",
    ),
    "CATCH_ALL_MATERIAL": (
        "材料“{name}”是兜底条款",
        "请列明具体材料；不能说清楚的不得要求提供",
    ),
    "SEVERAL_MATERIALS": (
        "材料“{name}”里有多份材料",
        "请拆成多份材料，分别写明何时需要",
    ),
    "MATERIAL_BASIS": (
        "材料“{name}”没有写明要求提供的依据",
        "请写明法律依据；没有依据的不得要求提供",
    ),
    "MATERIAL_SOURCE": (
        "材料“{name}”没有写明来源渠道或者出具机构",
        "请选择来源渠道；由政府部门或者中介机构出具的，写明哪个机构出具",
    ),
    "MATERIAL_COUNT": (
        "材料“{name}”没有写明原件、复印件的份数",
        "可以到窗口办理的，请写明带原件几份、复印件几份",
    ),
    "PAPER_MISSING": (
        "材料“{name}”的空白表或者样表“{file}”没有文件",
        "请把同名的 PDF、PNG 或者 JPEG 文件放进空白表目录（TONGBAN_PAPER_DIR），或者改为网址",
    ),
    "OFFICIAL_NO_REPLACEMENT": (
        "材料“{name}”由政府部门核发，却没有说明能否由电子证照或者数据共享替代",
        "请改为关联证照或者数据核验；暂时不能的，在填报须知中写明原因",
    ),
    "UNREADABLE": (
        "定义不完整或者有误（{rule}）",
        "请先改正这一处，才能检查其他内容",
    ),
    "UNKNOWN_FOREIGN_VALUE": (
        "“{value}”不在{set}的代码对照表中",
        "已按原文保留；请核对后选择本系统的取值，或者补充对照表",
    ),
}


@dataclass(frozen=True)
class Told:
    """A finding as people read it."""

    message: str
    suggestion: str


def told(finding: Finding) -> Told:
    """The words of a finding; KeyError for a code that is not in the table."""
    facts = {**finding.params, **shown(finding)}
    message, suggestion = WORDS[finding.code]
    return Told(message.format_map(facts), suggestion.format_map(facts))


def suggestion(code: str, place: str) -> str:
    """What to do about a rule that is broken at a place; KeyError for a code that is not in the table."""
    return WORDS[code][1].format(element=element_of(place))


def shown(finding: Finding) -> dict[str, str]:
    """What the words need besides the facts of a finding: its place in words, and what stands there."""
    said = finding.params.get("value")
    return {"element": element_of(finding.place), "said": f"（现为“{said}”）" if said else ""}


def element_of(place: str) -> str:
    """What people call a place of a definition; the place itself where it has no name."""
    return ELEMENTS.get(place, place)
