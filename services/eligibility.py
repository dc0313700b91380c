"""Who may ask for an item at all (办理资格), as far as the answers tell (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.errors import Problem
from services.conditions import Condition
from services.errors import NOT_ELIGIBLE
from services.foresight import Verdict, all_of, foreseen
from services.form import Form
from services.form_definition import NAME, read_condition
from services.node import Node


@dataclass(frozen=True)
class Rule:
    """A rule of eligibility: `when` must hold; `reason` tells somebody for whom it does not, `basis` names the act."""

    id: str
    when: Condition
    reason: str
    basis: str

    @property
    def field(self) -> str:
        """The first field that it asks, in the order of its text."""
        return self.when.atoms[0].path


def read_eligibility(root: Node, form: Form) -> tuple[Rule, ...]:
    """The rules under `eligibility`, which may be absent."""
    return tuple(
        rule for node in root.nodes("eligibility", None) if (rule := _rule(node, form)) is not None
    )


def _rule(node: Node, form: Form) -> Rule | None:
    name, reason = node.text("id", form=NAME), node.text("reason", most=300)
    basis = node.text("basis", most=200)
    if "when" not in node.data:
        node.fault("MISSING", "when")
    when = read_condition(node, "when", form)
    node.done()
    return Rule(name, when, reason, basis) if when is not None else None


def barred(rules: Sequence[Rule], answers: Mapping[str, object]) -> tuple[Rule, ...]:
    """The rules that surely do not hold, whatever is answered later."""
    return tuple(rule for rule in rules if foreseen(rule.when, answers) is False)


def eligible(rules: Sequence[Rule], answers: Mapping[str, object]) -> Verdict:
    """Whether somebody with these answers may ask; None while it depends on open questions."""
    return all_of(foreseen(rule.when, answers) for rule in rules)


def eligibility_problems(
    rules: Sequence[Rule], answers: Mapping[str, object], *, complete: bool
) -> list[Problem]:
    """NOT_ELIGIBLE for each rule that does not hold, at the field it asks first, with its reason and basis.

    Before everything is answered (`complete` false) only what surely does not hold counts.
    """
    broken = [r for r in rules if not r.when.holds(answers)] if complete else barred(rules, answers)
    return [
        Problem(NOT_ELIGIBLE, rule.field, {"why": rule.reason, "basis": rule.basis})
        for rule in broken
    ]
