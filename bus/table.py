"""What the bus is told at the start of a process: which letter goes to which function (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bus.envelope import Letter
from bus.parcel import Delivery

Handler = Callable[[Letter], None]  # writes its effect in the transaction it is called in
Work = Callable[[str], None]  # does one chore for a subject; may be called twice
Alarm = Callable[[str, Delivery], None]  # (cause, what came), in the transaction of its dead row

DESK = (
    "desk"  # the consumer group that reads the queues of departments without a system of their own
)


@dataclass(frozen=True)
class Route:
    """One consumer of a topic: the group whose queue it comes through, and the function it goes to.

    A topic has at most one route per group, so (letter id, group) is the inbox's key.
    `from_departments` allows letters that a department wrote; otherwise only our own are taken.
    """

    group: str
    handler: Handler
    from_departments: bool = False
    versions: frozenset[int] = frozenset({1})


@dataclass(frozen=True)
class Table:
    """Letters and chores of the whole house; `refused` is told of every forgery.

    `daily` names the kinds of chores that are asked for once a day, with the day as subject.
    """

    letters: Mapping[str, tuple[Route, ...]]
    chores: Mapping[str, Work] = field(default_factory=dict)
    daily: tuple[str, ...] = ()
    refused: Alarm = lambda cause, delivery: None

    def route(self, topic: str, group: str) -> Route | None:
        """The route of a topic in a group, or None."""
        return next((one for one in self.letters.get(topic, ()) if one.group == group), None)

    def groups(self) -> list[str]:
        """Every handler group, without the desk."""
        names = {route.group for routes in self.letters.values() for route in routes}
        return sorted(names - {DESK})

    def topics(self, group: str) -> list[str]:
        """The topics that a group receives."""
        return sorted(topic for topic in self.letters if self.route(topic, group))
