"""Whether a definition is sound enough to be published, and the shortest counter-example if not (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from people.errors import Problem
from services.awaiting import awaiting_problems
from services.check_rules import check_problems
from services.definition import Definition
from services.errors import ROUTE_TOO_COMPLEX
from services.faces import CertificateTypes, face_problems, source_problems
from services.histories import told_at_least
from services.part_rules import part_problems
from services.provable import provable_problems
from services.regions import MOST, TooManyRegions
from services.requirements import requirement_problems
from services.route_rules import route_problems
from services.staff_rules import staff_problems
from services.step_rules import step_problems
from services.ways import walk_of

Staffed = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Proof:
    """What the walk found: every failure with its place and rule, and how much was walked."""

    failures: tuple[Problem, ...]
    figures: Mapping[str, int]

    @property
    def ok(self) -> bool:
        """Whether the definition may be published."""
        return not self.failures


def prove(
    definition: Definition,
    staffed: Staffed,
    certificate_types: CertificateTypes,
    registers: Collection[str] | None = None,
) -> Proof:
    """Walks the route over every region of the form and every way in which its decisions may come out.

    `staffed` is {division code: functions with somebody who may decide there}, or {function: how many
    people}; `certificate_types` what the library says of each type, `registers` those that answer checks.
    Above 4,096 regions: ROUTE_TOO_COMPLEX. A failure names its `rule`; `events` tell the shortest
    sequence of events that shows it (histories.py), `example` the answers among them.
    """
    failures = [
        *step_problems(definition),
        *check_problems(definition, registers),
        *source_problems(definition, certificate_types),
        *face_problems(definition, certificate_types),
        *provable_problems(definition, certificate_types),
    ]
    figures = {"steps": len(definition.route.steps), "fields": len(definition.form.fields)}
    try:
        walk = walk_of(definition)
        failures += requirement_problems(definition, certificate_types)
        failures += awaiting_problems(walk, certificate_types)
        failures += part_problems(definition)
    except TooManyRegions:
        failures += staff_problems(definition, staffed, None)
        failures.append(Problem(ROUTE_TOO_COMPLEX, "route", {"limit": MOST}))
        return Proof(tuple(failures), figures)
    failures += staff_problems(definition, staffed, walk)
    failures += route_problems(walk)
    figures |= walk.figures
    return Proof(tuple(told_at_least(definition, failure) for failure in failures), figures)
