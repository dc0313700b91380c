"""What the races about cases share."""

import pytest
from django.db import connection

from tests.checker import broken


@pytest.fixture
def promises(transactional_db, settings):
    """Nobody is told of chores; whatever raced, the checker finds nothing broken afterwards."""
    settings.CHORE_HINT = "bus.wakeup.chore_asked"
    yield
    with connection.cursor() as cursor:
        assert broken(cursor, settled=False) == {}
