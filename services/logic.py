"""When a condition over a form's answers holds (pure): a small, total subset of CEL, evaluated by us.

And, or and not over comparisons of ONE field with constants, membership and presence. Every value is
true or false: a comparison with a missing value is false, so `!(answers.x > 3)` holds without an x.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from services.answers import value_at

Constant = bool | int | float | str
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True)
class Compare:
    """A field against a constant. A boolean field alone is `== true`."""

    path: str
    operator: str
    constant: Constant

    def holds(self, answers: Mapping[str, object]) -> bool:
        """False for a missing value and for a value of another kind."""
        value = value_at(answers, self.path)
        if not alike(value, self.constant):
            return False
        return _COMPARISONS[self.operator](value, self.constant)


@dataclass(frozen=True)
class Among:
    """`field in [constants]`."""

    path: str
    constants: tuple[Constant, ...]

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the value equals one of the constants."""
        value = value_at(answers, self.path)
        return any(alike(value, constant) and value == constant for constant in self.constants)


@dataclass(frozen=True)
class Includes:
    """`constant in field`, for a field with several choices."""

    path: str
    constant: Constant

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the constant is among the chosen values."""
        value = value_at(answers, self.path)
        return isinstance(value, list) and self.constant in value


@dataclass(frozen=True)
class Present:
    """`has(field)`: something was answered."""

    path: str

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the field has a value."""
        return value_at(answers, self.path) is not None


@dataclass(frozen=True)
class CompareFields:
    """Two fields against each other; only the checks of a form (form_checks.py) may say so.

    It holds while one of them has no answer: there is nothing to compare yet.
    """

    left: str
    operator: str
    right: str

    def holds(self, answers: Mapping[str, object]) -> bool:
        """False only for two answers that do not compare so."""
        left, right = value_at(answers, self.left), value_at(answers, self.right)
        if left is None or right is None:
            return True
        return alike(left, right) and bool(_COMPARISONS[self.operator](left, right))


@dataclass(frozen=True)
class Negation:
    """`!part`."""

    part: "Expression"

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(answers)


@dataclass(frozen=True)
class Every:
    """`a && b && c`."""

    parts: tuple["Expression", ...]

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether all parts hold."""
        return all(part.holds(answers) for part in self.parts)


@dataclass(frozen=True)
class Some:
    """`a || b || c`."""

    parts: tuple["Expression", ...]

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether at least one part holds."""
        return any(part.holds(answers) for part in self.parts)


Atom = Compare | Among | Includes | Present
Expression = Atom | CompareFields | Negation | Every | Some


@dataclass(frozen=True)
class Condition:
    """A checked condition: its text as written, and what it means."""

    text: str
    expression: Expression

    def holds(self, answers: Mapping[str, object]) -> bool:
        """Whether it holds for nested answers; total, never raises."""
        return self.expression.holds(answers)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Its comparisons, memberships and presences, in reading order."""
        return tuple(one for one in _leaves(self.expression) if not isinstance(one, CompareFields))

    @property
    def pairs(self) -> tuple[CompareFields, ...]:
        """Its comparisons of two fields; none but in the checks of a form."""
        return tuple(one for one in _leaves(self.expression) if isinstance(one, CompareFields))

    @property
    def paths(self) -> frozenset[str]:
        """The fields it asks."""
        both = {path for pair in self.pairs for path in (pair.left, pair.right)}
        return frozenset({atom.path for atom in self.atoms} | both)

    def also(self, other: "Condition | None") -> "Condition":
        """This and another condition."""
        if other is None:
            return self
        both = Every((self.expression, other.expression))
        return Condition(f"({self.text}) && ({other.text})", both)


def constants_of(atom: Atom) -> tuple[Constant, ...]:
    """The constants that an atom compares its field with; none for presence."""
    match atom:
        case Among():
            return atom.constants
        case Compare() | Includes():
            return (atom.constant,)
        case Present():
            return ()


def _leaves(expression: Expression) -> list[Atom | CompareFields]:
    match expression:
        case Every() | Some():
            return [leaf for part in expression.parts for leaf in _leaves(part)]
        case Negation():
            return _leaves(expression.part)
        case _:
            return [expression]


def alike(value: object, constant: object) -> bool:
    """Whether two values may be compared: both texts, both numbers, or both booleans."""
    if isinstance(value, bool) or isinstance(constant, bool):
        return isinstance(value, bool) and isinstance(constant, bool)
    if isinstance(constant, str):
        return isinstance(value, str)
    return isinstance(value, int | float) and isinstance(constant, int | float)
