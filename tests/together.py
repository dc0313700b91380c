"""Runs acts at the same instant, each in a thread and a database connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from people.errors import Refusal


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act returned, or the code of its refusal; all start together behind a barrier."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=20)
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
