"""How the parts of a bundle are read, and what they take out of its form, materials and route (pure)."""

from services.conditions import ROOT, Condition, parse_condition
from services.errors import ConditionInvalid
from services.form import Form
from services.form_definition import NAME, SITUATION, read_condition
from services.materials import Material
from services.node import Node
from services.parts import Part, trimmed_form, trimmed_materials, trimmed_route
from services.route import Route

Trimmed = tuple[tuple[Part, ...], Form, tuple[Material, ...], Route]


def read_parts(root: Node, form: Form, materials: tuple[Material, ...], route: Route) -> Trimmed:
    """The parts under `parts`, which may be absent, with form, materials and route cut to what is chosen.

    A part with `choose: G` is the option of its own id of the field `situation.G`, one with `on_demand`
    the yes of the field `situation.<id>`; its `when` says otherwise.
    """
    parts = tuple(_part(node, form) for node in root.nodes("parts", None))
    if parts and not root.flag("bundle"):
        root.fault("PARTS_OF_BUNDLES_ONLY", "parts")
    _check_steps(root, parts, route)
    if not all(name in {step.id for step in route.steps} for part in parts for name in part.steps):
        return parts, form, materials, route
    limited = trimmed_materials(parts, route, materials)
    return (
        parts,
        trimmed_form(parts, route, limited, form),
        limited,
        trimmed_route(parts, route),
    )


def _part(node: Node, form: Form) -> Part:
    name = node.text("id", form=NAME)
    choose, on_demand = node.text("choose", None, form=NAME), node.flag("on_demand")
    if choose and on_demand:
        node.fault("CHOICE_OR_DEMAND", "on_demand")
    when = read_condition(node, "when", form)
    if when is None and "when" not in node.data and (choose or on_demand):
        when = _default(node, form, name, choose)
    if when is not None and not (choose or on_demand):
        node.fault("WHEN_OF_OPTIONAL_PARTS", "when")
    part = Part(
        id=name,
        item=node.text("item", most=36),
        name=node.text("name", most=100),
        steps=node.texts("steps"),
        when=when,
        choose=choose,
        on_demand=on_demand,
    )
    node.done()
    return part


def _default(node: Node, form: Form, name: str, choose: str) -> Condition | None:
    """The question of the situation by which a part is chosen."""
    text = f"{ROOT}.{SITUATION}.{choose or name}" + (f' == "{name}"' if choose else "")
    try:
        return parse_condition(text, form)
    except ConditionInvalid as error:
        node.fault(error.rule, "choose" if choose else "on_demand", detail=error.detail)
        return None


def _check_steps(root: Node, parts: tuple[Part, ...], route: Route) -> None:
    """Each step of a part exists and belongs to it alone, each deciding step belongs to a part."""
    known = {step.id for step in route.steps}
    named = [name for part in parts for name in part.steps]
    for part in parts:
        for name in part.steps:
            if name not in known:
                root.fault("UNKNOWN_STEP", f"parts.{part.id}.steps", step=name)
            elif named.count(name) > 1:
                root.fault("STEP_OF_TWO_PARTS", f"parts.{part.id}.steps", step=name)
    for step in route.steps if parts else ():
        if step.decides and step.id not in named:
            root.fault("STEP_WITHOUT_PART", f"route.{step.id}")
