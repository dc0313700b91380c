"""What is told of a guide: item, field, rule, value as it stood, and what to do about it (pure)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.guides.suggestions import SUGGESTIONS
from services.lint_words import suggestion

LONGEST_VALUE = 200


@dataclass(frozen=True)
class Finding:
    """One anomaly. `field` is dotted as in the guide's own keys, such as `materialList.2.bylaw`."""

    item: str
    field: str
    rule: str
    value: str

    @property
    def suggestion(self) -> str:
        """What somebody who mends the item should do, in Chinese."""
        known = SUGGESTIONS.get(self.rule)
        return suggestion(self.rule, self.field) if known is None else known

    def as_json(self) -> dict[str, str]:
        """As the report tells it."""
        return {
            "item": self.item,
            "field": self.field,
            "rule": self.rule,
            "value": self.value,
            "suggestion": self.suggestion,
        }


@dataclass
class Findings:
    """Gathers the findings of one guide; the same rule at the same field is told once."""

    item: str = ""
    _found: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, rule: str, place: str, value: object = "") -> None:
        """Notes a rule at a field, with the value that broke it; KeyError for a rule without wording."""
        if rule not in SUGGESTIONS:
            raise KeyError(rule)
        self._found.setdefault((rule, place), shown(value))

    def rules(self) -> Counter[str]:
        """How often each rule was met."""
        return Counter(rule for rule, _ in self._found)

    def told(self) -> Sequence[Finding]:
        """All of them, in the order in which they were met."""
        return [
            Finding(self.item, place, rule, value) for (rule, place), value in self._found.items()
        ]


def shown(value: object) -> str:
    """A value on one line of at most 200 characters, marked … where it was cut."""
    text = value if isinstance(value, str) else _as_text(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _as_text(value: object) -> str:
    if isinstance(value, Mapping | list | tuple | int | float | bool) or value is None:
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
