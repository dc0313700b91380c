"""Three documents through the door, beside hand-written views (bench/views.py) with the same answers."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from bench import views
from bench.case_view import one_case
from bench.timing import Figure, Line, Meter, alternating, tell
from config import embedded
from gateway.door import execute
from people.viewer import Viewer
from tests import restaurant
from tests.city import City, everybody

CASES = 20  # accepted ones: a page of my cases and of the worklist
SUBMITTED = 5
REPEATS = 10  # calls a turn
Call = Callable[[], bytes]


def concluded(city: City) -> str:
    """A whole case with its sealed papers; returns its id."""
    case = restaurant.decide_all(city, restaurant.accepted(city))
    embedded.drain()
    assert restaurant.reload(case).state == "concluded"
    return str(case.pk)


def asked(name: str, variables: Mapping[str, object], viewer: Viewer) -> Call:
    """A trusted document, in-process, written as JSON."""
    return lambda: json.dumps(execute(name, variables, viewer), ensure_ascii=False).encode()


def viewed(view: Callable[..., Any], *arguments: object) -> Call:
    """A view called with a request, without middleware."""
    request = RequestFactory().get("/")
    return lambda: view(request, *arguments).content


def pairs(city: City) -> dict[str, tuple[Call, Call]]:
    """What is compared: name -> (ours, peer)."""
    whole = concluded(city)
    for _ in range(CASES):
        restaurant.accepted(city)
    for _ in range(SUBMITTED):
        restaurant.submitted(city)
    officer = city.officer("market_regulation")
    mine = asked("myCases", {"first": 20}, city.owner), viewed(views.my_cases, city.owner)
    one = asked("case", {"id": whole}, city.owner), viewed(one_case, city.owner, whole)
    desk = asked("worklist", {"first": 20}, officer), viewed(views.desk, officer)
    return {"myCases (20)": mine, "case (concluded)": one, "worklist (20)": desk}


def differences(first: Any, second: Any, place: str = "") -> list[str]:
    """Places where two answers differ, whatever the order of keys; cursors are signed with the time."""
    if isinstance(first, dict) and isinstance(second, dict):
        keys = sorted((set(first) | set(second)) - {"endCursor"})
        inner = [(first.get(key, ...), second.get(key, ...), f"{place}.{key}") for key in keys]
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        inner = [
            (*both, f"{place}.{at}") for at, both in enumerate(zip(first, second, strict=True))
        ]
    else:
        return [] if first == second else [f"{place}: {first!r} or {second!r}"]
    return [found for one, other, where in inner for found in differences(one, other, where)]


def statements(call: Call) -> int:
    """SQL statements of one call."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


def turn(call: Call, meters: list[Meter]) -> Callable[[], None]:
    """One turn of a call, whose meter is appended."""

    def run() -> None:
        meter = Meter()
        with meter.running():
            for _ in range(REPEATS):
                call()
        meters.append(meter)

    return run


def measure(n: int) -> None:
    """Prints and writes the figures of n turns; refuses to compare answers that differ."""
    lines: list[Line] = []
    sizes = {}
    for name, (ours, peer) in pairs(everybody()).items():
        answers = [json.loads(call()) for call in (ours, peer)]
        if found := differences(*answers):
            raise SystemExit(f"{name}: the two answers differ: {found[:5]}")
        sizes[name] = f"{len(ours())} bytes"
        meters: tuple[list[Meter], list[Meter]] = ([], [])
        alternating(1, ours, peer)
        alternating(n, turn(ours, meters[0]), turn(peer, meters[1]))
        for what, unit, part in (
            (f"{name}: wall", "ms", lambda meter: meter.wall),
            (f"{name}: CPU", "ms", lambda meter: meter.own_cpu),
        ):
            told = [[part(meter) * 1000 / REPEATS for meter in side] for side in meters]
            lines.append(Line(what, Figure("ours", unit, told[0]), Figure("view", unit, told[1])))
        counts = [statements(call) for call in (ours, peer)]
        figures = [Figure("", "statements", [count]) for count in counts]
        lines.append(Line(f"{name}: SQL", *figures))
    tell("door", lines, {"answers": sizes})
