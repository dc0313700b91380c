"""Starts, watches and stops the processes of the real way to run, all from one place.

Used by `manage.py demo --real` and by the journey's tests; compose.yaml says the same for containers.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self

from bus.queries import is_busy
from config.env import ROOT
from config.forking import Forked
from config.letters import TABLE

GRACE_SECONDS = 20.0  # how long a process may take to finish what it holds
POLL_SECONDS = 0.1
TAIL_LINES = 15
_MANAGE = (sys.executable, str(ROOT / "manage.py"))


Running = subprocess.Popen[bytes] | Forked


class ProcessFailed(Exception):
    """A process ended or never became ready; the text is one line and the tail of its log."""


def programs(front: int, web: int, uploads: int) -> dict[str, list[str]]:
    """Name -> command line of every process; people come to the loopback's port `front`, which leads them on."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    granian += ["--workers", "1", "--port"]
    groups = [word for group in TABLE.groups() for word in ("--group", group)]
    return {
        "front": [sys.executable, "-m", "config.front", str(front), str(web), str(uploads)],
        "web": [*granian, str(web), "--blocking-threads", "1", "config.wsgi:application"],
        "uploads": [
            *granian,
            str(uploads),
            "--blocking-threads",
            "4",
            "config.uploads:application",
        ],
        "relay": [*_MANAGE, "relay"],
        "desk": [*_MANAGE, "consume", "--desk"],
        "groups": [*_MANAGE, "consume", *groups, "--dead"],
        "worker": [*_MANAGE, "work", "--beat", "--concurrency", "1"],
    }


def prepare(environment: Mapping[str, str], owner_url: str) -> str:
    """Makes tables, rights, the demo city, its items and the queues; again changes nothing.

    `owner_url` is the database as its owner, who migrates and grants; the rest is done as the
    application. Returns what the command said; raises `ProcessFailed` when it fails.
    """
    return manage(["prepare"], {**environment, "DATABASE_OWNER_URL": owner_url})


def manage(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Runs one `manage.py` command to its end; returns what it wrote."""
    run = subprocess.run(  # noqa: S603 - our own command line
        [*_MANAGE, *words],
        cwd=ROOT,
        env=_surroundings(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if run.returncode:
        raise ProcessFailed(f"manage.py {words[0]} failed ({run.returncode})\n{_tail(run.stdout)}")
    return run.stdout


class Processes:
    """The processes as a context: what was started inside is stopped at its end.

    `environment` is the whole environment of each of them (DATABASE_URL as the application's role,
    BROKER_URL, the secrets); `logs` a folder that gets `<name>.log` of each.
    """

    def __init__(self, environment: Mapping[str, str], port: int, logs: Path) -> None:
        self.port, self.web, self.uploads = port, free_port(), free_port()
        self.programs = programs(self.port, self.web, self.uploads)
        self.environment = _surroundings({"TONGBAN_PROXIES": "1", **environment})
        self.logs = logs
        self.running: dict[str, Running] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def entrance(self) -> int:
        """Where one comes in: the front, or the web itself when it runs alone."""
        return self.port if "front" in self.running else self.web

    def start(self) -> None:
        """Starts all of them; `wait_ready` says when they serve."""
        for name in self.programs:
            self.start_one(name)

    def fork_missing(self) -> None:
        """Starts what does not run yet, our own commands by forking; the environment must be ours."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for name, words in self.programs.items():
            if name in self.running:
                continue
            if words[: len(_MANAGE)] == list(_MANAGE):
                self.running[name] = Forked(words[len(_MANAGE) :], self._log(name))
            else:
                self.start_one(name)

    def start_one(self, name: str, **more: str) -> None:
        """Starts one that does not run, in a process group of its own; `more` adds variables."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with self._log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own command line
                self.programs[name],
                cwd=ROOT,
                env={**self.environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_ready(self, seconds: float = 60.0) -> None:
        """Returns when /readyz answers 200; `ProcessFailed` when one has ended, or after `seconds`."""
        self._wait("/readyz", seconds)

    def wait_alive(self, seconds: float = 60.0) -> None:
        """Returns when the web answers at all; `ProcessFailed` as above."""
        self._wait("/healthz", seconds)

    def _wait(self, path: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._answers(path):
            self.check()
            if time.monotonic() > until:
                raise ProcessFailed(
                    f"not ready after {seconds:.0f} s\n{_tail_of(self._log('web'))}"
                )
            time.sleep(POLL_SECONDS)
        self.check()

    def wait_settled(self, seconds: float = 120.0) -> None:
        """Returns when no letter is unsent and no chore is due; what never comes to rest is left to itself."""
        until = time.monotonic() + seconds
        while is_busy() and time.monotonic() < until:
            self.check()
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """`ProcessFailed` when one of those that were started has ended by itself."""
        for name, process in self.running.items():
            code = process.poll()
            if code is not None:
                raise ProcessFailed(f"{name} ended with {code}\n{_tail_of(self._log(name))}")

    def kill(self, name: str) -> None:
        """SIGKILL to a process and to all its children, at once; it is not started again."""
        process = self.running.pop(name)
        _kill_group(process)

    def stop(self) -> None:
        """Asks all to finish what they hold, and ends what is left after a grace."""
        ending = [self.running.pop(name) for name in list(self.running)]
        for process in ending:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        for process in ending:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.0, until - time.monotonic()))
            _kill_group(process)  # also what a process that ended well has left behind

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _answers(self, path: str) -> bool:
        link = HTTPConnection("127.0.0.1", self.entrance, timeout=5)
        try:
            link.request("GET", path)
            return link.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            link.close()


def free_port() -> int:
    """A port on the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of our processes: both source roots, the real settings, output at once."""
    roots = os.pathsep.join([str(ROOT), str(ROOT / "graphql")])
    return {
        **environment,
        "PYTHONPATH": roots,
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _kill_group(process: Running) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # the group has the number of its first process
    process.wait()


def _tail_of(log: Path) -> str:
    return _tail(log.read_text("utf-8", errors="replace")) if log.exists() else "(no log)"


def _tail(text: str) -> str:
    return "\n".join(text.splitlines()[-TAIL_LINES:]) or "(it said nothing)"
