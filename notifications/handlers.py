"""Turns what happened to a case into messages for those whom it concerns."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from bus import chores
from bus.envelope import Letter
from notifications.models import Dispatch, EmailAddress, Message
from notifications.wording import PARAMS, TEXTS
from people.models import Account


def tell(letter: Letter) -> None:
    """One message per letter and account in `data.accounts`, one e-mail each who wants it; again changes nothing.

    Keeps from the letter only the facts that a wording may name. A topic without a wording, and an
    account that is gone or closed, gets none. Runs in the transaction of the inbox.
    """
    if letter.topic not in TEXTS:
        return
    params = {name: letter.data[name] for name in PARAMS & letter.data.keys()}
    if letter.subject not in letter.data.values():  # an id of ours is no number that people know
        params["number"] = letter.subject
    wanted = [UUID(str(account)) for account in letter.data.get("accounts", [])]
    accounts = Account.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
    Message.objects.bulk_create(
        [
            Message(account=account, event_id=letter.id, topic=letter.topic, params=params)
            for account in accounts
        ],
        ignore_conflicts=True,
    )
    if settings.EMAIL_OFFERED:
        _dispatch(letter.id, wanted)


def _dispatch(event_id: UUID, accounts: Sequence[UUID]) -> None:
    """Queues the event's messages for the confirmed addresses; each leaves by a chore of its own."""
    reached = EmailAddress.objects.filter(account__in=accounts, verified_at__isnull=False)
    messages = Message.objects.filter(event_id=event_id, account__in=reached.values("account"))
    Dispatch.objects.bulk_create(
        [Dispatch(message=message) for message in messages], ignore_conflicts=True
    )
    queued = Dispatch.objects.filter(message__event_id=event_id, message__account__in=accounts)
    for pk in queued.filter(state="queued").values_list("pk", flat=True):
        chores.ask("send_email", str(pk))
