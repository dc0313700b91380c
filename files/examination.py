"""Has strangers' bytes judged in a process of its own, which may crash, hang or hunger without harm."""

import json
import os
import subprocess
import sys
from pathlib import Path

from files.errors import FileRefused

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 30.0  # of waiting; the program limits itself to 20 of work


def examine(path: Path) -> str:
    """The media type of a file that may be kept; FileRefused otherwise (inspection.py).

    A program that dies, runs out of memory or takes too long has met a file that cannot be read.
    """
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}  # no keys, no database
    try:
        run = subprocess.run(  # noqa: S603 - our own program, a path of our own making
            [sys.executable, "-m", "files.inspection", str(path)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
        found: dict[str, object] = json.loads(run.stdout)
    except (subprocess.TimeoutExpired, ValueError) as fault:
        raise FileRefused("FILE_UNREADABLE") from fault
    if "fault" in found:
        params = found["params"]
        assert isinstance(params, dict)
        raise FileRefused(str(found["fault"]), **params)
    return str(found["media_type"])
