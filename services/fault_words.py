"""What the rules of a definition say to people who edit it: what is wrong, and what to do about it.

`{...}` are the parameters of the problem. Rules without words here have those of rule_words.py.
"""

from collections.abc import Mapping

from services import lint_words
from services.rule_words import meaning

# Of the shape of one entry (node.py and the readers).
_SHAPE = {
    "NOT_A_MAPPING": "内容的结构不对，请重新填写这一项。",
    "NOT_A_TEXT": "请填写文字，最多 {limit} 个字。",
    "NOT_A_NUMBER": "请填写规定范围内的整数或数字。",
    "HIDDEN_CHARACTER": "含有看不见的字符（{code}），请删去重新输入。",
    "NOT_A_DAY": "请按“2026-01-31”的格式填写日期。",
    "NOT_A_BOOLEAN": "请选择“是”或“否”。",
    "NOT_ALLOWED": "所填内容不在可选范围内，请重新选择。",
    "MISSING": "还没有填写，请补上。",
    "BAD_NAME": "代码“{value}”的写法不对：以小写字母开头，只用小写字母、数字和下划线，且不能是保留字。",
    "UNKNOWN_KEY": "系统不认识这项内容，请删去或者改用表单中的项目。",
    "FORM_EMPTY": "申请表单还没有任何表单项。",
    "WHEN_CIRCLE": "启用条件互相依赖（{paths}），谁都无法先回答，请改正其中一项。",
    "BAD_PATTERN": "格式规则不能使用：最多 {limit} 个字符，不支持反向引用和前后查找。",
    "PATTERN_OF_TEXTS_ONLY": "只有文字类的表单项才设置格式规则。",
    "BAD_SOURCE": "自动填写来源“{source}”的写法不对，请重新选择。",
    "UNKNOWN_RECORD_FIELD": "登记信息中没有“{source}”这一项，请重新选择。",
    "COPY_CIRCLE": "几个表单项互相照抄（{paths}），没有一项有来处，请改正其中一项。",
    "EMPTY_RANGE": "下限大于上限，没有任何值符合，请改正。",
    "NOT_A_DIVISION": "请选择一个类型为“行政区划”的必填表单项，办件由它决定归哪里办。",
    "CONDITION_FIELD": "条件用到的表单项 {detail} 不存在，请重新选择。",
    "CONDITION_TYPE": "条件与表单项的类型不符（{detail}），请改用适合的比较方式和值。",
    "CONDITION_SYNTAX": "条件写法有误（{detail}），请用条件表重新填写。",
    "CONDITION_OUTSIDE_SUBSET": "条件用了系统不支持的写法，请用条件表重新填写。",
    "CONDITION_TOO_LONG": "条件太长，请精简。",
    "CONDITION_TOO_DEEP": "条件嵌套太深，请精简。",
    "NOT_PLAIN": "内容中有系统不能保存的字符或值。",
    "TOO_DEEP": "层次太深，最多 {limit} 层。",
    "TOO_LARGE": "内容太大，最多 {limit} 字节。",
    "YAML_SYNTAX": "文件第 {line} 行第 {column} 列不是合格的 YAML。",
    "YAML_ENCODING": "文件第 {line} 行第 {column} 列不是 UTF-8 编码（像是 {encoding}），请另存为不带 BOM 的 UTF-8。",
    "YAML_CHARACTER": "文件第 {line} 行第 {column} 列有看不见的控制字符（{character}），请删去。",
    "YAML_TAB": "文件第 {line} 行第 {column} 列用制表符缩进，请改用空格。",
    "YAML_DOCUMENTS": "文件第 {line} 行开始了第二份内容，一个文件只能有一个事项。",
    "YAML_TAG": "文件第 {line} 行第 {column} 列用了不允许的类型标记（!）。",
    "YAML_KEY": "文件第 {line} 行第 {column} 列的键不是文字，请加引号。",
    "YAML_TWICE": "文件第 {line} 行第 {column} 列的“{key}”重复出现，前一次在第 {first} 行。",
    "YAML_ANCHOR": "文件第 {line} 行第 {column} 列用了不允许的锚点或引用。",
    "YAML_TOO_LARGE": "文件太大，最多 {limit} 字节。",
    "YAML_TOO_DEEP": "文件第 {line} 行第 {column} 列嵌套太深，最多 {limit} 层。",
    "ITEM_CODE": "编码“{value}”不正确，请核对其中的{part}。",
    "CODE_OF_ANOTHER": "编码与“{code}”不是同一个事项或机构的，请核对。",
    "CREDIT_CODE": "统一社会信用代码“{value}”不正确，请核对。",
    "NOT_A_PHONE": "“{value}”不是电话号码：座机写区号，例如 0731-12345678；热线写五位号码，例如 12345。",
    "NOT_A_FILE_NAME": "“{value}”不是文件名，请只写文件名，不写路径。",
}
# Of materials, sources and results.
_NEEDS = {
    "UNKNOWN_PATH": "所选的“{path}”已不存在，请重新选择。",
    "UNKNOWN_GROUP": "所属的组不存在，请重新选择或者先建这个组。",
    "CORE_NEVER_LATER": "核心材料不得容缺后补，请改变提供方式或者取消“核心材料”。",
    "LATER_NOT_READ": "容缺后补的材料没有任何审批环节查看，请在审批环节的“可见内容”中选上它。",
    "GROUP_TOO_SMALL": "组内材料只有 {members} 份，不够选。",
    "CONDITION_NEVER_HOLDS": "这个条件永远不会成立，请改正或者删去。",
    "MAY_BE_EMPTY": "需要“{path}”，但申请人可以不填。请把该表单项设为必填，或者让两处条件一致。",
    "UNKNOWN_CERTIFICATE": "证照类型或照面项不存在，请重新选择。",
    "HOLDER_MISMATCH": "这种证照的持有人与所选的不符，请改正。",
    "UNKNOWN_RULE": "换算规则“{name}”不存在。",
    "MATERIAL_PROVABLE": "{by} 能够证明，不能再要求上传；确需作为核验不成时的补充，请与它放进同一个“任选”的材料组。",
    "BAD_LINK": "空白表、样表请填写文件名或者 https:// 开头的网址。",
    "SOURCE_OF_NOBODY": "本事项不面向企业，不能取企业的登记信息。",
    "UNKNOWN_ITEM": "来源“{source}”所指的事项没有发布，请先发布该事项或者去掉这个来源。",
    "SOURCE_TOO_LONG": "证照照面项最长 {limit} 字，请放宽表单项的字数。",
    "FACE_FIELD_MISSING": "结果证照的照面项“{field}”还没有指明取自哪个表单项。",
    "FACE_FIELD_UNKNOWN": "这种证照没有该照面项，请删去。",
    "FACE_TYPE": "表单项“{path}”的类型与照面项不符。",
    "FACE_TOO_WIDE": "表单项“{path}”允许的范围比照面项宽，请收紧字数或大小。",
    "FACE_NOT_READ": "照面要用“{path}”，但审批环节看不到它，请在该环节的“可见内容”中选上。",
    "ISSUER_NOT_COMPETENT": "这种证照应由“{function}”签发，与本环节的部门不符。",
    "VALIDITY_DIFFERS": "有效期与证照类型规定的不一致（应为 {months} 个月，空为长期）。",
    "RESULT_ASKED": "取自前一环节结果的表单项不能要求申请人填写。",
    "RESULT_IN_CONDITION": "条件不能依赖办理中才产生的“{path}”。",
    "RESULT_IN_MATERIAL": "材料不能依赖办理中才产生的“{path}”。",
    "RESULT_READ_TOO_EARLY": "本环节要看“{path}”，但签发它的环节不一定已经办完。请调整先后顺序。",
}
# Of the route.
_ROUTE = {
    "ROUTE_TOO_COMPLEX": "条件组合超过 {limit} 种，无法逐一验证，请减少条件或者拆分事项。",
    "UNKNOWN_STEP": "先后顺序中的环节“{step}”不存在。",
    "UNKNOWN_RESULT": "本环节签发的结果“{result}”没有列在办理结果中。",
    "UNKNOWN_DEPARTMENT": "没有这个职能的部门，请重新选择。",
    "DEPARTMENT_NOT_STAFFED": "有的区划没有可以审批的工作人员：{divisions}。请先配备人员或者换部门。",
    "UNKNOWN_REGISTER": "没有这个核验数据源，请重新选择。",
    "READS_NOTHING": "本环节什么也看不到，请至少选择一项可见内容。",
    "QUORUM_UNREACHABLE": "需要 {quorum} 个环节同意，但有的情形没有这么多审批环节。",
    "DEAD_STEP": "无论怎样填写，本环节都不会启动，请检查启动条件。",
    "STEP_IN_VAIN": "本环节无论如何都轮不到办理，请检查先后顺序和合并方式。",
    "PROMISE_TOO_SHORT": "最长的办理路径要 {needed} 天，超过承诺的 {promised} 天。请放宽承诺或者缩短环节。",
    "PROMISE_OVER_STATUTORY": "承诺时限 {days} 天超过法定时限。",
    "STEP_OVER_STATUTORY": "从受理到本环节办完超过它的法定时限 {statutory} 天。",
    "ASKS_ABOUT_NOBODY": "请指明核验谁：身份号码或统一社会信用代码。",
    "ASKS_UNREAD": "核验内容“{path}”不在本环节的可见内容中，请选上。",
}
# Of acts on versions and on entries.
_ACTS = {
    "FOUR_EYES": "须由起草人以外的人发布，请换一位编辑操作。",
    "REASON_REQUIRED": "请写明理由。",
    "DRAFT_OUTDATED": "起草之后已经发布了更新的版本，请以现行版本重新起草。",
    "STALE_VERSION": "您打开之后，别人已经保存过这份草稿。您的修改没有保存，请刷新页面看过最新内容再改。",
    "NOT_A_DRAFT": "只有草稿可以修改，请先退回或者另起草稿。",
    "NOT_IN_REVIEW": "只有提交审核的草稿可以发布或退回。",
    "CODE_DIFFERS": "编码不能改变（应为 {code}）。",
    "VALIDITY_INVALID": "生效日期不能早于今天，失效日期不能早于生效日期。",
    "NOT_FOUND": "没有找到，可能已被删除或状态已变，请刷新页面。",
    "FORBIDDEN": "没有权限。",
    "IN_USE": "下列地方还在用它，请先改掉再删除。",
    "INVALID_CHOICE": "请从所列选项中选择。",
    "INVALID_NUMBER": "请填写半角数字。",
    "INVALID_DATE": "请按“2026-01-31”的格式填写日期。",
    "INVALID_VALUE": "值中不能同时有单双引号、反斜杠或换行。",
    "INVALID_TEXT": "请填写文字，不能有控制字符。",
    "OUT_OF_RANGE": "超出允许的范围。",
    "TOO_LONG": "字数太多。",
}
# What the parts of an item code are called (services.item_codes).
PARTS: Mapping[str, str] = {
    "length": "位数",
    "characters": "数字",
    "area": "前两位区域",
    "item_type": "第三、四位事项类型",
    "main": "主项编码",
    "credit_code": "前 18 位统一社会信用代码",
    "level": "第 19 位行使层级",
    "number": "最后两位序号",
}
WORDS: Mapping[str, str] = {**_SHAPE, **_NEEDS, **_ROUTE, **_ACTS}


class _Given(dict[str, object]):
    """Parameters of a problem; one that is not there is shown as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def rule_words(rule: str, params: Mapping[str, object]) -> str:
    """The sentence of a rule with its parameters; the rule's code when it has no words."""
    words = WORDS.get(rule) or _of_quality(rule)
    if rule == "ITEM_CODE":
        params = {**params, "part": PARTS.get(str(params.get("part")), "写法")}
    if not words and meaning(rule) != rule:
        return f"{meaning(rule)}。"
    if not words:
        facts = "，".join(f"{name}：{value}" for name, value in params.items() if name != "rule")
        return f"不符合规则 {rule}" + (f"（{facts}）。" if facts else "。")
    return words.format_map(_Given({name: _plain(value) for name, value in params.items()}))


def _of_quality(rule: str) -> str:
    """The words of a rule of quality (services.linting) with what to do."""
    return "。".join((*lint_words.WORDS[rule], "")) if rule in lint_words.WORDS else ""


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return "、".join(str(one) for one in value)
    return "—" if value in (None, "") else value
