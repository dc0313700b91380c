"""Places where a fault test may kill the process; nothing happens unless the environment names one."""

import os
import signal

_WANTED = os.environ.get("TONGBAN_FAILPOINT", "")


def reach(name: str) -> None:
    """Dies by SIGKILL here when `TONGBAN_FAILPOINT` is this name (`relay.claimed`, ...)."""
    if name == _WANTED:
        os.kill(os.getpid(), signal.SIGKILL)
