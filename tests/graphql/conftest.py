"""What the tests of the door share: callers, and ad-hoc texts switched on where a test needs them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import Account, Session
from people.tokens import access_token_of
from people.viewer import Viewer
from tests.graphql.asking import Caller


@pytest.fixture
def anonymous() -> Caller:
    """Nobody has signed in."""
    return Caller(Client())


@pytest.fixture
def caller_of(db: None) -> Callable[[Viewer], Caller]:
    """A signed-in caller for a viewer of the demo city."""

    def signed_in(viewer: Viewer) -> Caller:
        session = Session.objects.create(
            account=Account.objects.get(pk=viewer.account_id),
            acting_enterprise_id=viewer.enterprise_id,
            acting_department_id=viewer.department_id,
            refresh_digest=str(viewer.account_id).encode()[:32].rjust(32, b"0"),
            expires_at="2100-01-01T00:00:00Z",
        )
        return Caller(Client(), access_token_of(session))

    return signed_in


@pytest.fixture
def ad_hoc(settings: Any) -> None:
    """Texts of one's own are allowed, as for a registered integrator."""
    settings.AD_HOC_QUERIES = True
