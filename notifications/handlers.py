"""Turns what happened to a case into messages for those whom it concerns."""

from uuid import UUID

from bus.envelope import Letter
from notifications.models import Message
from notifications.wording import PARAMS, TEXTS
from people.models import Account


def tell(letter: Letter) -> None:
    """One message per letter and account in `data.accounts`; again changes nothing.

    Keeps from the letter only the facts that a wording may name. A topic without a wording, and an
    account that is gone or closed, gets none. Runs in the transaction of the inbox.
    """
    if letter.topic not in TEXTS:
        return
    params = {name: letter.data[name] for name in PARAMS & letter.data.keys()}
    wanted = [UUID(str(account)) for account in letter.data.get("accounts", [])]
    accounts = Account.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
    Message.objects.bulk_create(
        [
            Message(
                account=account,
                event_id=letter.id,
                topic=letter.topic,
                params={**params, "number": letter.subject},
            )
            for account in accounts
        ],
        ignore_conflicts=True,
    )
