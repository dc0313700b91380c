"""What a drawing of a route says of its steps, limits and stops, in Chinese (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.condition_words import in_words
from services.definition import Definition
from services.limits import Limit
from services.route import Step

NO_FUNCTIONS: Mapping[str, str] = {}
# 起草 draft, 收件 submitted, 审查 reviewing, 决定 decided, 办结 concluded, each with what leads to the next.
STATES = (("起草", "提交"), ("收件", "受理"), ("审查", "环节办完"), ("决定", "送达"), ("办结", ""))
ENDS = ("不予受理、转报", "撤回、逾期终止")
JOIN_WORDS = {
    "each": "各结果分别决定、分别出证",
    "all": "全部准予才准予",
    "any": "一项准予即准予",
    "quorum": "准予达到规定项数才准予",
    "veto": "没有一项不准予才准予",
}
KIND_WORDS = {
    "approve": "审批",
    "verify": "数据核验",
    "advise": "征求意见",
    "inspect": "现场踏勘",
    "evaluate": "检测、评审、听证",
    "issue": "制证发证",
}
_SILENCE = {"wait": "", "escalate": "逾期未答复：提请上级督办", "consent": "逾期未答复：视为同意"}


@dataclass(frozen=True)
class Line:
    """One line of a step's box and how it is written: strong, plain, faint or warn."""

    text: str
    style: str = "plain"


def days(limit: Limit) -> str:
    """3个工作日, 15个自然日."""
    return f"{limit.days}个{'工作日' if limit.kind == 'working' else '自然日'}"


def headline(definition: Definition) -> str:
    """The item's code, promise and legal limit, and how its results meet."""
    limits = definition.limits
    law = f"　法定时限{days(limits.statutory)}" if limits.statutory else ""
    join = JOIN_WORDS[definition.join]
    if definition.join == "quorum":
        join = f"准予达到{definition.route.quorum}项才准予"
    return f"编码{definition.code}　承诺时限{days(limits.promised)}{law}　{join}"


def lines_of(definition: Definition, step: Step, functions: Mapping[str, str]) -> list[Line]:
    """What a step's box says, unwrapped."""
    route = definition.route
    where = "、".join(functions.get(name, name) for name in step.departments) or "（未写部门）"
    lines = [Line(step.name or step.id, "strong"), Line(f"{KIND_WORDS[step.kind]}　{where}")]
    lines.append(Line(f"办理时限{days(step.within)}"))
    if step.statutory is not None:
        lines[-1] = Line(f"办理时限{days(step.within)}，法定{days(step.statutory)}")
    if step.when is not None:
        lines.append(Line(f"当{in_words(step.when.expression, definition.form)}", "faint"))
    for group in (one for one in route.groups if one.id == step.group):
        way = "任一项一致即可" if group.join == "any" else "各项都要核验"
        lines.append(Line(f"“{group.name}”：{way}", "faint"))
    if step.opinions > 1:
        lines.append(Line(f"{step.opinions}人意见一致才作出", "faint"))
    if _SILENCE[step.on_silence]:
        lines.append(Line(_SILENCE[step.on_silence], "faint"))
    rule = definition.stop(step.stop) if step.stop else None
    if rule is not None:
        lines.append(Line(f"开始后中止计时：{rule.name}", "faint"))
    names = [result.name for result in definition.results if result.code == step.result]
    if step.result:
        lines.append(Line(f"出具：{'、'.join(names) or step.result}"))
    return lines + _circles(definition, step)


def _circles(definition: Definition, step: Step) -> list[Line]:
    """A step of a draft that waits for its own followers; a published route has none."""
    route = definition.route
    seen: set[str] = set()
    waiting = list(step.before)
    while waiting:
        name = waiting.pop()
        if name == step.id:
            return [Line("环节互相等待，无法开始", "warn")]
        if name not in seen:
            seen.add(name)
            waiting += next((other.before for other in route.steps if other.id == name), ())
    return []


def footnotes(definition: Definition) -> list[str]:
    """Below the drawing: what may stop the clock, how long it may be extended, and what the lines mean."""
    notes = [
        f"可以中止计时：{stop.name}，最长{days(Limit(stop.days, stop.kind))}（{stop.basis}）"
        for stop in definition.stops
    ]
    extension = definition.limits.extension
    if extension is not None:
        basis = f"（{extension.basis}）" if extension.basis else ""
        notes.append(f"可以延长一次：{days(extension)}{basis}")
    return [*notes, "虚线框：符合条件才办理；黄色框：作出决定的环节；箭头：前一环节答复后开始。"]
