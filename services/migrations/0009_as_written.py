"""Definitions and patches keep the order of their keys: PostgreSQL's type json instead of jsonb.

SQLite keeps text as it is, and would lose the triggers of 0006 with the table that Django makes anew.
"""

from django.db import migrations

from services.as_written import AsWrittenField

COLUMNS = ("definition", "patch")


def become(kind):
    def change(_apps, editor):
        if editor.connection.vendor == "postgresql":
            changes = ", ".join(
                f"ALTER {name} TYPE {kind} USING {name}::{kind}" for name in COLUMNS
            )
            editor.execute(f"ALTER TABLE services_itemversion {changes}")

    return change


class Migration(migrations.Migration):
    dependencies = [("services", "0008_search")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(become("json"), become("jsonb"))],
            state_operations=[
                migrations.AlterField(
                    model_name="itemversion", name="definition", field=AsWrittenField()
                ),
                migrations.AlterField(
                    model_name="itemversion",
                    name="patch",
                    field=AsWrittenField(blank=True, default=dict),
                ),
            ],
        )
    ]
