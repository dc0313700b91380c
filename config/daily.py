"""What is asked for once a day: the acts that the law attaches to a day that passed in silence."""

from django.db import transaction
from django.utils import timezone

from bus import chores
from bus.models import Chore

DAILY = ("sweep_silence",)


def ask_today() -> None:
    """Asks for the day's chores, once: a row that stands, done or not, is left as it is."""
    today = timezone.localdate().isoformat()
    standing = set(
        Chore.objects.filter(subject=today, kind__in=DAILY).values_list("kind", flat=True)
    )
    for kind in DAILY:
        if kind not in standing:
            with transaction.atomic():
                chores.ask(kind, today)
