"""Published versions are in force since the day they were published; ended ones say how they ended."""

from django.db import migrations
from django.db.models import F
from django.db.models.functions import TruncDate


def name_days(apps, _editor):
    """Of an item that nothing replaced, the last version was withdrawn."""
    versions = apps.get_model("services", "ItemVersion").objects
    opened = versions.filter(valid_from=None, published_at__isnull=False)
    opened.update(valid_from=TruncDate("published_at"))
    ended = versions.filter(state="retired", ended_as="")
    standing = set(versions.filter(state="published").values_list("item", flat=True))
    withdrawn = ended.exclude(item__in=standing).order_by("item", "number")
    last = dict(withdrawn.values_list("item", "pk"))
    versions.filter(pk__in=last.values()).update(ended_as="withdrawn", ended_at=F("published_at"))
    ended.update(ended_as="replaced", ended_at=F("published_at"))


class Migration(migrations.Migration):
    dependencies = [("services", "0004_version_states")]

    operations = [migrations.RunPython(name_days, migrations.RunPython.noop)]
