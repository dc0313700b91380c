"""Roles become rows; officers keep theirs by the code that stood in the column."""

import django.db.models.deletion
from django.db import migrations, models

NAMES = {"counter": "窗口人员", "officer": "承办人", "approver": "审批人", "supervisor": "负责人"}


def name_held_roles(apps, _editor):
    """A row for each role that somebody holds; `load_city` says what each may."""
    held = apps.get_model("people", "Officer").objects.values_list("role", flat=True)
    roles = apps.get_model("people", "StaffRole").objects
    for code in sorted(set(held)):
        roles.create(code=code, name=NAMES[code], duty=NAMES[code], at_desk=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="StaffRole",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=20)),
                ("duty", models.CharField(max_length=200)),
                ("at_desk", models.BooleanField(default=False)),
                ("permissions", models.JSONField(default=list)),
            ],
        ),
        migrations.RunPython(name_held_roles, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="officer", name="officer_role"),
        migrations.AlterField(
            model_name="officer",
            name="role",
            field=models.ForeignKey(
                db_column="role",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="officers",
                to="people.staffrole",
            ),
        ),
    ]
