"""The embedded way as it is run: one web process on a SQLite file, killed in the middle and started again."""

import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.http_client import HttpClient
from config.processes import Processes, manage
from tests.checker import broken
from tests.journeys.path import ALL_GOOD, ALL_VALID, Journey, decided
from tests.journeys.stage import free_port

pytestmark = pytest.mark.journey


class House:
    """One SQLite file, one process."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "house.sqlite3"
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "BROKER_URL": "memory://",
            "TONGBAN_KEY_DIR": str(settings.KEY_DIR),
            "TONGBAN_FONT_DIR": str(settings.FONT_DIR),
            "TONGBAN_FILES_DIR": str(folder / "files"),
        }
        manage(["prepare"], environment)
        self.processes = Processes(environment, free_port(), folder / "logs")
        self.client = HttpClient(f"http://127.0.0.1:{self.processes.web}")

    def start(self) -> None:
        self.processes.start_one("web")
        self.processes.wait_ready()

    def end_leases(self) -> None:
        """What the killed process had claimed is free at once, as it would be after its lease."""
        with sqlite3.connect(self.database, timeout=20) as link:
            link.execute("UPDATE bus_chore SET locked_until = NULL WHERE state = 'open'")
            link.execute("UPDATE bus_outboxletter SET due_at = created_at WHERE sent_at IS NULL")

    def broken(self) -> object:
        link = sqlite3.connect(self.database, timeout=20)
        try:
            return broken(link.cursor(), settled=True)
        finally:
            link.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.processes:
        made.start()
        yield made


def test_flt_01_one_process_killed_in_the_middle_loses_nothing_and_the_restaurant_opens(house):
    journey = Journey(house.client.ask, lambda: time.sleep(0.1))
    journey.apply()
    journey.accept()
    journey.decide("signage")
    house.processes.kill("web")  # with papers, certificates and letters under way
    house.start()
    house.end_leases()
    case = journey.finish()
    assert (case["state"], case["outcome"]) == ("concluded", "approved")
    assert decided(case) == ALL_GOOD
    assert journey.verified() == ALL_VALID
    until = time.monotonic() + 60
    while (found := house.broken()) and time.monotonic() < until:
        time.sleep(0.2)
    assert found == {}
