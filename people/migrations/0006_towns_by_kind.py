"""Towns that were told by their codes say what they are; `load_city` corrects what a code told wrongly."""

from django.db import migrations


def name_towns(apps, _editor):
    """Until now a code with digits behind the sixth was a town (GB/T 10114)."""
    rows = apps.get_model("people", "Division").objects.filter(kind="normal")
    rows.exclude(code__endswith="000000").exclude(parent=None).update(kind="town")


class Migration(migrations.Migration):
    dependencies = [("people", "0005_division_tree")]

    operations = [migrations.RunPython(name_towns, migrations.RunPython.noop)]
