"""Which mappings may be kept as a draft, complete or not: plain JSON of a bearable size (pure)."""

import math
import re
from collections.abc import Mapping

from people.errors import Problem
from services.errors import broken
from services.importing import DEEPEST, LARGEST

MOST_NODES = 100_000
CODE = re.compile(r"[0-9A-Z]{9,14}")
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps neither NUL nor half characters


def draft_problems(data: object) -> list[Problem]:
    """What makes a mapping no draft at all; a draft may be incomplete, but it names its item.

    Rules: NOT_A_MAPPING, NOT_PLAIN (a place, a value that JSON or the database does not know), TOO_DEEP,
    TOO_LARGE, BAD_NAME of `code`.
    """
    if not isinstance(data, Mapping):
        return [broken("", "NOT_A_MAPPING")]
    left = [MOST_NODES, LARGEST]
    fault = _fault(data, "", DEEPEST, left)
    if fault is not None:
        return [fault]
    code = data.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        return [broken("code", "BAD_NAME", value=str(code or "")[:40])]
    return []


def value_fault(value: object) -> str:
    """The rule that a value of a patch breaks, or empty: a value is kept like a draft."""
    fault = _fault(value, "", DEEPEST, [MOST_NODES, LARGEST])
    return "" if fault is None else str(fault.params["rule"])


def _fault(value: object, place: str, depth: int, left: list[int]) -> Problem | None:
    """The first fault at or below a place; `left` are the nodes and bytes that may still come."""
    left[0] -= 1
    left[1] -= len(value.encode("utf-8", "replace")) if isinstance(value, str) else 8
    if min(left) < 0:
        return broken(place, "TOO_LARGE", limit=LARGEST)
    if isinstance(value, Mapping):
        members = [(f"{place}.{key}".strip("."), key, item) for key, item in value.items()]
    elif isinstance(value, list):
        members = [(f"{place}.{number}", str(number), item) for number, item in enumerate(value)]
    else:
        return None if _is_plain(value) else broken(place, "NOT_PLAIN")
    if depth == 0:
        return broken(place, "TOO_DEEP", limit=DEEPEST)
    for inner, key, item in members:
        if not isinstance(key, str) or not _is_plain(key):
            return broken(place, "NOT_PLAIN")
        fault = _fault(item, inner, depth - 1, left)
        if fault is not None:
            return fault
    return None


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, str):
        return _NOT_KEPT.search(value) is None
    if isinstance(value, int):
        return abs(value) <= 2**53
    return isinstance(value, float) and math.isfinite(value)
