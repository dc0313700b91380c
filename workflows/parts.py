"""How each part of a bundle (联办事项) stands in a case, and why one that was asked for is no longer done (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.definition import Definition
from services.parts import Part, part_of
from services.route import Step, active_steps, predecessors

DONE = frozenset({"approved", "denied"})


@dataclass(frozen=True)
class StepState:
    """How one step stands: waiting, open, decided or void, and its decision's word."""

    state: str
    outcome: str = ""


@dataclass(frozen=True)
class PartState:
    """A part: unchosen, waiting, open, decided or ended (its result became impossible).

    `outcome` of a decided part is approved or denied; `because` is the part whose denial ended this one.
    """

    part: Part
    state: str
    outcome: str = ""
    because: Part | None = None


def part_states(
    definition: Definition, answers: Mapping[str, object], steps: Mapping[str, StepState]
) -> list[PartState]:
    """The parts in the order of the definition; `steps` holds what was opened so far, by step."""
    active = active_steps(definition.route, answers)
    own = {part.id: [s for s in active if s.id in part.steps] for part in definition.parts}
    found = [_state(part, own[part.id], steps) for part in definition.parts]
    denied = {one.part.id for one in found if one.outcome == "denied"}
    return [
        PartState(one.part, one.state, one.outcome, _cause(definition, active, own, one, denied))
        if one.state == "ended"
        else one
        for one in found
    ]


def _state(part: Part, active: Sequence[Step], steps: Mapping[str, StepState]) -> PartState:
    if not active:
        return PartState(part, "unchosen")
    known = [(step, steps.get(step.id, StepState("waiting"))) for step in active]
    states = {state.state for _, state in known}
    decisions = [state for step, state in known if step.decides]
    outcomes = {state.outcome for state in decisions if state.outcome in DONE}
    if states <= {"decided", "void"}:
        if outcomes:
            return PartState(part, "decided", "denied" if "denied" in outcomes else "approved")
        return PartState(part, "ended" if "void" in states else "decided")
    return PartState(part, "open" if states & {"open", "decided"} else "waiting")


def _cause(
    definition: Definition,
    active: Sequence[Step],
    own: Mapping[str, Sequence[Step]],
    ended: PartState,
    denied: set[str],
) -> Part | None:
    """The denied part that an ended one comes after, however far back."""
    by_id = {step.id: step for step in active}
    waiting, seen = [*own[ended.part.id]], set[str]()
    while waiting:
        for name in sorted(predecessors(definition.route, waiting.pop(), active) - seen):
            seen.add(name)
            part = part_of(definition.parts, name)
            if part is not None and part.id in denied:
                return part
            waiting.append(by_id[name])
    return None
