"""Gives the application's database role its rights, without any to change what is append-only.

Run by the tables' owner after every `migrate`; running it again changes nothing.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from typing_extensions import override

# Rows of these are written once (INV-18): the database itself refuses to change or remove them.
APPEND_ONLY = (
    *("people.AuditRecord", "ecert.CertificateUse", "workflows.CaseEvent"),
    "services.VersionAct",
)

_TABLES = """
SELECT relname, relkind FROM pg_class
WHERE relnamespace = current_schema()::regnamespace
  AND relkind IN ('r', 'p', 'S') AND NOT relispartition
ORDER BY relname
"""


class Command(BaseCommand):
    help = "Grants the application role its rights on PostgreSQL (as owner, after migrate)."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self.stdout.write("Not PostgreSQL: nothing to grant.")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            self.stdout.write(grant_rights(cursor, settings.APPLICATION_ROLE))


def grant_rights(cursor: CursorWrapper, role: str) -> str:
    """Grants and revokes for `role`; returns one line to print. A missing role is an error."""
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        raise CommandError(
            f"The database has no role {role!r}; create it, then run grant_rights again."
        )
    append_only = {apps.get_model(label)._meta.db_table for label in APPEND_ONLY}
    quoted = connection.ops.quote_name(role)
    cursor.execute(_TABLES)
    relations = cursor.fetchall()
    cursor.execute(f"GRANT USAGE ON SCHEMA {_schema(cursor)} TO {quoted}")
    for name, kind in relations:
        relation = connection.ops.quote_name(name)
        if kind == "S":
            cursor.execute(f"GRANT USAGE, SELECT ON SEQUENCE {relation} TO {quoted}")
            continue
        rights = "SELECT, INSERT" if name in append_only else "SELECT, INSERT, UPDATE, DELETE"
        cursor.execute(f"REVOKE ALL ON {relation} FROM {quoted}")
        cursor.execute(f"GRANT {rights} ON {relation} TO {quoted}")
    return (
        f"{role}: {len(relations)} relations, of them append-only: {', '.join(sorted(append_only))}"
    )


def _schema(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT current_schema()")
    return connection.ops.quote_name(cursor.fetchone()[0])
