"""Decides what a test run promises: nothing skipped passes, and edges are asked for by a marker.

`script/test` sets TONGBAN_TEST_ALL: every test runs, on PostgreSQL and RabbitMQ. A plain pytest
call leaves out (deselects, never skips) the tests whose marker names an edge that is not there.
"""

import os
import shutil

import pytest

SLOW = {"journey", "broker", "postgres", "browser"}
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
    """Leaves out tests whose edge is missing; the whole run leaves out none, and begins with the slow.

    What is slow comes first so that the workers end together, and not one of them with a journey.
    """
    if os.environ.get("TONGBAN_TEST_ALL") == "1":
        items.sort(key=lambda item: SLOW.isdisjoint(mark.name for mark in item.iter_markers()))
        return
    missing = {name for name, there in _edges().items() if not there}
    left_out = [item for item in items if missing & {mark.name for mark in item.iter_markers()}]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
