"""Browsers without a window: Django's client, signed in as somebody of the demo city."""

import pytest
from django.test import Client

from tests.city import PASSWORD


@pytest.fixture
def sits(city):
    """Signs in by the page and gives the client: sits("linxiaoman", "enterprise")."""

    def sit(account: str, capacity: str = "officer") -> Client:
        client = Client()
        typed = {"name": account, "password": PASSWORD, "capacity": capacity}
        assert client.post("/sign-in", typed).status_code == 302
        return client

    return sit


@pytest.fixture
def owner(sits) -> Client:
    """The restaurant's legal representative."""
    return sits("linxiaoman", "enterprise")
