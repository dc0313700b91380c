"""How the administration checks a password, as the halls do with the same lock-out, and what a role may there."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from typing_extensions import override

from people.commands import verified_account
from people.errors import Refusal
from people.models import Account
from people.queries import permissions_of


class AccountBackend(ModelBackend):
    """Our own check of name and password; rights come from the roles that are held today, and from nothing else."""

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

    @override
    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: nobody has a right of their own."""
        return set()

    @override
    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Those of the roles; an administrator has all without them."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        return permissions_of(user_obj.pk)
