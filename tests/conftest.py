"""Lends every room what its tests share: the demo city, and edges of their own.

`tests/whole_run.py` decides what a run promises (nothing is skipped).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from config.languages import compile_catalogues
from tests.rabbit_management import make_vhost

# The demo city as fixtures for every room; what a run promises; how long script/check makes it.
pytest_plugins = ["tests.city", "tests.whole_run", "tests.long_run"]

# --- fixtures of the rooms --------------------------------------------------------------------
# What several rooms need goes below; what one room needs into its own tests/<room>/conftest.py.


@pytest.fixture(scope="session", autouse=True)
def compiled_languages() -> None:
    """English as it is written now, also in a plain pytest call of a fresh clone."""
    compile_catalogues()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """A request leaves its language active in the thread; the next test begins in Chinese."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def application_database_url(django_db_setup: None, django_db_blocker: Any) -> str:
    """The running test database as the application's role, for tests marked postgres.

    Tests are the owner, who may do anything; what the application may not do shows only here.
    """
    with django_db_blocker.unblock():
        call_command("grant_rights")
    address = os.environ["DATABASE_APPLICATION_URL"].rsplit("/", 1)[0]
    return f"{address}/{connection.settings_dict['NAME']}"


@pytest.fixture(scope="session", autouse=True)
def broker_vhost() -> str | None:
    """An empty RabbitMQ virtual host of this worker's own; its name ends `settings.BROKER_URL`."""
    if not settings.BROKER_URL.startswith("amqp"):
        return None
    name = settings.BROKER_URL.rsplit("/", 1)[1]
    make_vhost(name)
    return name
