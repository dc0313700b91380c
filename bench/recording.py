"""Decides what the floor writes: the rows of a real case, once each, in the transactions it had.

The statements of one case are recorded from Django's connection. Reads are dropped; what is written
twice to one row in one transaction is written once; rows of one table go into one INSERT. A replay
gives every identity of the case (ids, numbers, keys) a new value, so that each is a new case.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection

from keys.time_ordered import time_ordered_id

SERIES = 'UPDATE "ecert_numberseries"'
WRITES = ("INSERT", "UPDATE", "DELETE")
UNNEST = re.compile(r"SELECT \* FROM UNNEST\(.*\)$")
INSERT = re.compile(r'INSERT INTO "(\w+)" \(([^)]*)\) VALUES \(([^)]*)\)')
UPDATE = re.compile(r'UPDATE "(\w+)" SET (.*) WHERE (?:\(?)"\w+"\."id" = %s\)?$')
SET_COLUMN = re.compile(r'"(\w+)" = (%s|NULL)(?:, |$)')
OWN = {"id", "number", "identifier", "key"}  # columns whose values no two cases share
_numbers = count(1_000_000)


@dataclass
class Row:
    """One row as a transaction leaves it: column -> value; `id` of an update is what it is found by."""

    table: str
    values: dict[str, Any]
    updated: UUID | None = None


@dataclass
class Recorded:
    """One transaction: its rows, and the statements that are repeated as they are (counters)."""

    name: str
    rows: list[Row] = field(default_factory=list)
    verbatim: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    statements: int = 0  # of ours, reads and savepoints included

    def take(self, sql: str, values: tuple[Any, ...]) -> None:
        """Keeps one statement that has written rows."""
        if sql.startswith(SERIES):  # not the number of the recorded case: a series only grows
            self.verbatim.append(
                (f'{SERIES} SET "value" = "value" + 1 WHERE "series" = %s', values[1:])
            )
        elif found := INSERT.match(sql):
            self._insert(found, values)
        elif found := UPDATE.match(sql):
            self._update(sql, found, values)
        else:
            self.verbatim.append((sql, values))

    def _insert(self, found: re.Match[str], values: tuple[Any, ...]) -> None:
        places = zip(re.findall(r'"(\w+)"', found[2]), found[3].split(", "), strict=True)
        names = [name for name, place in places if place == "%s"]  # the others have a default
        if not names:
            self.verbatim.append((found[0], ()))
        for at in range(0, len(values), len(names) or 1):
            row = dict(zip(names, values[at : at + len(names)], strict=True))
            self.rows.append(Row(found[1], row))

    def _update(self, sql: str, found: re.Match[str], values: tuple[Any, ...]) -> None:
        assigned = SET_COLUMN.findall(found[2])
        given = iter(values)
        if sum(place == "%s" for _, place in assigned) != len(values) - 1:
            self.verbatim.append((sql, values))
            return
        changes = {name: next(given) if place == "%s" else None for name, place in assigned}
        for row in self.rows:
            if row.table == found[1] and values[-1] in (row.updated, row.values.get("id")):
                row.values |= changes
                return
        self.rows.append(Row(found[1], changes, updated=values[-1]))


def recorded(name: str, act: Callable[[], object]) -> Recorded:
    """Runs one command, which is one transaction, and keeps what it wrote."""
    transaction = Recorded(name)

    def keep(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, values, many, context)
        transaction.statements += 1
        if sql.lstrip().startswith(WRITES) and context["cursor"].rowcount > 0:
            whole = UNNEST.search(sql)
            rows = zip(*values, strict=True) if whole else [values or ()]
            for row in rows:
                transaction.take(UNNEST.sub(_places, sql), tuple(row))
        return answer

    with connection.execute_wrapper(keep):
        act()
    return transaction


def _places(unnest: re.Match[str]) -> str:
    """Django gives many rows as an array a column; the same as one row of values."""
    return f"VALUES ({', '.join(['%s'] * unnest[0].count('%s'))})"


def identities(transactions: Sequence[Recorded]) -> set[str]:
    """What the case made that no other may have: ids and unique texts of its rows."""
    rows = [row for transaction in transactions for row in transaction.rows]
    return {
        str(value)
        for row in rows
        for name, value in row.values.items()
        if isinstance(value, UUID | str) and name in OWN
    }


def renewed(found: set[str]) -> dict[str, str]:
    """Each with a new value; a text keeps its length."""
    fresh = {}
    for value in found:
        number = str(next(_numbers)).rjust(len(value), "x")
        fresh[value] = str(time_ordered_id()) if is_id(value) else number[-len(value) :]
    return fresh


def is_id(text: str) -> bool:
    """Whether a text is a UUID as Django writes it."""
    return len(text) == 36 and text.count("-") == 4


def adapted(column: str, value: Any, fresh: Mapping[str, str]) -> Any:
    """A value of the recorded case as the new one has it."""
    if isinstance(value, UUID):
        return UUID(fresh.get(str(value), str(value)))
    if isinstance(value, str):
        return fresh.get(value, value)
    if column == "status_index":
        return next(_numbers)
    return value  # JSON too: of the same size, and nothing refers into it
