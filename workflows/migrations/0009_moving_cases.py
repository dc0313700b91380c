from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_edited_roles"),
        ("services", "0007_guide_files"),
        ("workflows", "0008_counter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="escalated_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="approval",
            name="silence",
            field=models.CharField(default="wait", max_length=10),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(
                condition=models.Q(
                    ("escalated_at__isnull", True), ("silence", "escalate"), ("state", "open")
                ),
                fields=["due_on", "id"],
                name="approval_to_escalate",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("draft", "submitted", "correcting", "reviewing", "suspended"))
                ),
                fields=["item_version", "id"],
                name="case_movable",
            ),
        ),
    ]
