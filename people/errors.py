"""Refusals (拒绝): expected answers that reach people, each with a stable code (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    `code` is UPPER_SNAKE, `field` a dotted path or empty, `params` fill the text.
    """

    code: str
    field: str = ""
    params: Mapping[str, object] = default(default_factory=dict)


class Refusal(Exception):
    """An act that is refused; nothing was changed. Its wording is looked up by whoever shows it.

    `audited` refusals (an attempt on what belongs to another) are written to the audit after the
    rollback.
    """

    def __init__(
        self, code: str, *, field: str = "", audited: bool = False, **params: object
    ) -> None:
        super().__init__(code)
        self.problems: Sequence[Problem] = (Problem(code, field, params),)
        self.audited = audited

    @property
    def code(self) -> str:
        """The first problem's code."""
        return self.problems[0].code


class Refusals(Refusal):
    """Several problems told at once, such as all the missing fields of a form."""

    def __init__(self, problems: Sequence[Problem], *, audited: bool = False) -> None:
        super().__init__(problems[0].code, audited=audited)
        self.problems = tuple(problems)


class NotFound(Refusal):
    """Not there, or not yours: the same answer (INV-20)."""

    def __init__(self, field: str = "", *, audited: bool = False) -> None:
        super().__init__("NOT_FOUND", field=field, audited=audited)
