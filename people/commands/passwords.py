"""Whether somebody knows an account's password, and when guessing is stopped (锁定)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from keys.vault import keyed_digest
from people.commands.auditing import audit
from people.commands.retrying import with_retries
from people.errors import Refusal
from people.identifiers import clean_text
from people.models import Account
from people.viewer import Viewer

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=5)
LONGEST_PASSWORD = 256


def verified_account(*, sign_in_name: str, password: str, request_id: str = "") -> Account:
    """The active account of this name and password.

    Five failures lock an account for five minutes. Refusal: SIGN_IN_FAILED, the same and after the
    same time for an unknown name, a wrong password and a locked account (ATK-63); each is noted.
    """
    account = _account_named(sign_in_name)
    password = password[:LONGEST_PASSWORD].encode(errors="backslashreplace").decode()
    if account is None:
        make_password(password)  # takes as long as a check
        _note_stranger(sign_in_name, request_id)
        raise Refusal("SIGN_IN_FAILED")
    known = check_password(password, account.password)
    account_id = account.pk
    verified = with_retries(lambda: _judge(account_id, known, request_id))
    if verified is None:
        raise Refusal("SIGN_IN_FAILED")
    return verified


def _account_named(sign_in_name: str) -> Account | None:
    try:
        name = clean_text(sign_in_name, most=64)
    except Refusal:
        return None
    return Account.objects.filter(sign_in_name=name, is_active=True).first()


def _judge(account_id: UUID, known: bool, request_id: str) -> Account | None:
    """Judges under the account's lock, so that guesses sent at once cannot outrun the lock-out."""
    with transaction.atomic():
        now = timezone.now()
        account = Account.objects.select_for_update().get(pk=account_id)
        locked = account.locked_until is not None and account.locked_until > now
        if not locked:
            _count(account, known, now)
        if known and not locked:
            return account
        viewer = Viewer(kind="person", account_id=account.pk, request_id=request_id)
        _note(viewer, "account", str(account.pk))
        return None


def _count(account: Account, known: bool, now: datetime) -> None:
    account.failed_attempts = 0 if known else account.failed_attempts + 1
    account.locked_until = None
    if account.failed_attempts >= MOST_FAILURES:
        account.failed_attempts, account.locked_until = 0, now + LOCKED_FOR
    if known:
        account.last_login = now
    account.save(update_fields=["failed_attempts", "locked_until", "last_login"])


def _note_stranger(name: str, request_id: str) -> None:
    """An unknown name is kept as a keyed digest: people type their passwords there."""
    digest = keyed_digest(ascii(name[:64]))[:32]
    _note(Viewer.anonymous(request_id), "sign_in_name", digest)


def _note(viewer: Viewer, subject_kind: str, subject_id: str) -> None:
    audit(
        viewer,
        action="sign_in",
        subject_kind=subject_kind,
        subject_id=subject_id,
        outcome="SIGN_IN_FAILED",
    )
