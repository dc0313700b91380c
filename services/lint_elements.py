"""Which elements a published item must have, and whether its codes agree with what it says (pure).

Missing where the national platform's tables (up_task_general_basic, _extend) take no empty value: an error. Missing
where they do: a warning. A bundle (一件事) has no power and no task code of its own.
"""

from collections.abc import Callable, Iterator, Mapping

from services.codes import Scope, item_type_of
from services.definition import Definition
from services.guide import Guide
from services.item_codes import catalogue_code, catalogue_part, fault_of, task_code
from services.lint_facts import Facts, Found


def _hours_everywhere(guide: Guide) -> bool:
    places = guide.contacts.places
    return bool(places) and all(place.hours for place in places)


Says = Callable[[Guide], object]
# Elements of the guide without which nothing is published, and how to see whether they are there.
NEEDED: Mapping[str, Says] = {
    "levels": lambda guide: guide.levels,
    "body": lambda guide: guide.body,
    "case_kind": lambda guide: guide.case_kind,
    "served": lambda guide: guide.served,
    "channels": lambda guide: guide.channels,
    "visits": lambda guide: guide.visits is not None,
    "flow": lambda guide: guide.flow,
    "outcomes": lambda guide: guide.outcomes,
    "charged": lambda guide: guide.charged is not None,
    "in_hall": lambda guide: guide.in_hall is not None,
    "express": lambda guide: guide.express is not None,
    "contacts.enquiry": lambda guide: guide.contacts.enquiry,
    "contacts.complaint": lambda guide: guide.contacts.complaint,
    "contacts.places": lambda guide: guide.contacts.places,
    "contacts.hours": lambda guide: guide.contacts.hours or _hours_everywhere(guide),
}
# Of what is no bundle besides.
OF_A_POWER: Mapping[str, Says] = {"power_source": lambda guide: guide.power_source}
WANTED: Mapping[str, Says] = {
    "review_kind": lambda guide: guide.review_kind,
    "scope": lambda guide: guide.scope,
    "online_depth": lambda guide: guide.online_depth,
    "quantity_limit": lambda guide: guide.quantity_limit,
    "appointment": lambda guide: guide.appointment is not None,
    "terminals": lambda guide: guide.terminals is not None,
    "rights": lambda guide: guide.rights,
    "duties": lambda guide: guide.duties,
}
WANTED_OF_A_POWER: Mapping[str, Says] = {"task_code": lambda guide: guide.task_code}
# 通办 beyond the county means that applying must not need a visit to one counter only.
WIDE = frozenset({Scope.NATION, Scope.PROVINCES, Scope.CITIES})


def no_guide(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """An item without any guide cannot be told to anybody."""
    if definition.guide.is_empty:
        yield "guide", {}


def missing_elements(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Elements without which the national platform takes no item."""
    needed = {**NEEDED, **({} if definition.is_bundle else OF_A_POWER)}
    yield from _absent(definition, needed)
    if not definition.guide.is_empty and not definition.conditions:
        yield "conditions", {}


def wanted_elements(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Elements that people miss, though an item may be published without them."""
    wanted = {**WANTED, **({} if definition.is_bundle else WANTED_OF_A_POWER)}
    yield from _absent(definition, wanted)
    for place in ("summary", "words"):
        if not getattr(definition, place):
            yield place, {}


def _absent(definition: Definition, elements: Mapping[str, Says]) -> Iterator[Found]:
    guide = definition.guide
    for name, says in elements.items():
        if not guide.is_empty and not says(guide):
            yield f"guide.{name}", {}


def type_of_code(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """The type inside the catalogue code is the item's type."""
    held = catalogue_part(definition.code)
    if held and not fault_of(catalogue_code, held):
        inside = catalogue_code(held).item_type
        if inside is not item_type_of(definition.item_type):
            yield "type", {"inside": inside.label, "code": definition.code}


def level_of_code(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """The level inside the task code is one of those at which the item is handled."""
    guide = definition.guide
    if guide.task_code and guide.levels and not fault_of(task_code, guide.task_code):
        inside = task_code(guide.task_code).level
        if inside not in guide.levels:
            yield "guide.levels", {"inside": inside.label}


def codes_of_steps(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """The items that the steps of a bundle decide have catalogue codes that are right."""
    for step in definition.route.steps:
        held = catalogue_part(step.item)
        part = fault_of(catalogue_code, held) if held else ""
        if part:
            yield f"route.{step.id}.item", {"part": part, "code": step.item}


def scope_and_channels(definition: Definition, _facts: Facts) -> Iterator[Found]:
    """Whoever may apply anywhere in the province must be able to do so without one counter."""
    guide = definition.guide
    if guide.scope in WIDE and guide.channels and set(map(str, guide.channels)) == {"counter"}:
        yield "guide.scope", {}
