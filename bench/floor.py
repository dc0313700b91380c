"""The floor: raw SQL that writes the rows of a case, one INSERT a table and transaction, no reads."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from bench.recording import Recorded, Row, adapted, identities, renewed

Statement = tuple[str, tuple[Any, ...]]


class Floor:
    """Writes case after case from one recorded case, through a psycopg connection of its own."""

    def __init__(self, address: str, transactions: Sequence[Recorded]) -> None:
        self.transactions = transactions
        self.found = identities(transactions)
        self.link = psycopg.connect(address, autocommit=True)

    @property
    def backend(self) -> int:
        """The process that serves the connection."""
        return self.link.info.backend_pid

    def prepared(self) -> list[list[Statement]]:
        """The statements of a new case, a list a transaction; nothing is left to compute."""
        fresh = renewed(self.found)
        return [statements_of(transaction, fresh) for transaction in self.transactions]

    def write(self, transactions: Sequence[Sequence[Statement]]) -> None:
        """Executes each list in one transaction."""
        for statements in transactions:
            with self.link.transaction(), self.link.cursor() as cursor:
                for sql, values in statements:
                    cursor.execute(sql, values)


def statements_of(transaction: Recorded, fresh: Mapping[str, str]) -> list[Statement]:
    """Many rows of a table in one INSERT, a changed row in one UPDATE, the rest as it was."""
    inserts: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    statements: list[Statement] = []
    for row in transaction.rows:
        if row.updated is None:
            inserts.setdefault((row.table, tuple(row.values)), []).append(row)
        else:
            assigned = ", ".join(f'"{name}" = %s' for name in row.values)
            values = [adapted(name, value, fresh) for name, value in row.values.items()]
            values.append(adapted("id", row.updated, fresh))
            statements.append(
                (f'UPDATE "{row.table}" SET {assigned} WHERE "id" = %s', tuple(values))
            )
    for (table, names), rows in inserts.items():
        places = ", ".join(["(" + ", ".join(["%s"] * len(names)) + ")"] * len(rows))
        columns = ", ".join(f'"{name}"' for name in names)
        values = [adapted(name, row.values[name], fresh) for row in rows for name in names]
        sql = f'INSERT INTO "{table}" ({columns}) VALUES {places}'
        statements.append((sql, tuple(values)))
    return transaction.verbatim + statements
