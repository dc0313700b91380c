"""Which answers of a form do not go together (交叉校验): checks over several fields (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.errors import Problem
from services.errors import CHECK_FAILED
from services.logic import Condition


@dataclass(frozen=True)
class FormCheck:
    """A check: whenever `when` holds (always, without one), `holds` must.

    `message` says in words what to do; `fields` are the paths it concerns, the first bears the fault.
    """

    id: str
    holds: Condition
    message: str
    fields: tuple[str, ...]
    when: Condition | None = None

    def passes(self, answers: Mapping[str, object]) -> bool:
        """Whether nested answers keep it."""
        return (self.when is not None and not self.when.holds(answers)) or self.holds.holds(answers)

    @property
    def problem(self) -> Problem:
        """What is told when it fails."""
        return Problem(CHECK_FAILED, self.fields[0], {"message": self.message, "check": self.id})


def failed_checks(checks: Sequence[FormCheck], answers: Mapping[str, object]) -> list[Problem]:
    """CHECK_FAILED for each check that the answers do not keep, in their order."""
    return [check.problem for check in checks if not check.passes(answers)]
