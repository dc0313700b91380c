"""The proof of a route of 12 steps and 8 conditions, beside walking every answer and every outcome one by one."""

import time
from collections.abc import Callable
from itertools import product

from bench.timing import Figure, Line, alternating, tell
from services.definition import Definition, read_definition
from services.route import active_steps
from services.soundness import prove
from services.walk import plan_of, run, words

STEPS, CONDITIONS, DECIDING = 12, 8, 6
FUNCTION = "market_regulation"
STAFFED = {f"9901{number:02}000000": {FUNCTION: 3} for number in range(1, 21)}
DAYS = {"days": 3, "kind": "working"}


def definition(*, sound: bool) -> Definition:
    """Twelve steps in three rows of four; eight are conditional on a question of their own, six decide."""
    steps = [_step(number) for number in range(STEPS)]
    if not sound:
        steps[-1]["before"] = ["s7"]
    asked = [
        {"id": f"q{number}", "label": f"问题{number}", "type": "boolean", "required": True}
        for number in range(CONDITIONS)
    ]
    place = {"id": "division", "label": "区划", "type": "division", "required": True}
    limit = {"days": 30, "kind": "working"}
    return read_definition(
        {
            "code": "990000000",
            "name": "十二个环节",
            "type": "20",
            "audience": ["person"],
            "lead": FUNCTION,
            "acceptance": "officer",
            "at": "answers.s.division",
            "basis": ["b"],
            "limits": dict.fromkeys(("notice", "correction", "promised", "delivery"), limit),
            "form": [{"id": "s", "label": "表", "fields": [place, *asked]}],
            "materials": [],
            "route": steps,
            "join": "each",
            "results": [
                {"code": step["result"], "name": "证", "face": {}}
                for step in steps
                if "result" in step
            ],
            "remedies": {"review_days": 60, "suit_months": 6, "basis": ["b"]},
        }
    )


def _step(number: int) -> dict[str, object]:
    """A step of the third row waits for the second, which waits for the first; every other one decides."""
    step: dict[str, object] = {
        "id": f"s{number}",
        "name": f"环节{number}",
        "kind": "approve" if number % 2 == 0 else "advise",
        "department": FUNCTION,
        "within": DAYS,
        "reads": ["s"],
        "before": [f"s{number + 4}"] if number + 4 < STEPS else [],
    }
    if number >= STEPS - CONDITIONS:
        step["when"] = f"answers.s.q{number - STEPS + CONDITIONS}"
    if step["kind"] == "approve":
        step |= {"item": "1", "basis": "b", "result": f"RESULT_{number}"}
    return step


def naive(item: Definition) -> int:
    """Every answer, every combination of grants and denials; how many cases wait forever."""
    stuck = 0
    for values in product((True, False), repeat=CONDITIONS):
        answers = {"s": {f"q{number}": value for number, value in enumerate(values)}}
        plan = plan_of(item.route, active_steps(item.route, answers))
        for granted in product((True, False), repeat=len(plan.deciding)):
            pairs = zip(sorted(plan.deciding), granted, strict=True)
            denied = [step for step, is_granted in pairs if not is_granted]
            stuck += bool(run(plan, words(plan, denied)).waiting)
    return stuck


def measure(n: int) -> None:
    """Ours in milliseconds beside the naive walk, of a sound route and of one with a circle in it."""
    lines = []
    facts: dict[str, object] = {"steps": STEPS, "conditions": CONDITIONS, "divisions": len(STAFFED)}
    for what, item in (("sound", definition(sound=True)), ("circle", definition(sound=False))):
        ours: list[float] = []
        peer: list[float] = []
        proof = prove(item, STAFFED, {})
        rules = {str(problem.params["rule"]) for problem in proof.failures} - {
            "UNKNOWN_CERTIFICATE"
        }
        assert bool(rules) == bool(naive(item)), "both say the same"
        facts[what] = {**proof.figures, "refused by": sorted(rules)}
        alternating(n, _timed(ours, _prover(item)), _timed(peer, _walker(item)))
        figures = (Figure(f"{what}: ours", "ms", ours), Figure(f"{what}: every run", "ms", peer))
        lines.append(Line(f"proof of a {what} route", *figures))
    tell("route", lines, facts)


def _prover(item: Definition) -> Callable[[], object]:
    return lambda: prove(item, STAFFED, {})


def _walker(item: Definition) -> Callable[[], object]:
    return lambda: naive(item)


def _timed(into: list[float], act: Callable[[], object]) -> Callable[[], None]:
    def timed() -> None:
        began = time.perf_counter()
        act()
        into.append((time.perf_counter() - began) * 1000)

    return timed
