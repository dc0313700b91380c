"""Small definitions of every shape, for the proofs that compare with brute force."""

from itertools import product

from hypothesis import strategies as st

from services.conditions import parse_condition
from services.definition import Definition, Limits, Remedies
from services.faces import CertificateFacts
from services.fields import Field
from services.form import Form, Section
from services.limits import Limit
from services.results import Result
from services.route import JOINS, Route, Step, StepGroup

FIELDS = (
    Field("s.at", "", "division", required=True),
    Field("s.a", "", "boolean", required=True),
    Field("s.b", "", "boolean"),
    Field("s.n", "", "integer", required=True, minimum=0, maximum=6),
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
WORKING = st.integers(0, 4).map(lambda days: Limit(days, "working"))


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


@st.composite
def steps_of(draw, cyclic=True):
    """One to five steps, each before any others (only later ones unless `cyclic`)."""
    names = [f"step{number}" for number in range(draw(st.integers(1, 5)))]
    steps = []
    for number, name in enumerate(names):
        kind = draw(st.sampled_from(("approve", "approve", "advise", "verify")))
        decides = kind == "approve"
        others = [n for n in names if n != name] if cyclic else names[number + 1 :]
        text = draw(st.none() | st.sampled_from(CONDITIONS))
        steps.append(
            Step(
                id=name,
                name=name,
                kind=kind,
                group=draw(st.sampled_from(("", "either", "either", "both")))
                if kind == "verify"
                else "",
                departments=(FUNCTION,),
                at="s.at",
                within=draw(WORKING),
                reads=("s",),
                when=parse_condition(text, FORM) if text else None,
                before=tuple(draw(st.sets(st.sampled_from(others), max_size=2))) if others else (),
                result=f"RESULT_{number}" if decides else "",
                item="1" if decides else "",
                basis="b" if decides else "",
            )
        )
    return steps


@st.composite
def definitions(draw, cyclic=True):
    """A small definition with any join and a promise that is sometimes too short."""
    join = draw(st.sampled_from(JOINS))
    quorum = draw(st.integers(1, 3)) if join == "quorum" else 0
    return definition(draw(steps_of(cyclic)), join, quorum, draw(st.integers(0, 12)))
