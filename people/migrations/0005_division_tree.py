"""Divisions say what they are and who took them over; hierarchy stays with the parents alone."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("people", "0004_sittings")]

    operations = [
        migrations.AddField(
            model_name="division",
            name="kind",
            field=models.CharField(default="normal", max_length=10),
        ),
        migrations.AddField(
            model_name="division",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.division",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=Q(kind__in=["normal", "self", "zone", "town", "village"]),
                name="division_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=Q(merged_into=None) | Q(valid_until__isnull=False),
                name="division_merged_when_it_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="division",
            constraint=models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="division_days",
            ),
        ),
    ]
