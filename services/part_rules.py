"""What a bundle in parts and a situation must satisfy before they are published (pure)."""

from collections import Counter
from collections.abc import Iterator

from people.errors import Problem
from services.conditions import Condition
from services.definition import Definition
from services.errors import broken
from services.fields import Field
from services.parts import Part
from services.regions import Region, regions, shortest
from services.route import active_steps


def part_problems(definition: Definition) -> list[Problem]:
    """Broken rules of parts, eligibility and shared questions, each with its place. Raises TooManyRegions."""
    return [
        *_eligibility_problems(definition),
        *_asked_twice(definition),
        *_group_problems(definition),
        *_choice_problems(definition),
    ]


def _eligibility_problems(definition: Definition) -> list[Problem]:
    """Somebody may be eligible and somebody not; a rule asks only what the applicant answers."""
    form = definition.form
    failures = []
    for rule in definition.eligibility:
        place = f"eligibility.{rule.id}.when"
        verdicts = {rule.when.holds(region.answers) for region in regions(form, [rule.when])}
        if True not in verdicts:
            failures.append(broken(place, "CONDITION_NEVER_HOLDS"))
        elif False not in verdicts:
            failures.append(broken(place, "CONDITION_ALWAYS_HOLDS"))
    for place, condition in _own_conditions(definition):
        awaited = [path for path in sorted(condition.paths) if _is_awaited(definition, path)]
        failures += [broken(place, "RESULT_IN_CONDITION", path=path) for path in awaited]
    return failures


def _own_conditions(definition: Definition) -> Iterator[tuple[str, Condition]]:
    for rule in definition.eligibility:
        yield f"eligibility.{rule.id}.when", rule.when
    for part in definition.parts:
        if part.when is not None:
            yield f"parts.{part.id}.when", part.when


def _is_awaited(definition: Definition, path: str) -> bool:
    field = definition.form.field(path)
    return field is not None and bool(field.awaited)


def _asked_twice(definition: Definition) -> list[Problem]:
    """In a bundle every shared question is asked once: no two fields want the same fact of the same person."""
    if not definition.is_bundle:
        return []
    first: dict[tuple[str, str, str], Field] = {}
    failures = []
    for field in definition.form.fields:
        for source in field.sources[:1]:
            same = first.setdefault((source.type, source.field, source.holder), field)
            if same is not field and not field.awaited:
                failures.append(broken(field.place, "ASKED_TWICE", path=same.path))
    return failures


def _group_problems(definition: Definition) -> list[Problem]:
    """A choice is between several parts."""
    members = Counter(part.choose for part in definition.parts if part.choose)
    return [
        broken(f"parts.{part.id}.choose", "CHOICE_OF_ONE", group=part.choose)
        for part in definition.parts
        if members[part.choose] == 1
    ]


def _choice_problems(definition: Definition) -> list[Problem]:
    """Of a choice never two parts are done at once, and what is on demand may be left out."""
    optional = [part for part in definition.parts if part.is_optional]
    steps = {step.id: step for step in definition.route.steps}
    conditions = [steps[name].when for part in optional for name in part.steps]
    found = regions(definition.form, [c for c in conditions if c is not None]) if optional else []
    failures = []
    for part in optional:
        rivals = [p for p in optional if p.choose and p.choose == part.choose and p is not part]
        if all(_is_done(definition, part, region) for region in found):
            failures.append(broken(f"parts.{part.id}", "NO_CHOICE"))
        for rival in rivals:
            failures += _together(definition, part, rival, found) if part.id < rival.id else []
    return failures


def _together(
    definition: Definition, part: Part, rival: Part, found: list[Region]
) -> list[Problem]:
    def both(region: Region) -> bool:
        return _is_done(definition, part, region) and _is_done(definition, rival, region)

    if not any(map(both, found)):
        return []
    example = shortest(found, both)
    return [broken(f"parts.{rival.id}", "CHOSEN_TOGETHER", other=part.id, example=example)]


def _is_done(definition: Definition, part: Part, region: Region) -> bool:
    return any(step.id in part.steps for step in active_steps(definition.route, region.answers))
