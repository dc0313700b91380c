"""Runs acts at the same instant, each in a thread and a database connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from people.errors import Refusal

Act = Callable[[], object]
DONE = "done"


def at_once(*acts: Act) -> list[object]:
    """What each act returned, or the code of its refusal; all start together behind a barrier."""
    gate = threading.Barrier(len(acts))

    def run(act: Act) -> object:
        try:
            gate.wait(timeout=20)
            return act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def race(*lanes: Sequence[Act]) -> list[tuple[object, ...]]:
    """Runs the first acts of all lanes at once, then the second ones, and so on.

    A row of answers each time: DONE, or the code that an act was refused with. Any other error is
    raised.
    """
    gate = threading.Barrier(len(lanes), timeout=60)

    def run(acts: Sequence[Act]) -> list[object]:
        try:
            return [_answer(gate, act) for act in acts]
        except BaseException:
            gate.abort()
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lanes)) as pool:
        running = [pool.submit(run, acts) for acts in lanes]
        faults = [one.exception() for one in running]
        for fault in faults:
            if fault is not None and not isinstance(fault, threading.BrokenBarrierError):
                raise fault
        return list(zip(*[one.result() for one in running], strict=True))


def _answer(gate: threading.Barrier, act: Act) -> object:
    gate.wait()
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    return DONE
