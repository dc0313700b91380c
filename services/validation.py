"""Whether the answers of a form are whole and well formed: the published schema decides, our codes say it (pure).

The schema says where something is wrong. What is wrong with a value is asked of the rule that cleans it, so both
speak with one voice; tests/services/test_agreement.py shows that they never disagree.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from jsonschema import ValidationError

from people.errors import Problem
from services.errors import (
    INVALID_CHOICE,
    INVALID_DATE,
    INVALID_NUMBER,
    INVALID_VALUE,
    NOT_CALLED_FOR,
    OUT_OF_RANGE,
    REQUIRED,
    UNKNOWN_FIELD,
)
from services.fields import CHOSEN, Field
from services.form import Form, cleaned_value, row_limits
from services.form_checks import FormCheck
from services.json_schema import schema_of
from services.vocabulary import FormValidator

_Path = tuple[str | int, ...]
# For a value that is only spelled otherwise than it is stored, such as the text "3" for a number.
_SPELLED = {
    "integer": INVALID_NUMBER,
    "number": INVALID_NUMBER,
    "date": INVALID_DATE,
    "choice": INVALID_CHOICE,
    "choices": INVALID_CHOICE,
    "division": INVALID_CHOICE,
}


class AnswerCheck:
    """A form compiled once; `problems` tells everything that is wrong with whole answers at once."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._validator = FormValidator(
            schema_of(form), format_checker=FormValidator.FORMAT_CHECKER
        )
        self._rules = len(self._validator.schema.get("allOf", ())) - len(form.checks)
        self._order = {field.path: place for place, field in enumerate(form.fields)}

    def problems(self, answers: Mapping[str, object]) -> list[Problem]:
        """Every fault of nested answers, unknown fields first, then in the order of the form.

        All that is missing is REQUIRED (BAD-48), an unknown field UNKNOWN_FIELD (BAD-49), an answer that the
        others do not ask for NOT_CALLED_FOR, answers that do not go together CHECK_FAILED; a value keeps the
        code of its own check. None and an empty list count as no answer.
        """
        whole: dict[str, object] = {section.id: {} for section in self.form.sections}
        whole |= _answered(answers)
        found: dict[str, Problem] = {}
        failed: dict[str, Problem] = {}
        for error in self._validator.iter_errors(whole):
            check = self._check(error)
            if check is not None:
                failed[check.id] = check.problem
                continue
            for problem in self._told(error, whole):
                found.setdefault(problem.field, problem)
        plain = [p for p in found.values() if not _is_inside(p.field, found)]
        together = [p for p in failed.values() if p.field not in found]
        return sorted([*plain, *together], key=self._rank)

    def _rank(self, problem: Problem) -> tuple[int, list[int], str]:
        """Unknown ones first, then by field, and inside rows by row and column."""
        field, rest = self._field(problem.field.split("."))
        if field is None:
            return -1, [], problem.field
        columns = [column.path for column in field.columns]
        inside = [
            columns.index(n) if n in columns else int(n) if n.isdecimal() else -1 for n in rest
        ]
        return self._order[field.path], inside, ""

    def _check(self, error: ValidationError) -> FormCheck | None:
        """The check over several fields that an error comes from, if any."""
        rule = list(error.absolute_schema_path)[:2]
        place = cast(int, rule[1]) - self._rules if rule[0] == "allOf" else -1
        return self.form.checks[place] if place >= 0 else None

    def _field(self, path: Sequence[str]) -> tuple[Field | None, Sequence[str]]:
        return self.form.field(".".join(path[:2])), path[2:]

    def _told(self, error: ValidationError, whole: Mapping[str, object]) -> Iterable[Problem]:
        """One error of the schema in our codes."""
        path: _Path = tuple(error.absolute_path)
        there = cast(Iterable[str], error.instance)
        match error.validator:
            case "required":
                needed = cast(list[str], error.validator_value)
                yield from (self._missing(path, name) for name in needed if name not in there)
            case "additionalProperties":
                known = cast(Mapping[str, Any], error.schema)["properties"]
                unknown = (name for name in there if name not in known)
                yield from (Problem(UNKNOWN_FIELD, _dotted(path, name)) for name in unknown)
            case "not":  # of a field whose condition does not hold
                yield Problem(NOT_CALLED_FOR, _dotted(path))
            case _:
                yield self._wrong(path, whole)

    def _missing(self, path: _Path, name: str) -> Problem:
        """A refusal says how the field is answered: some are chosen, the others written."""
        field, rest = self._field([str(one) for one in (*path, name)])
        if field is not None and len(rest) == 2:
            field = next((c for c in field.columns if c.path == name), None)
        chosen = field is not None and field.type in CHOSEN
        return Problem(REQUIRED, _dotted(path, name), {"reason": "choice"} if chosen else {})

    def _wrong(self, path: _Path, whole: Mapping[str, object]) -> Problem:
        """What its own rule says of the value in which the error stands."""
        field = self.form.field(".".join(map(str, path[:2])))
        if field is None:
            return Problem(UNKNOWN_FIELD, _dotted(path[:1]))
        value = cast(Mapping[str, Any], whole[str(path[0])])[str(path[1])]
        problems = cleaned_value(field, value)[1]
        if field.type != "rows":
            return (
                problems[0]
                if problems
                else Problem(_SPELLED.get(field.type, INVALID_VALUE), field.path)
            )
        places = (_dotted(path[:4]), field.path)
        for place in places:
            known = next((p for p in problems if p.field == place), None)
            if known is not None:
                return known
        if len(path) == 2:
            return Problem(OUT_OF_RANGE, field.path, row_limits(field))
        return Problem(self._spelled(field, path), places[0])

    @staticmethod
    def _spelled(field: Field, path: _Path) -> str:
        column = next((c for c in field.columns if c.path in path[3:4]), None)
        return INVALID_VALUE if column is None else _SPELLED.get(column.type, INVALID_VALUE)


def _answered(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without what counts as none, in sections and in rows."""
    found: dict[str, object] = {}
    for name, value in answers.items():
        if isinstance(value, Mapping):
            found[name] = _answered(cast(Mapping[str, object], value))
        elif isinstance(value, list):
            rows = [_answered(row) if isinstance(row, Mapping) else row for row in value]
            found |= {name: rows} if rows else {}
        elif value is not None:
            found[name] = value
    return found


def _dotted(path: _Path, *names: str) -> str:
    return ".".join(str(one) for one in (*path, *names))


def _is_inside(path: str, found: Iterable[str]) -> bool:
    """Whether a fault of something larger that holds it is told already."""
    return any(path.startswith(f"{other}.") for other in found)
