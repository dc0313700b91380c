"""The events of a counter-example in the words of whoever reads them: one sentence each."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _

from people.errors import Problem
from people.functions import FUNCTIONS
from services.rule_words import meaning, rule_in_words

Event = Mapping[str, object]
Say = Callable[[Event], str]


def told(problem: Problem) -> list[str]:
    """A failure in words: what is wrong where, then its counter-example, numbered, one event a line."""
    place = problem.field or _("（整体）")
    first = _("{place}：{rule}").format(place=place, rule=rule_in_words(problem))
    return [first, *(f"{n}. {line}" for n, line in enumerate(history_in_words(problem), 1))]


def history_in_words(problem: Problem) -> list[str]:
    """The events of a failure, one sentence each; none where it needs no example."""
    events = cast(Sequence[Event], problem.params.get("events", ()))
    return [_SAID[str(event["event"])](event) for event in events]


def listed(parts: Sequence[str]) -> str:
    """Parts one after the other, as the language puts them; empty for none."""
    told = ""
    for part in parts:
        told = _("{before}、{part}").format(before=told, part=part) if told else part
    return told


def _word(event: Event) -> str:
    words = {
        "approved": _("准予"),
        "denied": _("不予准予"),
        "match": _("核验一致"),
        "mismatch": _("核验不一致"),
        "agree": _("同意"),
        "passed": _("通过"),
    }
    if event.get("kind") == "issue":
        return _("已制证发证")
    return words[str(event["word"])]


def _names(event: Event) -> str:
    return listed([f"“{name}”" for name in cast(Sequence[str], event["names"])])


def _answered(event: Event) -> str:
    value = event["value"]
    if isinstance(value, bool):
        value = _("是") if value else _("否")
    elif isinstance(value, list):
        value = listed([str(part) for part in value if part != {}]) or _("一行")
    shown = f"{value}{event['unit']}"
    return _("申请人填写：{label}为“{value}”").format(label=event["label"], value=shown)


def _nothing_more(event: Event) -> str:
    if not event["names"]:
        return _("此后不会再发生任何事情")
    waits = [
        _("“{name}”等待{others}").format(
            name=name, others=listed([f"“{other}”" for other in others]) or _("前面的环节")
        )
        for name, others in zip(
            cast(Sequence[str], event["names"]),
            cast(Sequence[list[str]], event["for"]),
            strict=True,
        )
    ]
    return _("此后不会再发生任何事情：{waits}").format(waits=listed(waits))


def _days(event: Event) -> str:
    return _in_days(int(str(event["days"])), str(event["kind"]))


def _in_days(days: int, kind: str) -> str:
    words = _("{days}个工作日") if kind == "working" else _("{days}个自然日")
    return words.format(days=days)


def _closed_late(event: Event) -> str:
    after = cast(Mapping[str, int], event["after"])
    kinds = [kind for kind in ("working", "calendar") if after[kind]] or ["working"]
    taken = listed([_in_days(after[kind], kind) for kind in kinds])
    return _("{names}按期答复：{word}，此时已过{taken}").format(
        names=_names(event), word=_word(event), taken=taken
    )


def _divisions(event: Event) -> str:
    return listed(cast(Sequence[str], event["divisions"]))


_SAID: Mapping[str, Say] = {
    "answered": _answered,
    "left_empty": lambda e: _("申请人没有填写：{label}").format(label=e["label"]),
    "accepted": lambda _event: _("牵头部门受理"),
    "opened": lambda e: _("开始办理：{names}").format(names=_names(e)),
    "closed": lambda e: _("{names}答复：{word}").format(names=_names(e), word=_word(e)),
    "closed_late": _closed_late,
    "void": lambda e: _("不再需要，终止：{names}").format(names=_names(e)),
    "nothing_more": _nothing_more,
    "nobody_decides": lambda _event: _("所有环节都已结束，没有任何部门作出决定"),
    "nobody_asked": lambda e: _("“{name}”中没有任何环节可以核验").format(name=e["name"]),
    "quorum_short": lambda e: _("全部准予也只有{granted}项，达不到{quorum}项").format(
        granted=e["granted"], quorum=e["quorum"]
    ),
    "granted_twice": lambda e: _("{names}都出具同一种结果：{result}").format(
        names=_names(e), result=e["result"]
    ),
    "nothing_granted": lambda e: _("轮到{names}时，没有任何准予的决定").format(names=_names(e)),
    "never_called": lambda e: _("无论怎样填写，都不会用到{names}").format(names=_names(e)),
    "promise_over": lambda e: _("承诺时限{days}已过，办件还没有办完").format(days=_days(e)),
    "law_over": lambda e: _("本环节的法定时限{days}已过").format(days=_days(e)),
    "nobody_there": lambda e: _("“{function}”在这些区划没有能够办理的人员：{divisions}").format(
        function=FUNCTIONS.get(str(e["function"]), e["function"]), divisions=_divisions(e)
    ),
    "opinions_divided": lambda e: _(
        "{names}需要{opinions}人意见一致，只有{people}人（{divisions}），各人意见不同，此后不会再发生任何事情"
    ).format(names=_names(e), opinions=e["opinions"], people=e["people"], divisions=_divisions(e)),
    "breaks": lambda e: (
        _("“{label}”：{rule}").format(label=e["label"], rule=meaning(str(e["rule"])))
        if e["label"]
        else meaning(str(e["rule"]))
    ),
}
