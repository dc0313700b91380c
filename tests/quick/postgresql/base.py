"""PostgreSQL for tests that commit: emptied by DELETE, as TRUNCATE makes new files of a hundred relations each time.

Foreign keys are deferred, so that the order of tables does not matter; sequences go on, nothing asks for their start.
"""

from collections.abc import Sequence

from django.core.management.color import Style
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from typing_extensions import override


class Operations(DatabaseOperations):
    @override
    def sql_flush(
        self,
        style: Style,
        tables: Sequence[str],
        *,
        reset_sequences: bool = False,
        allow_cascade: bool = False,
    ) -> list[str]:
        """Everything in one transaction, with the triggers off that forbid to delete what may never go."""
        if reset_sequences:
            return super().sql_flush(
                style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
            )
        guarded = [self.quote_name(name) for name in self._guarded() if name in tables]
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER;" for table in guarded),
            *(f"DELETE FROM {self.quote_name(table)};" for table in tables),
            "SET CONSTRAINTS ALL IMMEDIATE;",
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER;" for table in guarded),
        ]

    def _guarded(self) -> list[str]:
        """Tables with triggers of ours."""
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE NOT tgisinternal ORDER BY relname"
            )
            return [name for (name,) in cursor.fetchall()]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations
