"""What the administration says of types of certificates, and of what may not change (证照类型)."""

from collections.abc import Mapping
from typing import Any

from people.errors import Problem

HOLDERS = {"person": "自然人", "enterprise": "企业", "either": "自然人或企业"}
GRADES = {
    "A": "A 政府部门签发",
    "B": "B 事业单位签发",
    "C": "C 社会机构签发",
    "D": "D 自行声明",
}
ACCENTS = {"gold": "金", "red": "红", "blue": "蓝", "green": "绿"}
PAGES = {"landscape": "横版", "portrait": "竖版"}
FORMATS = {
    "date": "日期",
    "id-number": "持证人身份证号",
    "other-id-number": "他人身份证号",
    "credit-code": "统一社会信用代码",
}
TYPES = {"string": "文字", "number": "数", "integer": "整数", "boolean": "是否", "array": "列表"}
RULES = {
    "type": "类型",
    "format": "格式",
    "minLength": "最少字数",
    "maxLength": "最多字数",
    "minimum": "最小值",
    "maximum": "最大值",
    "exclusiveMinimum": "最小值",
    "exclusiveMaximum": "最大值",
    "pattern": "写法",
    "enum": "可选值",
    "items": "列表内容",
    "minItems": "最少项数",
    "maxItems": "最多项数",
}
INVALID = {
    "type code": "应为 21 位：前 18 位是制定机构的统一社会信用代码，后 3 位是顺序号。",
    "code": "只用大写字母、数字和下划线，3 至 60 个字符，例如 FOOD_BUSINESS_LICENCE。",
    "number rule": "编号规则里必须有且只有一个 {sequence} 或 {sequence:位数}；还可以用 {division6}、{word}、{year}，"
    "{check} 只能在最后。",
    "design": "请从列出的版面选项中选择。",
    "months": "请填写 1 至 1200 个月；长期有效的不填。",
    "yaml": "第 {line} 行写法不对，请按“字段: {{label: 名称, 规则}}”逐行填写。",
    "too large": "字段太多，请精简。",
    "anchors": "请不要使用 &、* 或 ! 标记，逐行写明每个字段。",
    "fields": "“{name}”写法不对：字段名用英文字母、数字和下划线，规则只用说明中列出的。",
    "schema": "“{name}”的规则写法不对，请核对类型和数值。",
    "format": "“{name}”的格式只能是 date、id-number、other-id-number 或 credit-code。",
    "pattern": "“{name}”的 pattern 不是正确的正则表达式。",
}
IN_USE = {
    "FIXED": "已经使用，不能修改：已发证照的标识、编号和签发都依它而定。{use}确需改变的，请另建证照类型。",
    "HOLDER": "持证主体只能放宽为“自然人或企业”。{use}",
    "REMOVED": "照面字段“{name}”不能删除：已发证照和依赖它的事项要读取它。{use}不再使用的，可以不设 label 或不再必填。",
    "REQUIRED": "照面字段“{name}”不能设为必填：已发证照上没有它。{use}请改为选填。",
    "NARROWED": "照面字段“{name}”的{rule}不能收紧：已发证照上原来有效的内容会变成无效。{use}只能放宽。",
}
OTHERS = {
    "FORBIDDEN": "没有权限。",
    "REQUIRED": "请填写此项。",
    "TOO_LONG": "太长了，请缩短。",
    "INVALID_CHARACTERS": "含有不能使用的字符。",
    "INVALID_CREDIT_CODE": "前 18 位不是正确的统一社会信用代码，请核对。",
    "INVALID_CHOICE": "没有部门承担这项职能，请从列出的职能中选择。",
    "CERTIFICATE_TYPE_EXISTS": "已有证照类型使用这个代码，请换一个。",
    "CERTIFICATE_TYPE_UNKNOWN": "这个证照类型已不存在，请返回列表。",
}


class _Facts(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "…"


def said(problem: Problem) -> str:
    """What is wrong with a type, or may not change, and what to do."""
    facts = _Facts(problem.params, name=problem.params.get("name") or problem.field.split(".")[-1])
    reason = str(facts.get("reason", ""))
    if problem.code == "CERTIFICATE_TYPE_IN_USE":
        facts |= {"use": _use(problem.params), "rule": RULES.get(str(facts.get("rule")), "规则")}
        return IN_USE[reason].format_map(facts)
    if problem.code == "CERTIFICATE_TYPE_INVALID":
        return (
            INVALID.get(reason, "证照类型的定义有误，请核对。")
            .replace("{line}", str(facts["line"]))
            .replace("{name}", str(facts["name"]))
            .replace("{{", "{")
            .replace("}}", "}")
        )
    return OTHERS.get(problem.code, problem.code)


def _use(params: Mapping[str, Any]) -> str:
    count, items = params.get("certificates", 0), params.get("items") or []
    parts = [f"已发 {count}{' 件以上' if count >= 1000 else ' 件'}证照"] if count else []
    if items:
        parts.append(f"{len(items)} 个事项依赖它（{'、'.join(items)}）")
    return f"（{'，'.join(parts)}）" if parts else ""


def rules_of(rules: Mapping[str, Any]) -> str:
    """A field's rules in words, for who only looks."""
    kinds = rules.get("type", [])
    named = [TYPES.get(one, one) for one in ([kinds] if isinstance(kinds, str) else kinds)]
    if form := FORMATS.get(str(rules.get("format", ""))):
        named = [form]
    told = ["或".join(named)] if named else []
    for rule, value in rules.items():
        if rule not in {"type", "format", "items"}:
            listed = "、".join(map(str, value)) if isinstance(value, list) else value
            told.append(f"{RULES.get(rule, rule)} {listed}")
    return "，".join(told)
