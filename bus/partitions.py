"""Keeps the tables that only grow in monthly partitions on PostgreSQL, and plain on SQLite.

A migration names the time-ordered column once, with `CreatePartitionedModel`; every unique key of
the table must contain it, and nothing may refer to the table by foreign key.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from django.db import connection, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils import timezone
from typing_extensions import override

from keys.time_ordered import first_id_of

MONTHS_AHEAD = 3

_PARENTS = """
SELECT c.relname, a.attname
FROM pg_partitioned_table p
JOIN pg_class c ON c.oid = p.partrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
WHERE c.relnamespace = current_schema()::regnamespace
  AND p.partstrat = 'r' AND a.atttypid = 'uuid'::regtype
ORDER BY c.relname
"""


class CreatePartitionedModel(migrations.CreateModel):
    """Creates a table that PostgreSQL divides by month of `partition_by`, a UUIDv7 column.

    Used in a room's first migration in place of `migrations.CreateModel`, with the same arguments
    and `partition_by="id"` (a column, so a foreign key is named `case_id`). SQLite gets a plain
    table.
    """

    def __init__(self, name: str, fields: Any, *, partition_by: str, **kwargs: Any) -> None:
        self.partition_by = partition_by
        super().__init__(name, fields, **kwargs)

    @override
    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        name, args, kwargs = super().deconstruct()
        return name, list(args), {**kwargs, "partition_by": self.partition_by}

    @override
    def reduce(self, operation: Operation, app_label: str) -> bool | list[Operation]:
        """Never merged with its neighbours: merging would give back a plain CreateModel."""
        return Operation.reduce(self, operation, app_label)

    @override
    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        plain = schema_editor.sql_create_table
        column = schema_editor.quote_name(self.partition_by)
        schema_editor.sql_create_table = f"{plain} PARTITION BY RANGE ({column})"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = plain
        table = to_state.apps.get_model(app_label, self.name)._meta.db_table
        default = schema_editor.quote_name(f"{table}_default")
        schema_editor.execute(
            f"CREATE TABLE {default} PARTITION OF {schema_editor.quote_name(table)} DEFAULT"
        )
        for month in _months(timezone.now(), MONTHS_AHEAD):
            for statement in _month_sql(table, self.partition_by, *month):
                schema_editor.execute(statement)


def ensure_partitions(months_ahead: int = MONTHS_AHEAD) -> list[str]:
    """Makes the missing partitions of this month and the next ones; returns their names.

    Run by the tables' owner. Rows that already lie in the default partition move into the new one,
    in the same transaction. On SQLite there is nothing to do.
    """
    if connection.vendor != "postgresql":
        return []
    made = []
    with connection.cursor() as cursor:
        cursor.execute(_PARENTS)
        parents = cursor.fetchall()
    for table, column in parents:
        for first, last in _months(timezone.now(), months_ahead):
            name = _partition_name(table, first)
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT to_regclass(%s)", [f'"{name}"'])
                if cursor.fetchone()[0] is not None:
                    continue
                for statement in _month_sql(table, column, first, last):
                    cursor.execute(statement)
            made.append(name)
    return made


def _months(now: datetime, ahead: int) -> Iterator[tuple[datetime, datetime]]:
    """First instants (UTC) of this month and `ahead` more, each with that of the next month."""
    here = now.astimezone(UTC)
    starts = [here.year * 12 + here.month - 1 + step for step in range(ahead + 2)]
    days = [datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in starts]
    yield from pairwise(days)


def _partition_name(table: str, month: datetime) -> str:
    return f"{table}_{month:%Yy%mm}"


def _month_sql(table: str, column: str, first: datetime, last: datetime) -> list[str]:
    """Makes a month beside the table, moves its rows out of the default partition, attaches it."""
    name = _partition_name(table, first)
    low, high = first_id_of(first), first_id_of(last)
    within = f"\"{column}\" >= '{low}' AND \"{column}\" < '{high}'"
    return [
        f'CREATE TABLE "{name}" (LIKE "{table}" INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
        f'WITH moved AS (DELETE FROM "{table}_default" WHERE {within} RETURNING *)'  # noqa: S608 - names are ours
        f' INSERT INTO "{name}" SELECT * FROM moved',
        f'ALTER TABLE "{table}" ATTACH PARTITION "{name}"'
        f" FOR VALUES FROM ('{low}') TO ('{high}')",
    ]
