"""How our long-running processes end: at SIGTERM or SIGINT they finish what they hold."""

import signal
import threading
from types import FrameType


def stop_on_signal() -> threading.Event:
    """An event that the first SIGTERM or SIGINT sets; called on the main thread."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return stop
