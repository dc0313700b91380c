"""Children that begin with our modules already in memory: a process more for a tenth of a second."""

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import structlog
from django.core.management import call_command
from django.db import connections

from config import logs

_FORK = multiprocessing.get_context("fork")


class Forked:
    """A forked `manage.py` command in a process group of its own, to be used like a `Popen`.

    The caller runs no threads; its database connections are closed, because two processes must not
    share one.
    """

    def __init__(self, words: Sequence[str], log: Path) -> None:
        connections.close_all()
        self._process = _FORK.Process(target=_become, args=(list(words), log))
        self._process.start()
        self.pid = self._process.pid or 0
        _lead_group(self.pid)

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code; `subprocess.TimeoutExpired` when it still runs then."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Sends it, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _become(words: list[str], log: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _lead_group(0)
    with log.open("ab") as place:
        for stream in (1, 2):
            os.dup2(place.fileno(), stream)
    structlog.reset_defaults()  # the demo is quieter than what it starts
    logs.configure()
    call_command(*words)


def _lead_group(pid: int) -> None:
    """Parent and child both ask for it, so that it is so for whoever goes on first."""
    try:
        os.setpgid(pid, pid)
    except (PermissionError, ProcessLookupError):  # it is so already, or it has ended
        return
