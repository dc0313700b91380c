"""Which departments work on a case, in which order, and how their decisions meet (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.conditions import Condition
from services.limits import Limit

STEP_KINDS = ("approve", "verify", "advise", "inspect", "evaluate", "issue")
GROUP_JOINS = ("any", "all")
JOINS = ("each", "all", "any", "quorum", "veto")
SILENCES = ("wait", "escalate", "consent")


@dataclass(frozen=True)
class Step:
    """One step (环节). Steps without an edge between them run in parallel.

    `departments` are functions; `at` is the path of the division field that makes one competent.
    `reads` are the fields, sections and `materials.<id>` that its departments may see. `statutory`
    counts from acceptance, `within` from the opening of the step. A `verify` step with a `register`
    (数据核验) is answered by its data; `asks` are {what the register calls it: answer path}, and
    `subject` among them says whom it is about.
    """

    id: str
    name: str
    kind: str
    departments: tuple[str, ...]
    at: str
    within: Limit
    reads: tuple[str, ...]
    when: Condition | None = None
    before: tuple[str, ...] = ()
    result: str = ""  # certificate type code that a grant issues
    item: str = ""  # the item code that the step decides
    basis: str = ""
    statutory: Limit | None = None
    opinions: int = 1  # agreeing opinions that make the decision
    on_silence: str = "wait"
    group: str = ""  # the group of steps that it belongs to
    register: str = ""
    asks: Mapping[str, str] = field(default_factory=dict)

    @property
    def decides(self) -> bool:
        """Whether it decides; every other kind informs."""
        return self.kind == "approve"


@dataclass(frozen=True)
class StepGroup:
    """Steps that answer one question together (环节组): under `any` one match ends the others."""

    id: str
    name: str
    join: str


@dataclass(frozen=True)
class Route:
    """A small graph of steps, the function that leads, and how the results meet."""

    steps: tuple[Step, ...]
    join: str
    lead: str
    quorum: int = 0
    groups: tuple[StepGroup, ...] = ()

    def alternatives(self, step: Step) -> str:
        """The id of the `any` group that a step belongs to, or empty."""
        any_groups = {group.id for group in self.groups if group.join == "any"}
        return step.group if step.group in any_groups else ""

    def step(self, step_id: str) -> Step:
        """The step of that id; KeyError when there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)


def active_steps(route: Route, answers: Mapping[str, object]) -> tuple[Step, ...]:
    """The steps that the answers call for, in the order of the route."""
    return tuple(step for step in route.steps if step.when is None or step.when.holds(answers))


def predecessors(route: Route, step: Step, active: Sequence[Step]) -> frozenset[str]:
    """Ids of the active steps that must close before a step opens.

    An inactive step in between passes the order on: with a before b before c and no b, c waits for a.
    """
    chosen = {other.id for other in active}
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [step.id]
    while waiting:
        target = waiting.pop()
        for other in route.steps:
            if target not in other.before or other.id in seen:
                continue
            seen.add(other.id)
            if other.id in chosen:
                found.add(other.id)
            else:
                waiting.append(other.id)
    return frozenset(found)
