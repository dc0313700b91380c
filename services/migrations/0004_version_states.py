"""Versions gain review, days, endings and regional overrides; each act on them gains a row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import keys.time_ordered


def reference(to, **options):
    return models.ForeignKey(
        null=True,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
        **options,
    )


ADDED = {
    "valid_from": models.DateField(blank=True, null=True),
    "valid_until": models.DateField(blank=True, null=True),
    "ended_as": models.CharField(blank=True, max_length=10),
    "ended_at": models.DateTimeField(blank=True, null=True),
    "division": reference("people.division"),
    "base": reference("services.itemversion"),
    "patch": models.JSONField(blank=True, default=dict),
}


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_towns_by_kind"),
        ("services", "0003_drafts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(model_name="itemversion", name=name, field=field)
            for name, field in ADDED.items()
        ),
        migrations.CreateModel(
            name="VersionAct",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=keys.time_ordered.time_ordered_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="services.itemversion",
                    ),
                ),
                ("act", models.CharField(max_length=10)),
                ("account", reference(settings.AUTH_USER_MODEL)),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"indexes": [models.Index(fields=["version", "id"], name="act_of_version")]},
        ),
    ]
