"""What a region may change of a standard version: it may be faster and ask less, never the reverse (pure).

What an act lays down is the standard's alone: code, type, legal basis, audience, legal limits, the steps and
who decides by them, results, remedies. A region may promise less time, ask for fewer materials or have them
in an easier way, name its own departments, contacts, places and fees that are not more. Administrative
Licensing Law 16: what implements a licence may not add conditions (不得增设违反上位法的其他条件).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from people.errors import Problem
from services.diff import Difference, differences
from services.errors import broken
from services.limits import KINDS, Limit, as_duration
from services.places import position

Root = Mapping[str, object]
NOT_REGIONAL, SLOWER, ASKS_MORE = "NOT_REGIONAL", "REGION_SLOWER", "REGION_ASKS_MORE"
# The more of it, the less there is to do for the applicant.
_EASE = {"upload": 0, "later": 1, "promise": 2, "cert_linked": 3, "data_verified": 3}
_EASE["form_generated"] = 3


@dataclass(frozen=True)
class Change:
    """A difference between the standard and the region's definition, with both to look around in."""

    difference: Difference
    standard: Root
    regional: Root

    @property
    def kind(self) -> str:
        """added, removed, changed or ordered."""
        return self.difference.kind

    def both(self, depth: int) -> tuple[object, object]:
        """What the two definitions say at the first `depth` names of the place."""
        way = self.difference.place.split(".")[:depth]
        return _at(self.standard, way), _at(self.regional, way)


Judge = Callable[[Change], str]  # the rule that a change breaks, or empty


def regional_problems(standard: Root, regional: Root) -> list[Problem]:
    """Everything that a region changes and may not; the problem's place is that of the definition."""
    found = list(differences(standard, regional))
    if "guide" not in standard and isinstance(guide := regional.get("guide"), Mapping):
        found = [one for one in found if one.place != "guide"]
        found += [Difference(f"guide.{key}", "added", after=guide[key]) for key in guide]
    changes = [Change(one, standard, regional) for one in found]
    judged = [(change.difference.place, _rule(change)) for change in changes]
    return [broken(place, rule) for place, rule in judged if rule]


def _rule(change: Change) -> str:
    for pattern, judge in _TABLE:
        if pattern.fullmatch(change.difference.place):
            return judge(change)
    return NOT_REGIONAL


def _at(root: object, way: Sequence[str]) -> object:
    for name in way:
        if isinstance(root, Mapping):
            root = root.get(name)
        elif isinstance(root, list) and (at := position(root, name)) is not None:
            root = root[at]
        else:
            return None
    return root


def _free(_change: Change) -> str:
    return ""


def _only(*kinds: str, rule: str = ASKS_MORE) -> Judge:
    """Allowed are these kinds of difference."""
    return lambda change: "" if change.kind in kinds else rule


def _at_most(change: Change) -> str:
    """A number that may only fall."""
    before, after = change.difference.before, change.difference.after
    falls = isinstance(before, int) and isinstance(after, int) and after <= before
    return "" if change.kind == "removed" or falls else ASKS_MORE


def _limit(depth: int, *, longer: bool = False, optional: bool = False) -> Judge:
    """A limit that surely ends no later than the standard's, or no earlier when it is the applicant's time."""

    def judge(change: Change) -> str:
        old, new = (_limit_of(value) for value in change.both(depth))
        if new is None and optional:
            return ""
        if old is None or new is None:
            return SLOWER
        first, second = (old, new) if longer else (new, old)
        return "" if as_duration(first).fits(second) else SLOWER

    return judge


def _limit_of(value: object) -> Limit | None:
    if not isinstance(value, Mapping):
        return None
    days, kind = value.get("days"), value.get("kind")
    if isinstance(days, bool) or not isinstance(days, int) or kind not in KINDS:
        return None
    return Limit(days, str(kind))


def _loosened(change: Change) -> str:
    """`required` falls to false; a condition is put where something was always asked."""
    old, new = change.both(change.difference.place.count("."))
    return "" if _asks(new) <= _asks(old) else ASKS_MORE


def _asks(entry: object) -> float:
    """How often an entry is asked for: 0 never, 1 always, between them by a condition (which must not change)."""
    if not isinstance(entry, Mapping):
        return 0
    always = (
        entry.get("required", "mode" in entry) is True
    )  # materials are required unless they say no
    condition = entry.get("required_when")
    if condition is None or ("mode" not in entry and always):
        return 1 if always else 0
    return 0.5


def _same_condition(change: Change) -> str:
    """A condition may come or go with `required`; another condition cannot be compared."""
    return NOT_REGIONAL if change.kind == "changed" else _loosened(change)


def _easier(change: Change) -> str:
    """How a material is had may only become easier; what belongs to the mode changes with it."""
    old, new = change.both(2)
    before, after = (_EASE.get(str(_at(entry, ["mode"])), -1) for entry in (old, new))
    if _at(old, ["mode"]) == _at(new, ["mode"]) or after < before:
        return ASKS_MORE
    return ""


def _more_groups(change: Change) -> str:
    """More of a group may be had; 0 is any number."""
    before, after = change.difference.before, change.difference.after
    grows = isinstance(before, int) and isinstance(after, int) and (after >= before or after == 0)
    return "" if change.kind == "removed" or grows else ASKS_MORE


def _fewer_members(change: Change) -> str:
    """A list of guide entries may lose members, not gain them."""
    if change.kind != "changed":
        return "" if change.kind in {"removed", "ordered"} else ASKS_MORE
    return "" if _holds(change.difference.before, change.difference.after) else ASKS_MORE


def _more_members(change: Change) -> str:
    """What applicants are entitled to may only grow."""
    before = change.difference.before or []
    return "" if _holds(change.difference.after or [], before) else ASKS_MORE


def _holds(many: object, few: object) -> bool:
    """Whether a list holds every member of another."""
    return isinstance(many, list) and isinstance(few, list) and all(one in many for one in few)


def _becomes(value: object) -> Judge:
    return lambda change: "" if change.difference.after == value else ASKS_MORE


_N = r"[^.]+"
_TABLE: tuple[tuple[re.Pattern[str], Judge], ...] = tuple(
    (re.compile(pattern), judge)
    for pattern, judge in (
        (r"summary|lead", _free),
        (r"acceptance", _becomes("automatic")),
        (rf"limits\.{_N}\.basis", _free),
        (r"limits\.(promised|notice|delivery)(\.days|\.kind)?", _limit(2)),
        (r"limits\.extension(\.days|\.kind)?", _limit(2, optional=True)),
        (r"limits\.correction(\.days|\.kind)?", _limit(2, longer=True)),
        (rf"route\.{_N}\.department", _free),
        (rf"route\.{_N}\.within\.basis", _free),
        (rf"route\.{_N}\.within(\.days|\.kind)?", _limit(3)),
        (rf"materials\.{_N}", _only("removed")),
        (rf"materials\.{_N}\.(help|blank_form|sample|standard)", _free),
        (rf"materials\.{_N}\.required", _loosened),
        (rf"(materials|form)\.{_N}(\.fields\.{_N})?\.required_when", _same_condition),
        (rf"materials\.{_N}\.(originals|copies)", _at_most),
        (rf"materials\.{_N}\.(mode|certificate|holder|paths|later|accept|most_files)", _easier),
        (rf"material_groups\.{_N}\.least", _at_most),
        (rf"material_groups\.{_N}\.most", _more_groups),
        (rf"form\.{_N}\.fields\.{_N}", _only("removed")),
        (rf"form\.{_N}\.(fields\.{_N}\.)?help", _free),
        (rf"form\.{_N}\.fields\.{_N}\.required", _loosened),
        (rf"stops\.{_N}", _only("removed", rule=SLOWER)),
        (rf"stops\.{_N}\.days", _at_most),
        (r"guide\.visits", _at_most),
        (r"guide\.charged", _becomes(False)),
        (r"guide\.rights", _more_members),
        (r"guide\.(duties|fees|intermediaries|special_procedures)(\.[^.]+)?", _fewer_members),
        (r"guide\.(intermediaries|special_procedures)\..+", _only(rule=ASKS_MORE)),
        (r"guide\.quantity_limit", _only("removed")),
        (r"guide\.(statutory_note|served|power_source)", _only(rule=NOT_REGIONAL)),
        (r"guide\..+", _free),
    )
)
