"""What a region changes of a standard version (地区差异): a typed patch, and the definition it gives (pure)."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from people.errors import Problem
from services.diff import get, holder_of, put, same, take
from services.drafts import value_fault
from services.errors import broken, check
from services.node import Node
from services.places import is_plain, names_of

OPS = ("set", "add", "remove")
MOST_OPS = 200
MOST_TEXT = 1000


@dataclass(frozen=True)
class Op:
    """One change at a place (services.places).

    `set` puts a value; `add` appends a member to a list; `remove` takes a member away, of a list of texts
    the one that equals `value`.
    """

    op: str
    at: str
    value: object = None


@dataclass(frozen=True)
class Patch:
    """The changes of one region, why it makes them, and on which basis."""

    ops: tuple[Op, ...]
    reason: str
    basis: str = ""


def read_patch(data: Mapping[str, object]) -> Patch:
    """The patch that a mapping `{reason, basis, ops: [{op, at, value}]}` states.

    Raises DefinitionInvalid with every fault; places begin with `patch`.
    """
    problems: list[Problem] = []
    root = Node(data, "patch", problems)
    nodes = root.nodes("ops")
    if not 0 < len(nodes) <= MOST_OPS:
        root.fault("NOT_A_LIST", "ops", limit=MOST_OPS)
    patch = Patch(
        ops=tuple(_op(node) for node in nodes[:MOST_OPS]),
        reason=root.text("reason", most=MOST_TEXT),
        basis=root.text("basis", None, most=MOST_TEXT),
    )
    root.done()
    check(problems)
    return patch


def _op(node: Node) -> Op:
    op = node.one_of("op", OPS)
    at = node.text("at", most=400)
    if at and not all(is_plain(name) for name in at.split(".")):
        node.fault("BAD_NAME", "at", value=at)
    value = node.raw("value")
    if op != "remove" and "value" not in node.data:
        node.fault("MISSING", "value")
    elif (rule := value_fault(value)) != "":
        node.fault(rule, "value")
    node.done()
    return Op(op, at, value)


def apply_patch(
    definition: Mapping[str, object], patch: Patch | Mapping[str, object]
) -> dict[str, object]:
    """The definition of the region; neither argument is touched.

    Raises DefinitionInvalid: PATCH_PLACE_GONE where the standard has no such place, PATCH_TAKEN where a
    member of that name is there already, PATCH_NO_LIST; every op that does not fit is told.
    """
    read = patch if isinstance(patch, Patch) else read_patch(patch)
    changed = deepcopy(dict(definition))
    problems = []
    for number, op in enumerate(read.ops):
        rule = _applied(changed, op)
        if rule:
            problems.append(broken(f"patch.ops.{number}", rule, at=op.at))
    check(problems)
    return changed


def _applied(root: dict[str, object], op: Op) -> str:
    """Applies one op; returns the rule that it breaks, or nothing."""
    *way, name = op.at.split(".")
    try:
        holder = holder_of(root, way)
        if op.op == "set":
            put(holder, name, deepcopy(op.value))
        elif op.op == "add":
            return _added(get(holder, name), op.value)
        elif op.value is None:
            take(holder, name)
        else:
            return _taken(get(holder, name), op.value)
    except KeyError:
        return "PATCH_PLACE_GONE"
    return ""


def _added(members: object, value: object) -> str:
    if not isinstance(members, list):
        return "PATCH_NO_LIST"
    names = {name for member in members for name in names_of(member)}
    if any(same(member, value) for member in members) or names & set(names_of(value)):
        return "PATCH_TAKEN"
    members.append(deepcopy(value))
    return ""


def _taken(members: object, value: object) -> str:
    if not isinstance(members, list):
        return "PATCH_NO_LIST"
    at = next(
        (n for n, member in enumerate(cast(Sequence[object], members)) if same(member, value)), None
    )
    if at is None:
        return "PATCH_PLACE_GONE"
    del members[at]
    return ""
