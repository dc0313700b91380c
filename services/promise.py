"""How long a case surely takes by its route (关键路径), and whether what is published as the promise is true (pure)."""

from collections.abc import Iterable, Mapping, Sequence

from people.errors import Problem
from services.conditions import Condition
from services.definition import Definition
from services.errors import broken
from services.limits import Duration, Limit
from services.regions import regions, shortest
from services.route import Route, Step, active_steps
from services.walk import longest

WRONG_PROMISE = "WRONG_PROMISE"


def critical_path(route: Route, steps: Sequence[Step]) -> Duration:
    """The longest way through these steps, from acceptance to the last end: the larger of each kind of day."""
    return together(longest(route, steps).values())


def together(ends: Iterable[Duration]) -> Duration:
    """When all of several have ended: the larger of each kind of day."""
    found = list(ends)
    return Duration(
        max((end.working for end in found), default=0),
        max((end.calendar for end in found), default=0),
    )


def promise_for(definition: Definition, answers: Mapping[str, object]) -> Limit:
    """The promise (承诺时限) of one case: of a bundle in parts, what its chosen parts take at the longest.

    Never longer than the published promise unless that one is shorter than the steps need; days of two
    kinds on one path cannot be said as one limit, then the published promise stands.
    """
    published = definition.limits.promised
    if not definition.parts:
        return published
    needed = critical_path(definition.route, active_steps(definition.route, answers))
    return as_limit(needed, published)


def as_limit(needed: Duration, published: Limit) -> Limit:
    """A duration of one kind of day as a limit; the published one when it mixes kinds or is nothing."""
    if bool(needed.working) == bool(needed.calendar):
        return published
    if needed.working:
        return Limit(needed.working, "working", published.basis)
    return Limit(needed.calendar, "calendar", published.basis)


def promise_problems(definition: Definition) -> list[Problem]:
    """WRONG_PROMISE with both numbers when a published promise is shorter than its longest path.

    `promised` and `needed` are days, `example` the fewest answers after which it cannot be kept. Of one
    item or bundle; raises TooManyRegions.
    """
    route, promised = definition.route, definition.limits.promised
    conditions: list[Condition] = [step.when for step in route.steps if step.when is not None]
    found = regions(definition.form, conditions)
    paths = [critical_path(route, active_steps(route, region.answers)) for region in found]
    needed = together(paths)
    late = {id(region): not path.fits(promised) for region, path in zip(found, paths, strict=True)}
    if not any(late.values()):
        return []
    example = shortest(found, lambda region: late[id(region)])
    params = {"promised": promised.days, "needed": needed.working + needed.calendar}
    return [broken("limits.promised", WRONG_PROMISE, example=example, **params)]
