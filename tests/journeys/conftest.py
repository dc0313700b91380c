"""What the journeys of the real way share: one installation a module."""

import os
from collections.abc import Iterator

import pytest

from tests.journeys.stage import Stage


@pytest.fixture(scope="module")
def stage(broker_vhost: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """An installation with its city and items, on which nothing runs yet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    made = Stage(f"journey_{worker}", tmp_path_factory.mktemp("journey"))
    try:
        made.build()
        yield made
    finally:
        made.close()


@pytest.fixture
def running(stage: Stage) -> Iterator[Stage]:
    """The installation with all its processes ready; they end with the test."""
    stage.wire.mend()
    stage.processes.start()
    stage.processes.wait_ready()
    yield stage
    stage.processes.stop()
