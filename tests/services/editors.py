"""Catalogue editors and their acts, for tests of what happens between drafting and publishing."""

from datetime import date, timedelta
from itertools import count

from django.utils import timezone

from people.models import Account, Person
from people.viewer import Viewer
from services import commands
from services.models import ItemVersion

TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
SIGNBOARD = "990117001000"
_keys = count()


def day(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def editor(name: str, person: Person | None = None) -> Viewer:
    """Somebody whom the administration let in."""
    account = Account.objects.create(sign_in_name=name, person=person)
    return Viewer(kind="system", account_id=account.pk, reason="administration")


def act(name: str, viewer: Viewer, **given):
    """A command of the catalogue under a key of its own."""
    return getattr(commands, name)(viewer=viewer, key=f"editors-{next(_keys)}", **given)


def in_review(viewer: Viewer, definition: dict) -> ItemVersion:
    """A draft that was put up for review."""
    draft = act("draft_item", viewer, definition=definition)
    return act("submit_draft", viewer, version_id=draft.pk)


def publish(viewer: Viewer, version: ItemVersion, note="核对无误", **days) -> ItemVersion:
    """A version that somebody else published."""
    return act("publish_draft", viewer, version_id=version.pk, note=note, **days)
