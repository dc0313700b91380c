"""The first administrator (首任管理员): made once, from a terminal, before the administration can make others."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from people.commands.auditing import audit
from people.commands.tallies import count_try
from people.errors import Refusal
from people.identifiers import clean_text
from people.models import Account
from people.viewer import Viewer

MOST_TRIES = 20


def create_first_admin(*, viewer: Viewer, sign_in_name: str, password: str) -> Account:
    """An account with every right in the administration, while nobody has one.

    Of two at once the second waits for the first, on the count of tries, and finds its account.
    Refusals: FORBIDDEN for everybody but a process of ours, ADMIN_EXISTS, SIGN_IN_NAME_TAKEN, REQUIRED,
    PASSWORD_TOO_WEAK by settings.AUTH_PASSWORD_VALIDATORS, RATE_LIMITED, those of `clean_text`.
    """
    if viewer.kind != "system":
        raise Refusal("FORBIDDEN", audited=True)
    name = clean_text(sign_in_name, most=64, field="sign_in_name")
    if not name:
        raise Refusal("REQUIRED", field="sign_in_name")
    try:
        validate_password(password, Account(sign_in_name=name))
    except ValidationError as weak:
        raise Refusal("PASSWORD_TOO_WEAK", field="password") from weak
    with transaction.atomic():
        count_try("first_admin", "", most=MOST_TRIES, within=timedelta(hours=1))  # one at a time
        if Account.objects.filter(is_superuser=True, is_active=True).exists():
            raise Refusal("ADMIN_EXISTS")
        if Account.objects.filter(sign_in_name=name).exists():
            raise Refusal("SIGN_IN_NAME_TAKEN", field="sign_in_name")
        account = Account.objects.create(
            sign_in_name=name, password=make_password(password), is_staff=True, is_superuser=True
        )
        audit(viewer, action="create_first_admin", subject_kind="account", subject_id=account.pk)
    return account
