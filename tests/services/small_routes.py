"""Small definitions of every shape, for the proofs that compare with brute force."""

from itertools import product

from services.definition import Definition, Limits, Remedies
from services.faces import CertificateFacts
from services.fields import Field
from services.form import Form, Section
from services.limits import Limit
from services.results import Result
from services.route import Route, StepGroup

FIELDS = (
    Field("s.at", "", "division", required=True),
    Field("s.a", "", "boolean", required=True),
    Field("s.b", "", "boolean"),
    Field("s.n", "人数", "integer", required=True, minimum=0, maximum=6),
)
FORM = Form((Section("s", "", FIELDS),))
CONDITIONS = [
    "answers.s.a",
    "!answers.s.a",
    "answers.s.b",
    "has(answers.s.b)",
    "answers.s.n > 3",
    "answers.s.n <= 3 && answers.s.a",
    "answers.s.n > 9",
    "answers.s.n == 3 || answers.s.b == false",
]
FUNCTION = "market_regulation"
STAFFED = {"990102000000": {FUNCTION}}
TYPES = {f"RESULT_{n}": CertificateFacts({}, FUNCTION, "either", None) for n in range(5)}
GROUPS = (StepGroup("either", "", "any"), StepGroup("both", "", "all"))


def every_answer():
    """Every answer that the small form takes."""
    for a, b, n in product((True, False), (True, False, None), range(7)):
        yield {"s": {"a": a, "n": n} | ({} if b is None else {"b": b})}


def definition(steps, join="each", quorum=0, promised=100, groups=GROUPS):
    """A definition around a route; every approving step has a result of its own."""
    working = Limit(promised, "working")
    results = [Result(step.result, "", {}) for step in steps if step.result]
    return Definition(
        code="990000000",
        name="",
        item_type="20",
        is_bundle=False,
        audience=("person",),
        lead=FUNCTION,
        acceptance="officer",
        at="s.at",
        summary="",
        conditions=(),
        basis=(),
        limits=Limits(working, working, working, Limit(200, "working"), None, working),
        form=FORM,
        materials=(),
        route=Route(tuple(steps), join, FUNCTION, quorum, groups),
        results=tuple(results),
        remedies=Remedies(60, 6, ()),
    )
