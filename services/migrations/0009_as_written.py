"""Definitions and patches keep the order of their keys: PostgreSQL's type json instead of jsonb."""

from django.db import migrations

from services.as_written import AsWrittenField


class Migration(migrations.Migration):
    dependencies = [("services", "0008_search")]

    operations = [
        migrations.AlterField(model_name="itemversion", name="definition", field=AsWrittenField()),
        migrations.AlterField(
            model_name="itemversion", name="patch", field=AsWrittenField(blank=True, default=dict)
        ),
    ]
