"""Chores of telling: a message goes out by e-mail, a code goes to the address that it shall confirm."""

from uuid import UUID

from django.db.models import F
from django.utils import timezone, translation

from bus import failpoints
from bus.backoff import pause
from bus.chores import NotYet
from keys.vault import unseal
from notifications.channels import Undeliverable, Unreachable, send_mail
from notifications.models import Dispatch, EmailAddress
from notifications.wording import code_mail, message_mail

MOST_ATTEMPTS = 110  # some three days: 30 s, doubling up to an hour
FIRST_PAUSE = 30.0


def send_email(subject: str) -> None:
    """Sends the message of the dispatch with this id to the account's address; nothing when that is done.

    While the server is away the chore waits and counts no attempt; the dispatch counts its own, and gives up
    after some three days. The server's final no ends it at once.
    """
    dispatch = Dispatch.objects.select_related("message__account").get(pk=UUID(subject))
    if dispatch.state != "queued":
        return
    message = dispatch.message
    address = EmailAddress.objects.filter(account=message.account_id).first()
    if address is None or address.address_sealed is None or not message.account.is_active:
        _end(dispatch, "NO_ADDRESS")
        return
    with translation.override(address.language):
        title, body = message_mail(message.topic, message.params)
    try:
        send_mail(to=unseal(address.address_sealed), subject=title, body=body, reference=subject)
    except Undeliverable as final:
        _end(dispatch, str(final))
        return
    except Unreachable as away:
        _put_off(dispatch, str(away))
        return
    failpoints.reach("email.sent")
    Dispatch.objects.filter(pk=dispatch.pk, state="queued").update(
        state="sent", sent_at=timezone.now(), attempts=F("attempts") + 1, cause=""
    )


def send_email_code(subject: str) -> None:
    """Sends the code of an account (its id) to the pending address, as long as it is good."""
    row = EmailAddress.objects.filter(account=UUID(subject)).first()
    if row is None or row.code_sealed is None or row.pending_sealed is None:
        return
    assert row.expires_at is not None
    if row.expires_at <= timezone.now():
        return
    with translation.override(row.language):
        title, body = code_mail(unseal(row.code_sealed))
    reference = f"code.{row.expires_at:%Y%m%d%H%M%S%f}"
    try:
        send_mail(to=unseal(row.pending_sealed), subject=title, body=body, reference=reference)
    except Undeliverable:
        return
    except Unreachable as away:
        raise NotYet(FIRST_PAUSE) from away


def _put_off(dispatch: Dispatch, cause: str) -> None:
    """Waits for the next attempt, or gives up."""
    attempts = dispatch.attempts + 1
    if attempts >= MOST_ATTEMPTS:
        _end(dispatch, f"GIVEN_UP {cause}")
        return
    wait = pause(attempts, first=FIRST_PAUSE)
    Dispatch.objects.filter(pk=dispatch.pk, state="queued").update(
        attempts=attempts, due_at=timezone.now() + wait, cause=cause
    )
    raise NotYet(wait.total_seconds())


def _end(dispatch: Dispatch, cause: str) -> None:
    Dispatch.objects.filter(pk=dispatch.pk, state="queued").update(
        state="failed", attempts=F("attempts") + 1, cause=cause
    )
