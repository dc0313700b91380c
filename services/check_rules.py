"""What is demanded of data checks (数据核验) and of the groups in which one of several suffices (pure)."""

from collections.abc import Collection

from people.errors import Problem
from services.definition import Definition
from services.errors import broken
from services.route import Route, Step, StepGroup

SUBJECT = "subject"  # whom a register is asked about, among `Step.asks`
SUBJECT_TYPES = frozenset({"id_number", "credit_code"})


def check_problems(definition: Definition, registers: Collection[str] | None) -> list[Problem]:
    """Broken rules of groups and registers, each with its place; `registers` there are, None when not asked."""
    route = definition.route
    known = {group.id for group in route.groups}
    failures = [
        broken(f"route.{step.id}.group", "UNKNOWN_GROUP", group=step.group)
        for step in route.steps
        if step.group and step.group not in known
    ]
    for group in route.groups:
        failures += _group_problems(route, group)
    for step in route.steps:
        failures += _register_problems(definition, step)
        if registers is not None and step.register and step.register not in registers:
            failures.append(broken(f"route.{step.id}.register", "UNKNOWN_REGISTER"))
    return failures


def _group_problems(route: Route, group: StepGroup) -> list[Problem]:
    """Alternatives are checks only: whether a decision or an advice is needed, no other step may settle."""
    place = f"groups.{group.id}"
    members = [step for step in route.steps if step.group == group.id]
    failures = [] if len(members) > 1 else [broken(place, "GROUP_OF_ONE")]
    if group.join == "any":
        failures += [
            broken(f"route.{step.id}.group", "ONLY_CHECKS_ARE_ALTERNATIVES", kind=step.kind)
            for step in members
            if step.kind != "verify"
        ]
    return failures


def _register_problems(definition: Definition, step: Step) -> list[Problem]:
    """A register answers a check, about one person or enterprise, and is told only what the step reads."""
    place = f"route.{step.id}.asks"
    if not step.register:
        return [broken(place, "ASKS_NOBODY")] if step.asks else []
    if step.kind != "verify":
        return [broken(f"route.{step.id}.register", "REGISTER_ANSWERS_CHECKS", kind=step.kind)]
    subject = definition.form.field(step.asks.get(SUBJECT, ""))
    failures = []
    if subject is None or subject.type not in SUBJECT_TYPES:
        failures.append(broken(place, "ASKS_ABOUT_NOBODY"))
    for path in step.asks.values():
        field = definition.form.field(path)
        if field is None:
            failures.append(broken(place, "UNKNOWN_PATH", path=path))
        elif not any(path == scope or path.startswith(f"{scope}.") for scope in step.reads):
            failures.append(broken(place, "ASKS_UNREAD", path=path))
    return failures
