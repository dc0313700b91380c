"""Which refusals the catalogue gives, and how a broken definition tells what is wrong where (pure)."""

from collections.abc import Sequence

from people.errors import Problem, Refusal, Refusals
from services.versions import Absence

# Of answers. Identity numbers and texts keep the codes of people.identifiers and people.texts.
REQUIRED = "REQUIRED"
UNKNOWN_FIELD = "UNKNOWN_FIELD"
INVALID_NUMBER = "INVALID_NUMBER"
INVALID_DATE = "INVALID_DATE"
INVALID_CHOICE = "INVALID_CHOICE"
INVALID_VALUE = "INVALID_VALUE"  # the wrong kind of JSON value, such as a list for a text
INVALID_FORMAT = "INVALID_FORMAT"  # a text that its field's pattern does not take
OUT_OF_RANGE = "OUT_OF_RANGE"
NOT_CALLED_FOR = "NOT_CALLED_FOR"  # an answer that the other answers do not ask for
CHECK_FAILED = "CHECK_FAILED"  # answers that do not go together
MATERIAL_MISSING = "MATERIAL_MISSING"
TOO_MANY_MATERIALS = "TOO_MANY_MATERIALS"
NOT_ELIGIBLE = "NOT_ELIGIBLE"
# Of packages of items.
PACKAGE_TOO_LARGE = "PACKAGE_TOO_LARGE"
PACKAGE_UNREADABLE = "PACKAGE_UNREADABLE"
PACKAGE_NEWER = "PACKAGE_NEWER"
PACKAGE_MEMBER = "PACKAGE_MEMBER"
PACKAGE_TWICE = "PACKAGE_TWICE"
PACKAGE_ALTERED = "PACKAGE_ALTERED"
PACKAGE_ITEM = "PACKAGE_ITEM"
# Of items and their versions.
ITEM_NOT_AVAILABLE = "ITEM_NOT_AVAILABLE"
INVALID_ITEM_CODE = "INVALID_ITEM_CODE"
NOT_ON_APPLICATION = "NOT_ON_APPLICATION"
DEFINITION_INVALID = "DEFINITION_INVALID"
ROUTE_TOO_COMPLEX = "ROUTE_TOO_COMPLEX"
FORBIDDEN = "FORBIDDEN"


def broken(place: str, rule: str, **params: object) -> Problem:
    """One fault of a definition: `place` is dotted, such as `route.fire.when`; `rule` is UPPER_SNAKE."""
    return Problem(DEFINITION_INVALID, place, {"rule": rule, **params})


class DefinitionInvalid(Refusals):
    """A definition that cannot be read or is not sound; every fault is told at once with its place."""


class PackageInvalid(Refusals):
    """A package of items that is not as we would have written it; nothing of it is imported."""


class ConditionInvalid(ValueError):
    """A condition that is not in our subset of CEL, or does not fit the form; `rule` says how."""

    def __init__(self, rule: str, detail: str = "") -> None:
        super().__init__(f"{rule}: {detail}" if detail else rule)
        self.rule = rule
        self.detail = detail


def check(problems: Sequence[Problem]) -> None:
    """Raises all faults of a definition at once, or returns."""
    if problems:
        raise DefinitionInvalid(problems)


def item_not_available(code: str, absence: Absence | None = None) -> Refusal:
    """The item does not exist or is withdrawn, is not yet open, or is closed by now (BAD-52).

    `reason` is withdrawn, not_open or closed; `day` the first or the last day, empty when there is none.
    """
    why = absence or Absence("withdrawn")
    day = why.day.isoformat() if why.day else ""
    return Refusal(ITEM_NOT_AVAILABLE, field="itemCode", item=code, reason=why.reason, day=day)


def not_on_application(code: str) -> Refusal:
    """Authorities act by office (依职权: penalties, coercion, inspections); nobody applies for it."""
    return Refusal(NOT_ON_APPLICATION, field="itemCode", item=code)
