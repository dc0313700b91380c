"""Empties the database as Django's command does, also where triggers keep rows from being deleted.

PostgreSQL truncates, which no row's trigger sees (and which the application's role may not). SQLite
deletes row by row: there the triggers are away while the owner empties the tables, in one transaction.
"""

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections, transaction
from typing_extensions import override


class Command(Flush):
    @override
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            super().handle(**options)
            return
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
            super().handle(**options)
            for _, statement in triggers:
                cursor.execute(statement)
