"""The address that an account is told things at (电子邮箱): given, confirmed by a code, taken away."""

import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from bus import chores
from keys import vault
from notifications.addresses import email_address, mask_email
from notifications.models import EmailAddress
from people.commands import audit, once
from people.errors import Refusal
from people.viewer import Viewer

CODE_LIVES = timedelta(minutes=30)
MOST_WRONG = 5
MOST_CODES, CODES_WITHIN = 5, timedelta(hours=1)


def set_email(*, viewer: Viewer, key: str, email: str) -> EmailAddress:
    """Sends a code to an address; `confirm_email` with it makes it the account's. Empty takes the address away.

    Until then the confirmed address stays. Refusals: FORBIDDEN for who is no applicant, EMAIL_NOT_OFFERED,
    INVALID_EMAIL, those of `clean_text`, TOO_MANY_CODES with `minutes` (five codes an hour).
    """
    _judge(viewer)
    wanted = email_address(email, field="email") if email.strip() else ""

    def act() -> dict[str, object]:
        assert viewer.account_id is not None  # judged
        EmailAddress.objects.get_or_create(account_id=viewer.account_id)
        row = EmailAddress.objects.select_for_update().get(account=viewer.account_id)
        if wanted:
            _count_code(row)
            row.pending_sealed, row.pending_mask = vault.seal(wanted), mask_email(wanted)
            row.code_sealed = vault.seal(f"{secrets.randbelow(10**6):06d}")
            row.expires_at, row.wrong_codes = timezone.now() + CODE_LIVES, 0
            row.language = get_language() or settings.LANGUAGE_CODE
            chores.ask("send_email_code", str(row.pk))
        else:
            _forget_pending(row)
            row.address_sealed, row.address_mask, row.verified_at = None, "", None
        row.save()
        _note(viewer, "set_email", {"asked": bool(wanted)})
        return {}

    body = {"email": vault.keyed_digest(wanted)}
    once(viewer, key=key, command="set_email", body=body, act=act)
    return EmailAddress.objects.get(account=viewer.account_id)


def confirm_email(*, viewer: Viewer, key: str, code: str) -> EmailAddress:
    """Makes the pending address the account's, by the code that was sent to it.

    The fifth wrong code ends the attempt. Refusal: CODE_INVALID for a wrong, old or unasked code alike.
    """
    _judge(viewer)

    def act() -> dict[str, object]:
        rows = EmailAddress.objects.select_for_update().filter(account=viewer.account_id)
        row = rows.filter(code_sealed__isnull=False).first()
        if row is None:
            raise Refusal("CODE_INVALID", field="code")
        good = _is_good(row, code.strip())
        if good:
            row.address_sealed, row.address_mask = row.pending_sealed, row.pending_mask
            row.verified_at = timezone.now()
        else:
            row.wrong_codes += 1
        if good or row.wrong_codes >= MOST_WRONG:
            _forget_pending(row)
        row.save()
        _note(viewer, "confirm_email", {}, "done" if good else "CODE_INVALID")
        return {"confirmed": good}

    body = {"code": vault.keyed_digest(code)}
    outcome = once(viewer, key=key, command="confirm_email", body=body, act=act)
    if not outcome["confirmed"]:  # after the commit: the attempt counts
        raise Refusal("CODE_INVALID", field="code")
    return EmailAddress.objects.get(account=viewer.account_id)


def _judge(viewer: Viewer) -> None:
    if not viewer.is_applicant or viewer.account_id is None:
        raise Refusal("FORBIDDEN")
    if not settings.EMAIL_OFFERED:
        raise Refusal("EMAIL_NOT_OFFERED", field="email")


def _count_code(row: EmailAddress) -> None:
    now = timezone.now()
    if row.codes_since is None or now - row.codes_since >= CODES_WITHIN:
        row.codes, row.codes_since = 0, now
    if row.codes >= MOST_CODES:
        left = row.codes_since + CODES_WITHIN - now
        raise Refusal("TOO_MANY_CODES", field="email", minutes=left.seconds // 60 + 1)
    row.codes += 1


def _is_good(row: EmailAddress, code: str) -> bool:
    if row.code_sealed is None or row.expires_at is None or row.expires_at <= timezone.now():
        return False
    return hmac.compare_digest(vault.unseal(row.code_sealed).encode(), code.encode())


def _forget_pending(row: EmailAddress) -> None:
    row.pending_sealed = row.code_sealed = row.expires_at = None
    row.pending_mask, row.wrong_codes = "", 0


def _note(viewer: Viewer, action: str, details: dict[str, object], outcome: str = "done") -> None:
    audit(
        viewer,
        action=action,
        subject_kind="account",
        subject_id=viewer.account_id,
        outcome=outcome,
        details=details,
    )
