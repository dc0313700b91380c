"""Which departments work on a case, in which order, and how their decisions meet (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

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
    `subject` among them says whom it is about. An `evaluate` step with a `stop` (特别程序) lets its own clock
    stand still from its opening, as that stop of the item says; `within` counts what comes after it.
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
    stop: str = ""  # code of the item's stop

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

    @cached_property
    def _by_id(self) -> Mapping[str, Step]:
        return {step.id: step for step in reversed(self.steps)}

    @cached_property
    def behind(self) -> Mapping[str, tuple[str, ...]]:
        """{step: the steps that name it in `before`}, whatever the answers are."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self.steps:
            for name in step.before:
                found[name] = (*found.get(name, ()), step.id)
        return found

    @cached_property
    def _any_groups(self) -> frozenset[str]:
        return frozenset(group.id for group in self.groups if group.join == "any")

    def alternatives(self, step: Step) -> str:
        """The id of the `any` group that a step belongs to, or empty."""
        return step.group if step.group in self._any_groups else ""

    def step(self, step_id: str) -> Step:
        """The step of that id; KeyError when there is none."""
        return self._by_id[step_id]


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
        for other in route.behind.get(waiting.pop(), ()):
            if other in seen:
                continue
            seen.add(other)
            if other in chosen:
                found.add(other)
            else:
                waiting.append(other)
    return frozenset(found)
