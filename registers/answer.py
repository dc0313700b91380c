"""What a register (登记库) is asked and what it answers: an outcome and names of fields, never a value (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

MATCH, MISMATCH, NOT_FOUND, UNAVAILABLE = "match", "mismatch", "not_found", "unavailable"


@dataclass(frozen=True)
class Question:
    """Whether a register knows `subject` (公民身份号码 or 统一社会信用代码) with these facts {name: value}."""

    register: str
    subject: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Answer:
    """MATCH, MISMATCH with the names of the facts that differ, NOT_FOUND or UNAVAILABLE."""

    outcome: str
    differs: tuple[str, ...] = ()


# An adapter answers within seconds, and says UNAVAILABLE instead of raising when its register is away.
Adapter = Callable[[Question], Answer]
