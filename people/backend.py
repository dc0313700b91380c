"""How the administration checks a password: as the halls do, with the same lock-out."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from typing_extensions import override

from people.commands import verified_account
from people.errors import Refusal
from people.models import Account


class AccountBackend(ModelBackend):
    """Django's permissions with our own check of name and password."""

    @override
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> Account | None:
        """The account, or None whatever is wrong."""
        name = username or credentials.get(Account.USERNAME_FIELD, "")
        try:
            return verified_account(sign_in_name=name, password=password or "")
        except Refusal:
            return None
