"""Runs one measurement on a city of its own: `python -m bench NAME [n]` (script/bench)."""

import os
import sys
from contextlib import redirect_stderr
from importlib import import_module

import django

from bench import ground
from config.env import ROOT

NAMES = ("path", "door", "paper", "route", "guides", "search")


def main(name: str, n: int) -> None:
    """Makes a fresh database, loads the city, measures, prints and writes var/bench/<name>.json."""
    os.environ["DATABASE_URL"] = ground.fresh_database(os.environ["DATABASE_OWNER_URL"], name)
    django.setup()
    ground.load_city()
    # Our log lines are written, as in earnest, but not in the way of the table. The measurement
    # imports models, which exist only now.
    with (ROOT / "var/bench" / f"{name}.log").open("w") as log, redirect_stderr(log):
        import_module(f"bench.{name}").measure(n)


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3} or sys.argv[1] not in NAMES:
        sys.exit(f"usage: python -m bench {'|'.join(NAMES)} [n]")
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else 5)
