"""The embedded way to run: letters, kept letters and chores on one thread of the web process."""

import logging
import threading
from functools import cache

from bus import chores, wakeup
from bus.faults import DatabaseAway
from bus.memory import MemoryBus
from bus.receiving import Receiver
from bus.relay import Relay
from bus.retries import retry
from bus.table import DESK
from config.letters import TABLE, queues

log = logging.getLogger(__name__)
POLL_SECONDS = 1.0
ROUNDS = 1000  # a chore that asks for itself again would otherwise never end


@cache
def _relay() -> Relay:
    memory = MemoryBus(queues)
    memory.consume([*TABLE.groups(), DESK], Receiver(TABLE).receive)
    return Relay(memory)


def turn() -> int:
    """Sends, receives and works what is due now; returns how much that was."""
    return _relay().turn() + retry(TABLE) + chores.sweep(TABLE, limit=1)  # letters between chores


def drain() -> None:
    """Goes on until nothing is due, in the calling thread: for tests and `manage.py demo`.

    What failed and waits for its next attempt is left waiting. Raises `RuntimeError` when there is
    no end of it.
    """
    for _ in range(ROUNDS):
        if turn() == 0 and not chores.due(1):  # one that failed does not hide those behind it
            return
    raise RuntimeError(f"still busy after {ROUNDS} rounds")


class _Worker:
    """The thread, started once a process."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self.run, daemon=True, name="embedded")
                self._thread.start()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                if turn() == 0:
                    wakeup.posted.wait(POLL_SECONDS)
                    wakeup.posted.clear()
            except DatabaseAway as fault:
                log.warning("embedded.waits %s", fault)
                self.stop.wait(POLL_SECONDS)
            except Exception:  # one bad row must not end the only thread there is
                log.exception("embedded.fault")
                self.stop.wait(POLL_SECONDS)


_worker = _Worker()


def start() -> None:
    """Starts the thread; called once by the web process of the embedded mode."""
    _worker.start()
