"""Whether the answers of a form are well formed and complete, and what may be written into them (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from people.errors import Problem, Refusal
from services.answers import value_at, with_value
from services.errors import OUT_OF_RANGE, REQUIRED, UNKNOWN_FIELD
from services.fields import CHOSEN, Field, as_rows, clean_value

__all__ = ["Form", "Section", "clean", "problems", "value_at", "with_value"]


@dataclass(frozen=True)
class Section:
    """A group of fields under one heading; one that is asked first (情形引导) trims all the others."""

    id: str
    label: str
    fields: tuple[Field, ...]
    help: str = ""
    asked_first: bool = False


@dataclass(frozen=True)
class Form:
    """A form (表单) in sections; field paths are unique."""

    sections: tuple[Section, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def _by_path(self) -> Mapping[str, Field]:
        return {field.path: field for field in self.fields}

    def field(self, path: str) -> Field | None:
        """The field at a path, or None."""
        return self._by_path.get(path)

    def covers(self, scope: str) -> bool:
        """Whether a scope names a field or a whole section."""
        return scope in self._by_path or any(section.id == scope for section in self.sections)


def problems(form: Form, answers: Mapping[str, object], *, complete: bool) -> list[Problem]:
    """Everything wrong with nested answers, in the order of the form.

    `complete` asks for the required fields too (REQUIRED, all told at once, BAD-48). Unknown fields are
    UNKNOWN_FIELD (BAD-49); a value keeps the code of its own check.
    """
    found = [Problem(UNKNOWN_FIELD, path) for path in _unknown(form, answers)]
    for field in form.fields:
        value = value_at(answers, field.path)
        if value is None:
            if complete and field.needed(answers):
                found.append(Problem(REQUIRED, field.path, _how(field)))
            continue
        found += _cleaned(field, value, complete=complete)[1]
    return found


def _how(field: Field) -> dict[str, object]:
    """What a refusal says of an empty field: some are chosen, the others written."""
    return {"reason": "choice"} if field.type in CHOSEN else {}


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
        cleaned, wrong = _cleaned(field, value, complete=False)
        found += wrong
        if not wrong:
            values[path] = cleaned
    return values, found


def _cleaned(field: Field, value: object, *, complete: bool) -> tuple[object, list[Problem]]:
    try:
        if field.type == "rows":
            return _cleaned_rows(field, value, complete=complete)
        return clean_value(field, value), []
    except Refusal as refusal:
        return None, [Problem(p.code, field.path, p.params) for p in refusal.problems]


def _cleaned_rows(field: Field, value: object, *, complete: bool) -> tuple[object, list[Problem]]:
    """A repeating group: problems stand at `path.row.column`, rows counted from 0."""
    rows = as_rows([] if value in (None, "") else value)
    found: list[Problem] = []
    if len(rows) > field.most_rows or (complete and len(rows) < field.least_rows):
        limits = {"minimum": field.least_rows, "maximum": field.most_rows}
        return None, [Problem(OUT_OF_RANGE, field.path, limits)]
    cleaned: list[dict[str, object]] = []
    for number, row in enumerate(rows):
        columns = Form((Section("row", "", field.columns),))
        values, wrong = clean(columns, row)
        if complete:
            wrong += [
                Problem(REQUIRED, column.path, _how(column))
                for column in field.columns
                if column.required and row.get(column.path) in (None, "")
            ]
        found += [Problem(p.code, f"{field.path}.{number}.{p.field}", p.params) for p in wrong]
        cleaned.append({path: kept for path, kept in values.items() if kept is not None})
    return cleaned or None, found


def _unknown(form: Form, answers: Mapping[str, object]) -> list[str]:
    """Dotted paths of answers that no field of the form names."""
    sections = {section.id: section for section in form.sections}
    unknown: list[str] = []
    for name, inner in answers.items():
        section = sections.get(name)
        if section is None or not isinstance(inner, Mapping):
            unknown.append(name)
            continue
        known = {field.path for field in section.fields}
        unknown += [f"{name}.{key}" for key in inner if f"{name}.{key}" not in known]
    return unknown
