"""The ways in which a definition's cases go: its regions of answers, and how their steps hang together (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from services.definition import Definition
from services.limits import Duration
from services.regions import Region, Sample, regions, shortest
from services.walk import Plan, Run, ends_of, plan_of, runs

Active = frozenset[str]  # ids of the steps that some answers call for


@dataclass
class Walk:
    """The regions of a route; for each set of active steps its plan, its runs and how long its steps take."""

    definition: Definition
    regions: list[Region]
    keys: list[Active]  # of each region
    plans: dict[Active, Plan] = field(default_factory=dict)
    runs: dict[Active, list[Run]] = field(default_factory=dict)
    ends: dict[Active, dict[str, Duration]] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """Days of the longest path, of either kind."""
        ends = [end for found in self.ends.values() for end in found.values()]
        return max((end.working + end.calendar for end in ends), default=0)

    @property
    def figures(self) -> Mapping[str, int]:
        """How much was walked."""
        return {
            "regions": len(self.regions),
            "runs": sum(len(found) for found in self.runs.values()),
            "longest_path": self.longest,
        }

    def example(self, failing: Mapping[Active, bool]) -> Sample:
        """The fewest answers after which all cases are failing ones; some must fail."""
        of_region = dict(zip(map(id, self.regions), self.keys, strict=True))
        return shortest(self.regions, lambda region: failing[of_region[id(region)]])

    def plans_of(self, example: Sample) -> list[Plan]:
        """The plans of the regions that an example allows, each once."""
        keys = {
            key: None
            for region, key in zip(self.regions, self.keys, strict=True)
            if all(repr(region.sample[path]) == repr(value) for path, value in example.items())
        }
        return [self.plans[key] for key in keys]


def walk_of(definition: Definition) -> Walk:
    """Everything that the rules of a route ask. Raises TooManyRegions."""
    route = definition.route
    conditions = [step.when for step in route.steps if step.when is not None]
    found = regions(definition.form, conditions)
    walk = Walk(definition, found, [])
    for region in found:
        active = [s for s in route.steps if s.when is None or s.when.holds(region.answers)]
        key = frozenset(step.id for step in active)
        walk.keys.append(key)
        if key not in walk.plans:
            plan = walk.plans[key] = plan_of(route, active)
            walk.runs[key] = list(runs(plan))
            walk.ends[key] = ends_of(route, plan)
    return walk
