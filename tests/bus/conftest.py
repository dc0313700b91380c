"""What the tests of the bus share."""

from typing import Any

import pytest

from tests.bus.house import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture(autouse=True)
def _hints_stay_here(settings: Any) -> None:
    """No Celery: a hint wakes this process, and most tests do not wait for hints."""
    settings.CHORE_HINT = "bus.wakeup.chore_asked"
