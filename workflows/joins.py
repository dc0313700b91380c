"""How departments' answers meet (并联): which steps may open, which are in vain, what the case comes to (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class StepFacts:
    """One active step: the steps it waits for, whether it closed, and with what outcome.

    `outcome` is the decision's word (approved, denied, passed, agree ...); `void` for a step that is not needed.
    `group` names the alternatives (any) that it belongs to: one match among them ends the others.
    """

    id: str
    kind: str
    waits_for: frozenset[str]
    closed: bool
    outcome: str = ""
    group: str = ""


def _closed(facts: Mapping[str, StepFacts], name: str) -> bool:
    """Whether nothing is left to wait for; a step that is not needed passes the order on."""
    if name not in facts:
        return True
    step = facts[name]
    passes = step.outcome != "void" or all(_closed(facts, before) for before in step.waits_for)
    return step.closed and passes


def openable(steps: Iterable[StepFacts]) -> list[str]:
    """Ids of steps whose predecessors have all closed, and which are not closed themselves."""
    facts = {step.id: step for step in steps}
    return [
        step.id
        for step in facts.values()
        if not step.closed and all(_closed(facts, before) for before in step.waits_for)
    ]


def in_vain(steps: Iterable[StepFacts], join: str) -> list[str]:
    """Ids of open steps that nothing can come of.

    A step that follows a denied approval waits for a certificate that will not come; under `all` and `veto`
    one denial ends the others and leaves nothing to issue, under `any` one grant ends the others.
    Of alternative checks one match ends the others; what follows them goes on.
    """
    facts = {step.id: step for step in steps}
    approvals = [step for step in facts.values() if step.kind == "approve"]
    denied = any(step.outcome == "denied" for step in approvals)
    granted = any(step.outcome == "approved" for step in approvals)
    answered = {step.group for step in facts.values() if step.group and step.outcome == "match"}
    ended: set[str] = {"approve"} if granted and join == "any" else set()
    if denied and join in {"all", "veto"}:
        ended = {"approve", "issue"}

    def follows_denial(step: StepFacts) -> bool:
        return any(
            before in facts
            and (
                (facts[before].kind == "approve" and facts[before].outcome in {"denied", "void"})
                or follows_denial(facts[before])
            )
            for before in step.waits_for
        )

    return [
        step.id
        for step in facts.values()
        if not step.closed
        and (step.kind in ended or follows_denial(step) or step.group in answered)
    ]


def cause_of(steps: Iterable[StepFacts], name: str) -> str:
    """Id of the denied approval that a step comes after, however far back; empty when there is none."""
    facts = {step.id: step for step in steps}
    waiting, seen = [name], {name}
    while waiting:
        for before in sorted(facts[waiting.pop()].waits_for & facts.keys() - seen):
            if facts[before].kind == "approve" and facts[before].outcome == "denied":
                return before
            seen.add(before)
            waiting.append(before)
    return ""


def outcome_of_case(steps: Iterable[StepFacts], join: str, quorum: int = 0) -> str | None:
    """approved, denied or partly once every step closed; None while one is open.

    Only `approve` steps decide: verification and advice inform (house rule from the law: nobody adds a
    precondition that the item's basis does not name).
    """
    facts = list(steps)
    if not all(step.closed for step in facts):
        return None
    outcomes = [step.outcome for step in facts if step.kind == "approve"]
    granted, denied = outcomes.count("approved"), outcomes.count("denied")
    verdicts = {
        "all": bool(outcomes) and granted == len(outcomes),
        "veto": denied == 0 and granted > 0,
        "any": granted > 0,
        "quorum": granted >= max(1, quorum),
    }
    if join in verdicts:
        return "approved" if verdicts[join] else "denied"
    if granted == 0:
        return "denied"
    return "partly" if denied or granted < len(outcomes) else "approved"
