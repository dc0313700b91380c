"""Whether a bundle says of which items it consists, asks each thing once, and promises what it takes (pure)."""

from collections.abc import Iterator

from services.definition import Definition
from services.fields import Field
from services.lint_facts import Facts, Found
from services.promise import promise_problems
from services.regions import TooManyRegions


def wrong_promise(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """A published promise is no shorter than the longest way through the steps; both numbers are told."""
    try:
        problems = promise_problems(definition)
    except TooManyRegions:  # the proof says so
        return
    for problem in problems:
        yield problem.field, {name: problem.params[name] for name in ("promised", "needed")}


def bundle_without_parts(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """A bundle of several decisions names the items of which it consists."""
    decisions = [step for step in definition.route.steps if step.decides]
    if definition.is_bundle and not definition.parts and len(decisions) > 1:
        yield "parts", {"decisions": len(decisions)}


def same_question(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Two fields of one name and kind that only different parts read are one question asked twice."""
    if not definition.parts:
        return
    first: dict[tuple[str, str], Field] = {}
    for field in definition.form.fields:
        same = first.setdefault((field.label, field.type), field)
        if same is not field and not field.awaited and not _share(definition, same, field):
            yield field.place, {"label": field.label, "path": same.path}


def _share(definition: Definition, one: Field, other: Field) -> bool:
    """Whether some step reads both: then they are about two things, such as two people's names."""
    return any(
        _reads(step.reads, one.path) and _reads(step.reads, other.path)
        for step in definition.route.steps
    )


def _reads(scopes: tuple[str, ...], path: str) -> bool:
    return any(path == scope or path.startswith(f"{scope}.") for scope in scopes)
