"""Where a case is and why, as its applicant asks: how far, who works on it now, who comes next (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ENDED = {"not_accepted", "withdrawn", "lapsed", "forwarded"}
MILESTONES = (
    ("收件", "appliedAt"),
    ("受理", "acceptedAt"),
    ("决定", "decidedAt"),
    ("办结", "concludedAt"),
)


@dataclass(frozen=True)
class Milestone:
    """One of the points that every case passes; `how` is done, now, ahead or ended."""

    name: str
    at: str
    how: str


@dataclass(frozen=True)
class Standing:
    """Where a case is: one sentence, and the departments that work on it now and after them."""

    sentence: str
    now: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def milestones(case: Mapping[str, Any]) -> list[Milestone]:
    """Filled in, received, accepted, decided, concluded (填报、收件、受理、决定、办结), in this order.

    A case that ended otherwise (withdrawn, not accepted) shows what it passed and then its end.
    """
    passed = [Milestone("填报", case["startedAt"], "done")]
    passed += [Milestone(name, case[at], "done") for name, at in MILESTONES if case.get(at)]
    if case["state"] in ENDED:
        return [*passed, Milestone(case["stateName"], "", "ended")]
    missing = [name for name, at in MILESTONES if not case.get(at)]
    return [*passed, *(Milestone(n, "", "ahead" if at else "now") for at, n in enumerate(missing))]


def standing_of(case: Mapping[str, Any]) -> Standing:
    """What the state of a case means for who asked, in one sentence."""
    state, lead = case["state"], (case.get("lead") or {}).get("name", "")
    if state == "draft":
        return Standing("还没有提交。提交以后才取得编号、开始计算办理时限。")
    if state == "submitted":
        return Standing("已经收件，正在核对是否受理。", [lead] if lead else [])
    if state == "correcting":
        return Standing("正在等您补正。补齐并提交后，由原部门继续办理。", ["您本人"])
    if state in {"reviewing", "suspended"}:
        return _under_way(case)
    if state == "decided":
        return Standing("各环节都已作出决定，正在制作和签发证照、文书。")
    if state == "concluded":
        return Standing(f"已经办结，结果是“{case['outcomeName']}”。")
    return Standing(f"办理已经结束：{case['stateName']}。您可以重新申请。")


def _under_way(case: Mapping[str, Any]) -> Standing:
    parts = case["approvals"]
    now = different(one["department"]["name"] for one in parts if one["state"] == "open")
    waiting = [one for one in parts if one["state"] == "waiting"]
    after = different(f"{one['department']['name']}（{one['stepName']}）" for one in waiting)
    done = sum(one["state"] == "decided" for one in parts)
    total = sum(one["state"] != "void" for one in parts)
    if case["state"] == "suspended":
        return Standing("办理时限已经中止，中止期间不计入时限。", now, after)
    return Standing(f"已受理，各部门正在审查：{total} 个环节办完 {done} 个。", now, after)


def different(names: Iterable[str]) -> list[str]:
    """The names, each once, in their order."""
    return list(dict.fromkeys(names))


def light(clock: Mapping[str, Any]) -> str:
    """Which light a clock shows (green, yellow, red, still); empty where none runs."""
    return str(clock["light"])
