"""Decides what a test run promises: nothing skipped passes, and edges are asked for by a marker.

`script/test` sets TONGBAN_TEST_ALL: every test runs, on PostgreSQL and RabbitMQ. A plain pytest
call leaves out (deselects, never skips) the tests whose marker names an edge that is not there.
"""

import json
import os
import shutil
from base64 import b64encode
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is not a wrong rule: time belongs into bench/, never into a test.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

# The demo city as a fixture, for every room.
pytest_plugins = ["tests.city", "tests.restaurant"]

# --- nothing is skipped -----------------------------------------------------------------------

_not_run: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remembers tests that were skipped or expected to fail (both arrive as skipped)."""
    if report.skipped:
        _not_run.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remembers whole modules that skipped themselves."""
    if report.skipped:
        _not_run.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that left something out has failed."""
    if _not_run and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which tests made the run fail by not running."""
    if _not_run:
        terminalreporter.section("skipped or expected to fail, which fails the run", red=True)
        for nodeid in dict.fromkeys(_not_run):
            terminalreporter.line(nodeid)


# --- edges that a plain pytest call may lack ---------------------------------------------------


def _edges() -> dict[str, bool]:
    """Marker -> is that edge there."""
    return {
        "postgres": os.environ.get("DATABASE_URL", "").startswith("postgres"),
        "broker": os.environ.get("BROKER_URL", "").startswith("amqp"),
        "browser": shutil.which("chromium") is not None,
    }


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out tests whose edge is missing, unless the whole run was asked for."""
    if os.environ.get("TONGBAN_TEST_ALL") == "1":
        return
    missing = {name for name, there in _edges().items() if not there}
    left_out = [item for item in items if missing & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


# --- fixtures of the rooms --------------------------------------------------------------------
# What several rooms need goes below; what one room needs into its own tests/<room>/conftest.py.


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
    management = urlsplit(os.environ["BROKER_MANAGEMENT_URL"])
    everything = {"configure": ".*", "write": ".*", "read": ".*"}
    _manage("DELETE", f"/api/vhosts/{name}")
    _manage("PUT", f"/api/vhosts/{name}")
    _manage("PUT", f"/api/permissions/{name}/{management.username}", everything)
    return name


def _manage(method: str, path: str, body: dict[str, str] | None = None) -> None:
    """One call of RabbitMQ's management API; deleting what is not there is fine."""
    address = urlsplit(os.environ["BROKER_MANAGEMENT_URL"])
    signed = b64encode(f"{address.username}:{address.password}".encode()).decode()
    link = HTTPConnection(address.hostname or "", address.port, timeout=30)
    headers = {"Authorization": f"Basic {signed}", "Content-Type": "application/json"}
    link.request(method, path, json.dumps(body or {}), headers)
    status = link.getresponse().status
    link.close()
    assert status < 300 or (method, status) == ("DELETE", 404), f"{method} {path}: {status}"
