"""Keeps one press per process: one page at a time, ended when it dies or hangs."""

import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from files import fonts
from files.errors import RenderFailed, RenderLimit
from files.frames import whole_frame

PAGES_PER_PRESS = 500  # then a fresh one, so that nothing can pile up in it


class PressControl:
    """The press of this process. Threads share it in turn; a forked child starts its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.press: subprocess.Popen[bytes] | None = None
        self.pages = 0
        os.register_at_fork(after_in_child=self._forget)

    def start(self, font_folder: Path) -> None:
        """Starts the press unless it runs; the first start on a machine cuts the faces."""
        with self.lock:
            self._running(font_folder)

    def print(self, font_folder: Path, request: bytes, seconds: float) -> bytes:
        """The paper of one frame; RenderLimit after `seconds`, RenderFailed when the press dies."""
        with self.lock:
            press = self._running(font_folder)
            try:
                head, bodies = _exchange(press, request, time.monotonic() + seconds)
            except TimeoutError as fault:
                self._stop()
                raise RenderLimit(f"longer than {seconds:g} seconds") from fault
            except (EOFError, OSError) as fault:
                self._stop()
                raise RenderFailed("the press ended in the middle of the page") from fault
            self.pages += 1
            if self.pages >= PAGES_PER_PRESS or not head["done"]:
                self._stop()
        if head["done"]:
            return bodies[0]
        raise RenderLimit(head["fault"]) if head["limit"] else RenderFailed(head["fault"])

    def stop(self) -> None:
        """Ends the press; the next page starts another."""
        with self.lock:
            self._stop()

    def _running(self, font_folder: Path) -> subprocess.Popen[bytes]:
        if self.press is None or self.press.poll() is not None:
            self._stop()
            self.press, self.pages = _start_press(font_folder), 0
        return self.press

    def _stop(self) -> None:
        press, self.press = self.press, None
        if press and press.stdin and press.stdout:
            press.kill()
            press.wait()
            press.stdin.close()
            press.stdout.close()

    def _forget(self) -> None:
        """In a forked child: our copies of the pipes would keep the parent's press alive."""
        self.lock = threading.Lock()
        press, self.press = self.press, None
        if press and press.stdin and press.stdout:
            press.stdin.close()
            press.stdout.close()
            press.returncode = 0  # not our child: never wait for it


def _start_press(font_folder: Path) -> subprocess.Popen[bytes]:
    configuration = fonts.ensure_fonts(font_folder)
    environment = {  # nothing of ours: no keys, no database
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(configuration),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "files.press"],
        cwd=fonts.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,  # Ctrl-C at the terminal is for us
    )


def _exchange(
    press: subprocess.Popen[bytes], request: bytes, deadline: float
) -> tuple[dict[str, Any], list[bytes]]:
    assert press.stdin is not None
    assert press.stdout is not None
    to_press, from_press = press.stdin.fileno(), press.stdout.fileno()
    rest = memoryview(request)
    while rest:
        _wait(to_press, select.POLLOUT, deadline)
        rest = rest[
            os.write(to_press, rest[:4096]) :
        ]  # a pipe that is ready takes this much at once
    received = bytearray()
    while (answer := whole_frame(received)) is None:
        _wait(from_press, select.POLLIN, deadline)
        chunk = os.read(from_press, 1 << 20)
        if not chunk:
            raise EOFError
        received += chunk
    return answer


def _wait(descriptor: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(descriptor, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError
