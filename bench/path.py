"""One restaurant from submit to decided by our commands, beside raw SQL that writes the same rows."""

import os
from collections.abc import Callable, Iterator

from django.db import connection

from bench.floor import Floor
from bench.recording import Recorded, recorded
from bench.timing import Figure, Line, Meter, alternating, tell
from tests.city import City, everybody
from tests.restaurant import GOOD, ITEM, STEPS, TYPED, key
from workflows import commands
from workflows.models import Approval, Case
from workflows.queries import reading_of

CASES = 5  # a turn: the kernel counts a backend's CPU in ticks of 10 ms
DRAFT = 3  # transactions before the submission: start, consent, answers
Act = tuple[str, Callable[[], object]]


def draft_acts(city: City, made: list[Case]) -> Iterator[Act]:
    """What makes a complete draft, which is not measured; the case is appended to `made`."""
    owner = city.owner
    yield "start", lambda: made.append(commands.start_case(viewer=owner, key=key(), item_code=ITEM))
    case = made[-1]
    yield "grant", lambda: commands.grant_use(viewer=owner, key=key(), case_id=case.pk)
    revision = Case.objects.get(pk=case.pk).revision
    yield (
        "save",
        lambda: commands.save_answers(
            viewer=owner, key=key(), case_id=case.pk, revision=revision, answers=TYPED
        ),
    )


def case_acts(city: City, case: Case) -> Iterator[Act]:
    """From submit to decided, a command at a time; what people read before they act is not inside."""
    case = Case.objects.get(pk=case.pk)
    lead = city.officer("market_regulation")
    yield (
        "submit",
        lambda: commands.submit_case(
            viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision
        ),
    )
    yield "accept", lambda: commands.accept_case(viewer=lead, key=key(), case_id=case.pk)
    for step in STEPS:
        rows = Approval.objects.select_related("department", "case__item_version")
        for approval in rows.filter(case=case, step=step).order_by("id"):
            place = approval.department
            viewer = city.officer(place.function, division=place.division_id)
            yield f"decide {step}", deciding(approval, viewer, reading_of(approval).digest)


def deciding(approval: Approval, viewer: object, digest: str) -> Callable[[], object]:
    """The officer's answer to one approval."""
    return lambda: commands.decide_approval(
        viewer=viewer,
        key=key(),
        approval_id=approval.pk,
        outcome=GOOD[approval.kind],
        reason="",
        basis="",
        reading_digest=digest,
    )


def record(city: City) -> list[Recorded]:
    """One whole case, draft included, as it writes."""
    made: list[Case] = []
    transactions = [recorded(name, act) for name, act in draft_acts(city, made)]
    return transactions + [recorded(name, act) for name, act in case_acts(city, made[-1])]


class Ours:
    """Turns of our commands, with what each command took."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.turns: list[Meter] = []
        self.spent: dict[str, list[float]] = {}

    def turn(self) -> None:
        """Some cases, measured from submit on."""
        total = Meter([connection.connection.info.backend_pid])
        for _ in range(CASES):
            made: list[Case] = []
            for _, act in draft_acts(self.city, made):
                act()
            for name, act in case_acts(self.city, made[-1]):
                before = total.wall
                with total.running():
                    act()
                self.spent.setdefault(name, []).append((total.wall - before) * 1000)
            assert Case.objects.get(pk=made[-1].pk).state == "decided"
        self.turns.append(total)


class Floored:
    """Turns of the floor."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.turns: list[Meter] = []

    def turn(self) -> None:
        """As many cases, measured from submit on."""
        total = Meter([self.floor.backend])
        for _ in range(CASES):
            transactions = self.floor.prepared()
            self.floor.write(transactions[:DRAFT])
            with total.running():
                self.floor.write(transactions[DRAFT:])
        self.turns.append(total)


def measure(n: int) -> None:
    """Prints and writes the figures of n turns."""
    city = everybody()
    record(city)  # the first case also reads definitions and keys
    transactions = record(city)
    ours, floor = Ours(city), Floored(Floor(os.environ["DATABASE_URL"], transactions))
    alternating(1, ours.turn, floor.turn)
    ours.turns.clear()
    floor.turns.clear()
    ours.spent.clear()
    alternating(n, ours.turn, floor.turn)
    told = transactions[DRAFT:]
    written = floor.floor.prepared()[DRAFT:]
    lines = [
        line("wall", "ms a case", ours, floor, lambda m: m.wall),
        line("CPU of our process", "ms a case", ours, floor, lambda m: m.own_cpu),
        line("CPU of the database", "ms a case", ours, floor, lambda m: m.others_cpu),
        line("CPU of both", "ms a case", ours, floor, lambda m: m.own_cpu + m.others_cpu),
        Line(
            "statements",
            Figure("ours", "a case", [sum(t.statements for t in told)]),
            Figure("floor", "a case", [sum(len(statements) for statements in written)]),
        ),
    ]
    per_second = [1000 / line.median for line in (lines[0].ours, lines[0].peer)]
    facts = {
        "cases a second": f"ours {per_second[0]:.1f}, floor {per_second[1]:.1f}",
        "a case": f"{len(told)} transactions, {sum(len(t.rows) + len(t.verbatim) for t in told)} rows written",
        "ms by command (statements)": {
            t.name: f"{sorted(ours.spent[t.name])[len(ours.spent[t.name]) // 2]:.1f} ({t.statements})"
            for t in told
        },
    }
    tell("path", lines, facts)


def line(what: str, unit: str, ours: Ours, floor: Floored, part: Callable[[Meter], float]) -> Line:
    """One part of the meters, in milliseconds a case."""
    turns = [[part(meter) * 1000 / CASES for meter in side.turns] for side in (ours, floor)]
    return Line(what, Figure("ours", unit, turns[0]), Figure("floor", unit, turns[1]))
