"""Which texts are conditions: CEL by cel-python's grammar, cut down to our subset and type-checked (pure).

The text is refused before parsing when it is long or deeply nested (cel-python fails with a
RecursionError at 200 parentheses), so a definition from anywhere may be read safely.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Protocol

from celpy.celparser import CELParseError, CELParser
from lark import Token, Tree

from services.errors import ConditionInvalid
from services.logic import (
    Among,
    Atom,
    Compare,
    CompareFields,
    Condition,
    Constant,
    Every,
    Expression,
    Includes,
    Negation,
    Present,
    Some,
    constants_of,
)

__all__ = ["Condition", "parse_condition"]

LONGEST = 2000  # bytes of UTF-8
DEEPEST = 20  # brackets open at once
MOST_NOTS = 20
ROOT = "answers"
ROW = "row"  # in a column of rows: the row it stands in
OWN_ROW = "@row."  # how a path into the own row begins; no field of a form is called so
_OPERATORS = {
    "relation_lt": "<",
    "relation_le": "<=",
    "relation_gt": ">",
    "relation_ge": ">=",
    "relation_eq": "==",
    "relation_ne": "!=",
    "relation_in": "in",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_ORDERED = frozenset({"integer", "number", "date"})
_PAIRED = {"integer": "number", "long_text": "text"}  # kinds that compare with each other
_FAR = 2**53
# Rules of the grammar that, with a single child, mean what that child means; a list of one does not.
_PASSING_ON = frozenset(
    {"expr", "conditionalor", "conditionaland", "relation", "addition", "multiplication", "unary"}
    | {"member", "primary", "paren_expr"}
)


class Typed(Protocol):
    """What a field tells the type check."""

    @property
    def type(self) -> str: ...

    @property
    def choices(self) -> frozenset[str]: ...


class FormTypes(Protocol):
    """A form, as far as conditions ask it."""

    def field(self, path: str) -> Typed | None: ...


def parse_condition(text: str, form: FormTypes, *, pairs: bool = False) -> Condition:
    """The condition that a text like `answers.premises.area > 300` states over a form.

    Only with `pairs` it may compare two fields with each other. Raises ConditionInvalid:
    CONDITION_TOO_LONG, CONDITION_TOO_DEEP, CONDITION_SYNTAX, CONDITION_OUTSIDE_SUBSET, CONDITION_FIELD,
    CONDITION_TYPE.
    """
    condition = Condition(text, _parse(text))
    for atom in condition.atoms:
        _check_types(atom, form)
    for pair in condition.pairs:
        if not pairs or _is_negated(condition.expression):
            raise ConditionInvalid("CONDITION_OUTSIDE_SUBSET", f"{pair.left}, {pair.right}")
        _check_pair(pair, form)
    return condition


@lru_cache(maxsize=1024)
def _parse(text: str) -> Expression:
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST:
        raise ConditionInvalid("CONDITION_TOO_LONG", f"{LONGEST} bytes")
    depth = deepest = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        deepest = max(deepest, depth)
    if deepest > DEEPEST or text.count("!") - text.count("!=") > MOST_NOTS:
        raise ConditionInvalid("CONDITION_TOO_DEEP", str(DEEPEST))
    try:
        tree = CELParser().parse(text)
    except CELParseError as error:
        raise ConditionInvalid("CONDITION_SYNTAX", f"column {error.column or '?'}") from error
    return _expression(tree)


def _core(node: Tree[Token]) -> Tree[Token]:
    """The node without the grammar's rules that only pass one child on, and without brackets."""
    while (
        str(node.data) in _PASSING_ON
        and len(node.children) == 1
        and isinstance(node.children[0], Tree)
    ):
        node = node.children[0]
    return node


def _expression(node: Tree[Token]) -> Expression:
    node = _core(node)
    kind = str(node.data)
    if kind in {"conditionalor", "conditionaland"}:
        parts = tuple(_expression(part) for part in _flat(node, kind))
        return Some(parts) if kind == "conditionalor" else Every(parts)
    if kind == "unary" and _name(node.children[0]) == "unary_not":
        return Negation(_expression(_subtree(node.children[1])))
    if kind == "relation":
        return _relation(node)
    if kind == "ident_arg":
        return _presence(node)
    if kind == "member_dot":
        return Compare(_path(node), "==", True)
    raise _outside(node)


def _flat(node: Tree[Token], kind: str) -> Iterator[Tree[Token]]:
    """`a || b || c` is nested to the left; its parts in reading order."""
    parts: list[Tree[Token]] = []
    while str(node.data) == kind and len(node.children) == 2:
        parts.append(_subtree(node.children[1]))
        node = _core(_subtree(node.children[0]))
    return iter([node, *reversed(parts)])


def _relation(node: Tree[Token]) -> Atom | CompareFields:
    relop = _subtree(node.children[0])
    sign = _OPERATORS[str(relop.data)]
    left, right = _core(_subtree(relop.children[0])), _core(_subtree(node.children[1]))
    if sign == "in":
        if str(left.data) == "member_dot":
            return Among(_path(left), _constants(right))
        return Includes(_path(right), _constant(left))
    if str(left.data) == str(right.data) == "member_dot":
        return CompareFields(_path(left), sign, _path(right))
    if str(left.data) == "member_dot":
        return Compare(_path(left), sign, _constant(right))
    return Compare(_path(right), _MIRRORED[sign], _constant(left))


def _presence(node: Tree[Token]) -> Present:
    """`has(field)` is the one call of the subset; every other call and macro is refused."""
    if str(node.children[0]) != "has" or len(node.children) != 2:
        raise _outside(node)
    arguments = _subtree(node.children[1]).children
    if len(arguments) != 1:
        raise _outside(node)
    return Present(_path(_core(_subtree(arguments[0]))))


def _path(node: Tree[Token]) -> str:
    names: list[str] = []
    while str(node.data) == "member_dot":
        names.append(str(node.children[1]))
        node = _core(_subtree(node.children[0]))
    root = str(node.children[0]) if str(node.data) == "ident" else ""
    if root not in {ROOT, ROW} or not names:
        raise _outside(node)
    return (OWN_ROW if root == ROW else "") + ".".join(reversed(names))


def _constants(node: Tree[Token]) -> tuple[Constant, ...]:
    if str(node.data) != "list_lit" or not node.children:
        raise _outside(node)
    members = _subtree(node.children[0])
    return tuple(_constant(_core(_subtree(member))) for member in members.children)


def _constant(node: Tree[Token]) -> Constant:
    if str(node.data) != "literal":
        raise _outside(node)
    token = node.children[0]
    text, kind = str(token), getattr(token, "type", "")
    if kind == "BOOL_LIT":
        return text == "true"
    if kind == "STRING_LIT" and text[0] in "\"'" and "\\" not in text:
        return text[1:-1]
    if kind == "INT_LIT" and "x" not in text and abs(int(text)) <= _FAR:
        return int(text)
    if kind == "FLOAT_LIT" and abs(float(text)) <= _FAR:
        return float(text)
    raise _outside(node)


def _check_types(atom: Atom, form: FormTypes) -> None:
    field = form.field(atom.path)
    if field is None:
        raise ConditionInvalid("CONDITION_FIELD", atom.path)
    if isinstance(atom, Present):
        return
    several = field.type == "choices"
    if field.type == "rows" or several != isinstance(atom, Includes):
        raise ConditionInvalid("CONDITION_TYPE", atom.path)
    ordering = isinstance(atom, Compare) and atom.operator not in {"==", "!="}
    if ordering and field.type not in _ORDERED:
        raise ConditionInvalid("CONDITION_TYPE", atom.path)
    for constant in constants_of(atom):
        if not _fits(constant, field):
            raise ConditionInvalid("CONDITION_TYPE", f"{atom.path}: {constant!r}")


def _is_negated(expression: Expression) -> bool:
    """Whether a comparison of two fields stands under a `!`, where nothing to compare would be false."""
    match expression:
        case Every() | Some():
            return any(_is_negated(part) for part in expression.parts)
        case Negation():
            return bool(Condition("", expression).pairs)
        case _:
            return False


def _check_pair(pair: CompareFields, form: FormTypes) -> None:
    """Both are there, of one kind, and have an order when they are ordered."""
    left, right = form.field(pair.left), form.field(pair.right)
    if left is None or right is None:
        raise ConditionInvalid("CONDITION_FIELD", pair.right if left else pair.left)
    kinds = [_PAIRED.get(field.type, field.type) for field in (left, right)]
    ordering = pair.operator not in {"==", "!="}
    if kinds[0] != kinds[1] or kinds[0] in {"rows", "choices"}:
        raise ConditionInvalid("CONDITION_TYPE", f"{pair.left}, {pair.right}")
    if ordering and left.type not in _ORDERED:
        raise ConditionInvalid("CONDITION_TYPE", pair.left)


def _fits(constant: Constant, field: Typed) -> bool:
    kinds: Mapping[str, type | tuple[type, ...]] = {
        "boolean": bool,
        "integer": int,
        "number": (int, float),
    }
    if isinstance(constant, bool) != (field.type == "boolean"):
        return False
    if field.type == "date" and not _is_day(constant):
        return False
    if field.choices and constant not in field.choices:
        return False
    return isinstance(constant, kinds.get(field.type, str))


def _is_day(constant: Constant) -> bool:
    try:
        return date.fromisoformat(str(constant)).isoformat() == constant
    except ValueError:
        return False


def _subtree(child: "Tree[Token] | Token") -> Tree[Token]:
    if not isinstance(child, Tree):
        raise ConditionInvalid("CONDITION_OUTSIDE_SUBSET", str(child))
    return child


def _name(child: "Tree[Token] | Token") -> str:
    return str(child.data) if isinstance(child, Tree) else ""


def _outside(node: Tree[Token]) -> ConditionInvalid:
    return ConditionInvalid("CONDITION_OUTSIDE_SUBSET", str(node.data))
