"""Reads the answers of a form out of what a browser posted, and which of them are new (pure)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

Answer = Any  # a text, true or false, a list of codes, a list of rows, or None for nothing
MOST_ROWS = 200


class Posted(Protocol):
    """What a browser posted: names with one or several texts."""

    def getlist(self, key: str) -> list[str]: ...

    def __contains__(self, key: object, /) -> bool: ...


def answers_of(fields: list[dict[str, Any]], posted: Posted) -> dict[str, Answer]:
    """{path: answer} of the fields that the posted page showed, texts as they were typed.

    A page shows a field by having its name, several choices and rows by an empty entry of that name. The
    cells of a row stand at `path.row.column`; rows without any text are left out.
    """
    found = {}
    for field in fields:
        path = field["path"]
        if path not in posted:
            continue
        if field["type"] == "rows":
            found[path] = _rows(field, posted)
        else:
            found[path] = _said(field, posted.getlist(path))
    return found


def changes_of(
    fields: list[dict[str, Any]], answers: Mapping[str, Answer], kept: Mapping[str, object]
) -> dict[str, Answer]:
    """The answers that differ from those that are kept; a number is the same however it is written."""
    return {
        field["path"]: answers[field["path"]]
        for field in fields
        if field["path"] in answers and not same(answers[field["path"]], kept.get(field["path"]))
    }


def is_day(text: str) -> bool:
    """Whether a text is a day as a browser posts it: 2026-01-31."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def same(typed: Answer, kept: object) -> bool:
    """Whether a typed answer says what is already kept."""
    return _texts(typed) == _texts(kept)


def _texts(value: object) -> object:
    if isinstance(value, list):
        return [_texts(entry) for entry in value] or None
    if isinstance(value, Mapping):
        return {key: _texts(entry) for key, entry in value.items() if entry not in (None, "")}
    if value is None or value == "" or isinstance(value, bool):
        return None if value == "" else value
    return str(value)


def _said(field: Mapping[str, Any], texts: list[str]) -> Answer:
    """What stands at one name, of a field or of a cell."""
    if field["type"] == "choices":
        return [code for code in texts if code] or None
    return _plain(field, texts[-1])


def _plain(field: Mapping[str, Any], text: str) -> Answer:
    """One text as its type asks: true or false, a text without the spaces around it, or None."""
    if field["type"] == "boolean":
        return {"true": True, "false": False}.get(text)
    text = text.replace("\r\n", "\n")
    return (text if field["type"] == "long_text" else text.strip()) or None


def _rows(field: Mapping[str, Any], posted: Posted) -> Answer:
    rows = []
    for number in range(MOST_ROWS):
        cells = {}
        for column in field["columns"]:
            name = f"{field['path']}.{number}.{column['path']}"
            if name in posted:
                cells[column["path"]] = _said(column, posted.getlist(name))
        if not cells:
            break
        written = {name: cell for name, cell in cells.items() if cell is not None}
        if written:
            rows.append(written)
    return rows or None
