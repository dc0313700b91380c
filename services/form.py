"""What a form is, which of its questions the answers call for, and what is stored of them (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from people.errors import Problem, Refusal
from services.answers import value_at, with_value
from services.conditions import OWN_ROW
from services.errors import OUT_OF_RANGE, UNKNOWN_FIELD
from services.fields import Field, as_rows, clean_value
from services.form_checks import FormCheck
from services.logic import Condition

__all__ = ["Form", "Section", "clean", "settled", "value_at", "with_value"]


@dataclass(frozen=True)
class Section:
    """A group of fields under one heading; one that is asked first (情形引导) trims all the others.

    `when` is part of the condition of each of its fields already.
    """

    id: str
    label: str
    fields: tuple[Field, ...]
    help: str = ""
    asked_first: bool = False
    when: Condition | None = None


@dataclass(frozen=True)
class Form:
    """A form (表单) in sections; field paths are unique. `checks` are over several fields."""

    sections: tuple[Section, ...]
    checks: tuple[FormCheck, ...] = ()

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def _by_path(self) -> Mapping[str, Field]:
        return {field.path: field for field in self.fields}

    @cached_property
    def conditional(self) -> tuple[Field, ...]:
        """The fields with a condition, each after those that it asks; ValueError names a circle."""
        return tuple(f for f in in_dependence(self.fields) if f.when is not None)

    def field(self, path: str) -> Field | None:
        """The field at a path, or None."""
        return self._by_path.get(path)

    def dependents(self, paths: Iterable[str]) -> set[str]:
        """The fields whose being asked or needed these fields decide, however far on."""
        found: set[str] = set()
        reached = set(paths)
        while reached:
            reached = {f.path for f in self.fields if f.depends_on & reached} - found
            found |= reached
        return found

    def covers(self, scope: str) -> bool:
        """Whether a scope names a field or a whole section."""
        return scope in self._by_path or any(section.id == scope for section in self.sections)


def in_dependence(fields: tuple[Field, ...]) -> list[Field]:
    """Fields (or the columns of rows), each after those that its `when` asks.

    Raises ValueError with the paths of a circle, in which each asks whether the next is there.
    """
    known = {field.path: field for field in fields}
    asked = {f.path: {p.removeprefix(OWN_ROW) for p in _asked(f)} & known.keys() for f in fields}
    try:
        return [known[path] for path in TopologicalSorter(asked).static_order()]
    except CycleError as error:
        raise ValueError(*error.args[1]) from error


def _asked(field: Field) -> frozenset[str]:
    return field.when.paths if field.when is not None else frozenset()


def settled(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers without those that the others do not call for: what nobody asks is not kept."""
    kept = dict(answers)
    for field in form.conditional:
        if not field.called(kept) and value_at(kept, field.path) is not None:
            kept = with_value(kept, field.path, None)
    return kept


def uncalled_paths(form: Form, answers: Mapping[str, object]) -> list[str]:
    """The fields that the answers do not call for, and the cells (`path.row.column`) that their rows do not.

    Of each repeating group one empty row more is told of, for the next that somebody writes.
    """
    found = [field.path for field in form.fields if not field.called(answers)]
    for field in form.fields:
        conditional = [column for column in field.columns if column.when is not None]
        if not conditional:
            continue
        for number, row in enumerate([*as_rows(value_at(answers, field.path) or []), {}]):
            found += [
                f"{field.path}.{number}.{column.path}"
                for column in conditional
                if not column.called({OWN_ROW[:-1]: row})
            ]
    return found


def clean(form: Form, changes: Mapping[str, object]) -> tuple[dict[str, object], list[Problem]]:
    """Changes {path: value} as they are to be stored, and what is wrong with them.

    None takes an answer away. Values with a problem are left out.
    """
    values: dict[str, object] = {}
    found: list[Problem] = []
    for path, value in changes.items():
        field = form.field(path)
        if field is None:
            found.append(Problem(UNKNOWN_FIELD, path))
            continue
        cleaned, wrong = cleaned_value(field, value)
        found += wrong
        if not wrong:
            values[path] = cleaned
    return values, found


def cleaned_value(field: Field, value: object) -> tuple[object, list[Problem]]:
    """One value as it is to be stored, rows included, or what is wrong with it."""
    try:
        if field.type == "rows":
            return _cleaned_rows(field, value)
        return clean_value(field, value), []
    except Refusal as refusal:
        return None, [Problem(p.code, field.path, p.params) for p in refusal.problems]


def _cleaned_rows(field: Field, value: object) -> tuple[object, list[Problem]]:
    """A repeating group: problems stand at `path.row.column`, rows counted from 0."""
    rows = as_rows([] if value in (None, "") else value)
    if len(rows) > field.most_rows:
        return None, [Problem(OUT_OF_RANGE, field.path, row_limits(field))]
    found: list[Problem] = []
    cleaned: list[dict[str, object]] = []
    columns = Form((Section("row", "", field.columns),))
    for number, row in enumerate(rows):
        values, wrong = clean(columns, row)
        found += [Problem(p.code, f"{field.path}.{number}.{p.field}", p.params) for p in wrong]
        kept = {path: one for path, one in values.items() if one is not None}
        cleaned.append(settled_row(field, kept))
    return cleaned or None, found


def row_limits(field: Field) -> dict[str, object]:
    """How many rows there may be, as a refusal says it."""
    return {"minimum": field.least_rows, "maximum": field.most_rows}


def settled_row(field: Field, row: Mapping[str, object]) -> dict[str, object]:
    """A row without the columns that its others do not call for."""
    kept = dict(row)
    for column in in_dependence(field.columns):
        if column.when is not None and not column.when.holds({OWN_ROW[:-1]: kept}):
            kept.pop(column.path, None)
    return kept
