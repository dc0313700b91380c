"""How the route of a definition is read: steps with their departments, order, limits and basis (pure)."""

from services.conditions import ROOT
from services.form import Form
from services.form_definition import NAME, read_condition
from services.limits import KINDS, Limit
from services.node import Node
from services.route import GROUP_JOINS, JOINS, SILENCES, STEP_KINDS, Route, Step, StepGroup

TYPE_CODE = r"[A-Z][A-Z0-9_]{2,59}"
REGISTER_CODE = TYPE_CODE


def read_route(root: Node, form: Form, at: str, lead: str) -> Route:
    """The route under `route`, `groups`, `join` and `quorum`; a step without `at` has the item's."""
    steps = tuple(_step(node, form, at) for node in root.nodes("route"))
    return Route(
        steps=steps,
        join=root.one_of("join", JOINS),
        lead=lead,
        quorum=root.integer("quorum", 0, most=99),
        groups=tuple(_group(node) for node in root.nodes("groups", None)),
    )


def _group(node: Node) -> StepGroup:
    group = StepGroup(
        id=node.text("id", form=NAME),
        name=node.text("name", most=100),
        join=node.one_of("join", GROUP_JOINS),
    )
    node.done()
    return group


def read_division_path(node: Node, form: Form, default: str | None = None) -> str:
    """The path behind `answers.` at `at`: a required field of type division."""
    text = node.text("at") if default is None else node.text("at", None)
    if not text and default is not None:
        return default
    path = text.removeprefix(f"{ROOT}.")
    field = form.field(path)
    if path == text or field is None or field.type != "division" or not field.is_always_needed:
        node.fault("NOT_A_DIVISION", "at", value=text)
    return path


def read_limit(node: Node, key: str, default: int | None = None) -> Limit | None:
    """A limit `{days, kind, basis}`: the kind of day must be said. The default is in working days."""
    found = node.node(key, None)
    if found is None:
        return None if default is None else Limit(default, "working", "行政许可法")
    limit = Limit(
        days=found.integer("days", most=3650),
        kind=found.one_of("kind", KINDS),
        basis=found.text("basis", None),
    )
    found.done()
    return limit


def _step(node: Node, form: Form, at: str) -> Step:
    step = Step(
        id=node.text("id", form=NAME),
        name=node.text("name", most=100),
        kind=node.one_of("kind", STEP_KINDS),
        departments=node.texts("department"),
        at=read_division_path(node, form, at),
        within=_within(node),
        reads=node.texts("reads"),
        when=read_condition(node, "when", form),
        before=node.texts("before", None),
        result=node.text("result", None, form=TYPE_CODE),
        item=node.text("item", None, most=36),
        basis="；".join(node.texts("basis", None)),
        statutory=read_limit(node, "statutory"),
        opinions=node.integer("opinions", 1, least=1, most=9),
        on_silence=node.one_of("on_silence", SILENCES, "wait"),
        group=node.text("group", None, form=NAME),
        register=node.text("register", None, form=REGISTER_CODE),
        asks=node.pairs("asks", None),
        stop=node.text("stop", None, form=NAME),
    )
    node.done()
    return step


def _within(node: Node) -> Limit:
    limit = read_limit(node, "within")
    if limit is None:
        node.fault("MISSING", "within")
    return limit or Limit(0, "working")
