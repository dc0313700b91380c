"""Decides how a figure is taken and told: turns in alternation, the median between min and max."""

import json
import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import django
import psycopg

from config.env import ROOT

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Meter:
    """Sums wall seconds and CPU seconds of what runs inside `running`.

    `others` are processes that work for us: a database backend, a press; their CPU is told by the
    kernel in ticks of 10 ms, so only sums over many acts mean something.
    """

    others: Sequence[int] = ()
    wall: float = 0.0
    own_cpu: float = 0.0
    others_cpu: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Counts what happens inside."""
        others, cpu, wall = cpu_of(self.others), time.process_time(), time.perf_counter()
        yield
        self.wall += time.perf_counter() - wall
        self.own_cpu += time.process_time() - cpu
        self.others_cpu += cpu_of(self.others) - others


def cpu_of(pids: Sequence[int]) -> float:
    """CPU seconds that processes have used so far."""
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            ticks += sum(int(word) for word in stat.read().rsplit(")", 1)[1].split()[11:13])
    return ticks / TICK


@dataclass(frozen=True)
class Figure:
    """One thing in numbers of one unit, a number a turn."""

    what: str
    unit: str
    turns: Sequence[float]

    @property
    def median(self) -> float:
        """The figure that is told."""
        return statistics.median(self.turns)

    def shown(self) -> str:
        """`median (min-max)`."""
        return f"{self.median:.4g} ({min(self.turns):.4g}-{max(self.turns):.4g})"


@dataclass(frozen=True)
class Line:
    """Ours beside a peer that does the same; a ratio above 1 is what ours costs more."""

    what: str
    ours: Figure
    peer: Figure

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the peer, of the medians."""
        return self.ours.median / self.peer.median


def alternating(n: int, *acts: Callable[[], object]) -> None:
    """Each act n times, in turn, so that a neighbour's load falls on all; once before, unmeasured."""
    for _ in range(n):
        for act in acts:
            act()


def tell(name: str, lines: Sequence[Line], facts: Mapping[str, object]) -> None:
    """Prints the table and writes var/bench/<name>.json."""
    print(f"{'what':46} {'ours':>26} {'peer':>26} {'ratio':>6}  n")
    for line in lines:
        what = f"{line.what} [{line.ours.unit}]"
        shown = f"{line.ours.shown():>26} {line.peer.shown():>26}"
        print(f"{what:46} {shown} {line.ratio:6.2f}  {len(line.ours.turns)}")
    for what, value in facts.items():
        print(f"{what}: {value}")
    folder = ROOT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    written = {
        "name": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "lines": [{**asdict(line), "ratio": round(line.ratio, 3)} for line in lines],
        "facts": dict(facts),
    }
    text = json.dumps(written, ensure_ascii=False, indent=1)
    (folder / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"written to var/bench/{name}.json")


def machine() -> dict[str, object]:
    """Where the figures come from; `load` is of the last minute: above the cores, others were at work."""
    commit = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    run = subprocess.run(commit, capture_output=True, text=True, check=False)
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.get_version(),
        "psycopg": psycopg.__version__,
        "commit": run.stdout.strip(),
    }
