"""What the places of a definition are called by people who edit it, and where each is mended (pure)."""

from collections.abc import Mapping
from typing import cast

from services.diff_words import LABELS
from services.editing import Data, entry_at

LISTS = {
    "form": "申请表单",
    "materials": "申请材料",
    "material_groups": "材料组",
    "route": "办理流程",
    "groups": "环节组",
    "results": "办理结果",
    "stops": "特别程序",
    "eligibility": "申请资格",
    "checks": "填报校验",
    "parts": "组成事项",
}
KEYS = {
    **LABELS,
    "id": "代码",
    "at": "归哪里办",
    "required": "必填",
    "required_when": "必填条件",
    "when": "启用条件",
    "before": "先后顺序",
    "reads": "可见内容",
    "result": "签发的结果",
    "register": "核验数据源",
    "join": "合并方式",
    "quorum": "规定数量",
    "face": "照面取值",
}


def title_of(entry: Mapping[str, object], name: str) -> str:
    """What people call an entry: its label or name, else its id."""
    return str(entry.get("label") or entry.get("name") or name)


def path_words(definition: Data, path: str) -> str:
    """`premises.area` as 经营场所 › 经营面积; what is not there stays as it is written."""
    path = path.removeprefix("answers.")
    section, _, field = path.partition(".")
    if section in {"materials", "route"} and field:
        found = entry_at(definition, path)
        return f"{LISTS[section]} › {title_of(found, field)}" if found else path
    around = entry_at(definition, f"form.{section}")
    if around is None:
        return path
    inner = entry_at(definition, f"form.{section}.fields.{field}") if field else None
    if field and inner is None:
        return path
    return title_of(around, section) + (f" › {title_of(inner, field)}" if inner else "")


def place_words(definition: Data, place: str) -> str:
    """`route.fire.when` as 办理流程 › 消防安全检查 › 启用条件."""
    said = []
    names = [name for name in place.split(".") if name]
    for number, name in enumerate(names):
        here = ".".join(names[: number + 1])
        found = entry_at(definition, here)
        if name == "fields":
            continue
        is_entry = found is not None and ("id" in found or "code" in found) and number > 0
        if is_entry and found is not None:
            said.append(title_of(found, name))
        else:
            said.append(LISTS.get(name, KEYS.get(name, name)) if number == 0 else _key(name))
    return " › ".join(said)


def _key(name: str) -> str:
    return KEYS.get(name, name)


def sheet_of(definition: Data, place: str) -> str:
    """The place of the page on which a place is mended: the innermost entry that it lies in.

    `basics`, `limits`, `remedies`, `guide` for what stands beside the lists; a list's own name for what
    concerns the list.
    """
    names = place.split(".")
    if names[:2] == ["guide", "contacts"]:
        return "guide.contacts"
    if names[0] not in LISTS:
        return names[0] if names[0] in {"limits", "remedies", "guide"} else _beside(names[0])
    for size in range(len(names), 1, -1):
        here = ".".join(names[:size])
        found = entry_at(definition, here)
        is_named = found is not None and ("id" in found or "code" in found)
        if is_named and names[size - 2] in {*LISTS, "fields"}:
            return here
    return names[0]


def _beside(name: str) -> str:
    return "joining" if name in {"join", "quorum"} else "basics"


def example_words(definition: Data, example: Mapping[str, object]) -> str:
    """The answers of a counter-example: 经营面积 填 300.01，是否设置户外招牌 填“是”."""
    said = [
        f"{path_words(definition, path)}：{answer_words(definition, path, value)}"
        for path, value in example.items()
    ]
    return "；".join(said) if said else "无论怎样填写"


def answer_words(definition: Data, path: str, value: object) -> str:
    """One answer in words: 是, 否, an option's label, 不填."""
    section, _, name = path.partition(".")
    field = entry_at(definition, f"form.{section}.fields.{name}") or {}
    options = field.get("options")
    labels = cast(Mapping[str, str], options) if isinstance(options, Mapping) else {}
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value == []:
        return "不填"
    if isinstance(value, list):
        return "、".join(_answer(labels, one) for one in value)
    return _answer(labels, value) + (str(field["unit"]) if field.get("unit") else "")


def _answer(labels: Mapping[str, str], value: object) -> str:
    if isinstance(value, Mapping):
        return "一行"
    return labels.get(str(value), str(value))
