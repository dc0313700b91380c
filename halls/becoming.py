"""What a changed answer of a draft makes of the rest: steps, materials and days that come or go (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any

Prepared = Mapping[str, Any]  # `preparation` of the document caseForm


def became_of(before: Prepared, after: Prepared) -> list[str]:
    """One sentence for each thing that changed; none when nothing did."""
    said = [f"按现在的回答，不符合办理条件：{one['reason']}" for one in after["reasons"]]
    said = said if after["reasons"] != before["reasons"] else []
    if before["reasons"] and not after["reasons"]:
        said.append("按现在的回答，符合办理条件。")
    for name, what in (("steps", "环节"), ("materials", "材料")):
        said += _moved(before[name], after[name], what)
    if before["most"] != after["most"]:
        said.append(f"受理后的时间由最长 {before['most']['shown']} 变为 {after['most']['shown']}。")
    return said


def _moved(before: Sequence[Prepared], after: Sequence[Prepared], what: str) -> list[str]:
    """What is needed now and was not, and the other way round."""
    old, new = _certain(before), _certain(after)
    possible = {one["id"] for one in after}
    more = [name for key, name in new.items() if key not in old]
    less = [name for key, name in old.items() if key not in new and key not in possible]
    less += [one["name"] for one in before if one["id"] not in possible and one["id"] not in old]
    said = [f"需要的{what}：{'、'.join(more)}。"] if more else []
    return said + ([f"不再需要的{what}：{'、'.join(less)}。"] if less else [])


def _certain(needs: Sequence[Prepared]) -> dict[str, str]:
    return {one["id"]: one["name"] for one in needs if one["isCertain"]}
