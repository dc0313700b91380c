"""What Celery's workers do when they are told to look: the row decides, not the message."""

from uuid import UUID

from django.utils import timezone

from bus import chores
from config.celery import SWEEP, WORK, app, hint_chore
from config.letters import TABLE


def work_chore(chore_id: str) -> None:
    """Looks at one chore, and does it when it is open, due and free."""
    chores.work(UUID(chore_id), TABLE)


def sweep_chores() -> None:
    """Hints again at everything that is due: this is what makes a lost hint harmless."""
    chores.begin_day(TABLE, timezone.localdate())
    for chore_id in chores.due():
        hint_chore(chore_id)


app.task(name=WORK)(work_chore)
app.task(name=SWEEP)(sweep_chores)
