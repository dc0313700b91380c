"""A condition as a table that people fill in, and back to its text (条件表, pure).

Rows compare one field each. All of them must hold, or any of them; rows that share a group are joined
the other way first. What such a table cannot show (a condition nested deeper, or negated as a whole) has
no table: it stays a text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from people.errors import Refusal
from services.conditions import ROOT
from services.errors import INVALID_CHOICE, INVALID_VALUE
from services.fields import Field, clean_value
from services.logic import (
    Among,
    Compare,
    Condition,
    Constant,
    Every,
    Expression,
    Includes,
    Negation,
    Present,
    Some,
)

JOINS = {"all": "以下各行全部满足", "any": "以下各行满足任意一行"}
OPERATORS = {
    "eq": "等于",
    "ne": "不等于",
    "gt": "大于",
    "ge": "大于或等于",
    "lt": "小于",
    "le": "小于或等于",
    "among": "是其中之一",
    "not_among": "不是其中任何一个（含未填写）",
    "includes": "包含",
    "excludes": "不包含（含未填写）",
    "yes": "为“是”",
    "no": "为“否”",
    "not_yes": "不为“是”（含未填写）",
    "filled": "已填写",
    "empty": "未填写",
}
UNARY = frozenset({"yes", "no", "not_yes", "filled", "empty"})  # take no value
SEVERAL = frozenset({"among", "not_among"})  # take several
_SIGNS = {"eq": "==", "ne": "!=", "gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_NAMES = {sign: name for name, sign in _SIGNS.items()}
_ORDERED = ("eq", "ne", "gt", "ge", "lt", "le", "filled", "empty")
_WORDED = ("eq", "ne", "among", "not_among", "filled", "empty")
_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "boolean": ("yes", "no", "not_yes", "filled", "empty"),
    "integer": _ORDERED,
    "number": _ORDERED,
    "date": _ORDERED,
    "choices": ("includes", "excludes", "filled", "empty"),
    "rows": ("filled", "empty"),
}


@dataclass(frozen=True)
class Row:
    """One comparison of a field; rows of the same `group` belong together, 0 stands by itself."""

    path: str
    operator: str
    values: tuple[Constant, ...] = ()
    group: int = 0


@dataclass(frozen=True)
class ConditionTable:
    """Rows that must `all` hold or of which `any` is enough."""

    join: str
    rows: tuple[Row, ...]


def operators_for(kind: str) -> tuple[str, ...]:
    """The operators that a type of field takes, the usual one first."""
    return _BY_TYPE.get(kind, _WORDED)


def canonical_table(table: ConditionTable) -> ConditionTable:
    """The same condition in its one form: groups together, counted from 1, none of a single row."""
    grouped: dict[object, list[Row]] = {}
    for number, row in enumerate(table.rows):
        grouped.setdefault(row.group or f"alone {number}", []).append(row)
    if len(grouped) == 1 and len(table.rows) > 1:
        join = "any" if table.join == "all" else "all"
        return ConditionTable(join, tuple(replace(row, group=0) for row in table.rows))
    rows: list[Row] = []
    count = 0
    for members in grouped.values():
        count += len(members) > 1
        group = count if len(members) > 1 else 0
        rows += [replace(row, group=group) for row in members]
    return ConditionTable("all" if len(rows) < 2 else table.join, tuple(rows))


def text_of(table: ConditionTable) -> str:
    """The condition that a table states; empty for a table without rows."""
    table = canonical_table(table)
    outer, inner = (" && ", " || ") if table.join == "all" else (" || ", " && ")
    parts: dict[object, list[str]] = {}
    for number, row in enumerate(table.rows):
        parts.setdefault(row.group or f"alone {number}", []).append(_written(row))
    return outer.join(
        members[0] if len(members) == 1 else f"({inner.join(members)})"
        for members in parts.values()
    )


def table_of(condition: Condition) -> ConditionTable | None:
    """The table that shows a condition, or None when no table can."""
    expression = condition.expression
    row = _row(expression)
    if row is not None:
        return ConditionTable("all", (row,))
    if not isinstance(expression, Every | Some):
        return None
    rows: list[Row] = []
    group = 0
    for part in _flat(expression):
        row = _row(part)
        if row is not None:
            rows.append(row)
            continue
        group += 1
        found = [_row(member) for member in _flat(part)] if isinstance(part, Every | Some) else []
        members = [replace(row, group=group) for row in found if row is not None]
        if not members or len(members) != len(found):
            return None
        rows += members
    return ConditionTable("all" if isinstance(expression, Every) else "any", tuple(rows))


def read_value(field: Field, text: str) -> Constant:
    """The constant that somebody typed for a field; a choice by its words or its code.

    Raises the Refusal of the field's own check, INVALID_VALUE for what cannot stand in a condition.
    """
    text = text.strip()
    if field.options:
        codes = {option.label: option.code for option in field.options}
        code = codes.get(text, text)
        if code not in field.choices:
            raise Refusal(INVALID_CHOICE)
        return code
    free = replace(field, minimum=None, maximum=None, earliest="", latest="")
    value = clean_value(free, text)
    if not isinstance(value, bool | int | float | str):
        raise Refusal(INVALID_VALUE)
    _quoted(value)
    return value


def worded_value(field: Field | None, value: Constant) -> str:
    """A constant in the words that people type and read."""
    labels = {option.code: option.label for option in field.options} if field else {}
    return labels.get(str(value)) or _plain(value)


def _flat(expression: "Every | Some") -> list[Expression]:
    """Its parts, with parts joined the same way taken apart."""
    kind = type(expression)
    found: list[Expression] = []
    for part in expression.parts:
        found += _flat(part) if isinstance(part, kind) else [part]
    return found


def _row(expression: Expression) -> Row | None:
    match expression:
        case Compare(path, "==" | "!=" as sign, bool(constant)):
            return Row(path, "yes" if constant == (sign == "==") else "no")
        case Compare(path, sign, constant):
            return Row(path, _NAMES[sign], (constant,))
        case Among(path, constants):
            return Row(path, "among", constants)
        case Includes(path, constant):
            return Row(path, "includes", (constant,))
        case Present(path):
            return Row(path, "filled")
        case Negation(part):
            return _negated(part)
    return None


def _negated(part: Expression) -> Row | None:
    match part:
        case Present(path):
            return Row(path, "empty")
        case Among(path, constants):
            return Row(path, "not_among", constants)
        case Includes(path, constant):
            return Row(path, "excludes", (constant,))
        case Compare(path, "==", True):
            return Row(path, "not_yes")
    return None


def _written(row: Row) -> str:
    """One row in CEL."""
    path = f"{ROOT}.{row.path}"
    if row.operator in _SIGNS:
        return f"{path} {_SIGNS[row.operator]} {_quoted(row.values[0])}"
    if row.operator in SEVERAL:
        among = f"{path} in [{_listed(row.values)}]"
        return among if row.operator == "among" else f"!({among})"
    if row.operator in {"includes", "excludes"}:
        includes = f"{_quoted(row.values[0])} in {path}"
        return includes if row.operator == "includes" else f"!({includes})"
    return {
        "yes": path,
        "no": f"{path} == false",
        "not_yes": f"!{path}",
        "filled": f"has({path})",
        "empty": f"!has({path})",
    }[row.operator]


def _listed(values: Sequence[Constant]) -> str:
    return ", ".join(map(_quoted, values))


def _quoted(value: Constant) -> str:
    """A constant as CEL writes it. Refusal INVALID_VALUE for a text that no quotes hold."""
    if isinstance(value, bool | int | float):
        return _plain(value).lower()
    quote = "'" if '"' in value else '"'
    if quote in value or "\\" in value or not value.isprintable():
        raise Refusal(INVALID_VALUE)
    return f"{quote}{value}{quote}"


def _plain(value: Constant) -> str:
    """A number without an exponent, all else as it is."""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)
