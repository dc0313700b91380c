"""Routes drawn at random from a number: about half of them sound, each of the others broken in one way or two."""

from dataclasses import replace
from random import Random

from services.conditions import parse_condition
from services.limits import Limit, StopRule
from services.results import Result
from services.route import SILENCES, Step, StepGroup
from tests.services.small_routes import CONDITIONS, FORM, FUNCTION, definition

OTHER = "fire"
NOWHERE = "astronomy"
HERE, THERE = "990102000000", "990103000000"
STAFFED = {HERE: {FUNCTION: 9, OTHER: 3}, THERE: {FUNCTION: 9}}
KINDS = ("approve", "approve", "approve", "verify", "verify", "advise", "inspect", "evaluate")
JOINS = ("each", "each", "all", "any", "quorum", "veto")
WHENS = {text: parse_condition(text, FORM) for text in CONDITIONS}


def random_route(seed: int):
    """The definition of a number; the same number gives the same one."""
    random = Random(seed)
    steps = _steps(random)
    join = random.choice(JOINS)
    deciding = sum(s.decides and s.when is None for s in steps)
    parts = {
        "steps": steps,
        "join": join,
        "quorum": random.randint(1, max(1, deciding)) if join == "quorum" else 0,
        "groups": _groups(steps),
        "promised": 30,
        "statutory": 60,
    }
    if random.random() < 0.6:
        for _ in range(random.choice((1, 1, 2))):
            if parts["steps"]:
                random.choice(DEFECTS)(random, parts)
    return _built(parts)


def _built(parts):
    made = definition(
        parts["steps"], parts["join"], parts["quorum"], parts["promised"], parts["groups"]
    )
    limits = replace(made.limits, statutory=Limit(parts["statutory"], "working"))
    made = replace(made, limits=limits, stops=(StopRule("hearing", "听证", "b", 20, "working"),))
    results = {r.code: r for r in made.results}  # one step too many with a result adds none
    more = parts.get("results", ())
    return replace(made, results=(*results.values(), *(Result(code, "", {}) for code in more)))


def _steps(random):
    """One to five steps in an order of their own, each before later ones only."""
    number = random.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
    names = [f"s{n}" for n in random.sample(range(number), number)]
    sure = random.randrange(number)
    steps = [
        _step(random, names[at:], "approve" if at == sure else random.choice(KINDS), at == sure)
        for at in range(number)
    ]
    checks = [s for s in steps if s.kind == "verify"]
    if len(checks) > 1 and random.random() < 0.8:
        changed = {s.id: replace(s, group=random.choice(("either", "both"))) for s in checks}
        first = checks[0].id
        changed[first] = replace(changed[first], group="either", when=None)
        changed[checks[1].id] = replace(changed[checks[1].id], group="either")
        steps = [changed.get(s.id, s) for s in steps]
    if number < 5 and random.random() < 0.25:  # what the sure decision grants is issued
        steps[sure] = replace(steps[sure], before=(*steps[sure].before, "issue"))
        steps.append(_step(random, ["issue"], "issue", True))
    return steps


def _step(random, names, kind, is_sure):
    name, later = names[0], names[1:]
    decides, text = kind == "approve", random.choice((None, *CONDITIONS[:6]))
    silences = SILENCES if kind == "advise" else SILENCES[:2]
    return Step(
        id=name,
        name=name,
        kind=kind,
        departments=(FUNCTION,),
        at="s.at",
        within=Limit(random.randint(0, 4), random.choice(("working", "working", "calendar"))),
        reads=("s",),
        when=None if is_sure or text is None else WHENS[text],
        before=tuple(n for n in later if random.random() < 0.4),
        result=f"RESULT_{name[1:]}" if decides else "",
        item="1" if decides else "",
        basis="b" if decides else "",
        statutory=Limit(random.randint(20, 40), "working") if decides else None,
        opinions=random.choice((1, 1, 1, 2, 3)),
        on_silence=random.choice(silences),
        stop=random.choice(("", "hearing")) if kind == "evaluate" else "",
    )


def _groups(steps):
    there = {step.group for step in steps if step.group}
    members = {g: sum(s.group == g for s in steps) for g in there}
    joins = {"either": "any", "both": "all"}
    return tuple(StepGroup(g, g, joins[g]) for g in sorted(there) if members[g] > 1 or g == "both")


def _change(random, parts, of=lambda step: True, **values):
    """One of the steps for which `of` holds, changed."""
    fitting = [at for at, step in enumerate(parts["steps"]) if of(step)]
    if fitting:
        at = random.choice(fitting)
        parts["steps"][at] = replace(parts["steps"][at], **values)


def _circle(random, parts):
    """A step after its own followers, or after itself."""
    one, other = random.choice(parts["steps"]), random.choice(parts["steps"])
    for at, step in enumerate(parts["steps"]):
        if step.id == one.id:
            parts["steps"][at] = replace(step, before=(*step.before, other.id))
        if step.id == other.id and other.id != one.id and one.id not in step.before:
            parts["steps"][at] = replace(step, before=(*step.before, one.id))


def _more_order(random, parts):
    """Edges anywhere."""
    names = [step.id for step in parts["steps"]]
    _change(random, parts, before=tuple(random.sample(names, min(2, len(names)))))


def _ungranted(random, parts):
    parts["steps"] = [s for s in parts["steps"] if not s.decides or random.random() < 0.3]


def _all_conditional(random, parts):
    parts["steps"] = [
        replace(s, when=s.when or WHENS[random.choice(CONDITIONS)]) for s in parts["steps"]
    ]


def _in_either(random, parts):
    """Some other step among the alternatives, where there are any."""
    if any(step.group == "either" for step in parts["steps"]):
        _change(random, parts, lambda s: s.kind != "verify", group="either")


def _one(**values):
    return lambda random, parts: _change(random, parts, **values)


def _of_kind(kind, **values):
    return lambda random, parts: _change(random, parts, lambda s: s.kind == kind, **values)


def _not_of_kind(kind, **values):
    return lambda random, parts: _change(random, parts, lambda s: s.kind != kind, **values)


DEFECTS = (
    _circle,
    _circle,
    _more_order,
    _ungranted,
    _all_conditional,
    _one(when=WHENS["answers.s.n > 9"]),
    _one(before=("nobody",)),
    _one(reads=()),
    _one(reads=("s", "t.unknown")),
    _one(departments=(NOWHERE,)),
    _one(departments=(OTHER,)),
    _not_of_kind("inspect", departments=(FUNCTION, OTHER)),
    _of_kind("inspect", departments=(FUNCTION, OTHER)),
    _one(departments=()),
    _one(opinions=9),
    _not_of_kind("advise", on_silence="consent"),
    _not_of_kind("evaluate", stop="hearing"),
    _of_kind("evaluate", stop="holiday"),
    _of_kind("approve", result=""),
    _of_kind("approve", item=""),
    _of_kind("approve", basis=""),
    _of_kind("approve", result="RESULT_4"),
    _not_of_kind("approve", result="RESULT_3"),
    _of_kind("approve", statutory=Limit(1, "working")),
    _one(group="either"),
    _one(group="lost"),
    _in_either,
    _in_either,
    _of_kind("verify", group="either"),
    _one(kind="issue", result="", group="", stop=""),
    lambda random, parts: parts.update(promised=random.randint(0, 5)),
    lambda random, parts: parts.update(promised=61),
    lambda random, parts: parts.update(join="quorum", quorum=random.randint(0, 4)),
    lambda random, parts: parts.update(quorum=2),
    lambda random, parts: parts.update(join="any"),
    lambda random, parts: parts.update(steps=[]),
    lambda random, parts: parts.update(results=["RESULT_4"]),
    lambda random, parts: parts.update(groups=(StepGroup("either", "", "any"),)),
    lambda random, parts: parts.update(groups=(StepGroup("both", "", "all"),)),
)
