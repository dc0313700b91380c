"""A counter-example reads as what happens, one event a line, in Chinese and in English."""

from dataclasses import replace

import pytest
from django.utils import translation

from services.conditions import parse_condition
from services.history_words import told
from services.limits import Limit
from services.route import Step
from services.soundness import prove
from tests.services.random_routes import STAFFED, random_route
from tests.services.small_routes import FORM, FUNCTION, TYPES, definition


def problem_of(route, rule, promised=100):
    """The problem by which a small route is refused."""
    proof = prove(definition(route, promised=promised, groups=()), STAFFED, TYPES)
    return next(p for p in proof.failures if p.params["rule"] == rule)


def decision(name, number, *before, **values):
    """A step of a small route that decides."""
    step = Step(name, name, "approve", (FUNCTION,), "s.at", Limit(3, "working"), ("s",))
    granted = {"result": f"RESULT_{number}", "item": "1", "basis": "b"}
    return replace(step, before=before, **{**granted, **values})


def test_a_circle_is_told_as_what_happens_until_nothing_can_happen_any_more():
    free = decision("招牌", 0)
    survey = decision("踏勘", 1, "许可", when=parse_condition("answers.s.n > 3", FORM))
    fault = problem_of([free, survey, decision("许可", 2, "踏勘")], "STEP_WAITS_FOREVER")
    assert told(fault) == [
        "route.踏勘：有的办件会永远等待这个环节 [STEP_WAITS_FOREVER]",
        "1. 申请人填写：人数为“4”",
        "2. 牵头部门受理",
        "3. 开始办理：“招牌”",
        "4. “招牌”答复：不予准予",
        "5. 此后不会再发生任何事情：“踏勘”等待“许可”、“许可”等待“踏勘”",
    ]


def test_a_broken_promise_is_told_with_its_days_in_english():
    steps = [decision("A", 0, "B"), decision("B", 1)]
    with translation.override("en"):
        lines = told(problem_of(steps, "PROMISE_TOO_SHORT", promised=5))
    assert lines == [
        "limits.promised: the promise is shorter than the longest path [PROMISE_TOO_SHORT]",
        "1. The lead department accepts",
        "2. Opened: “A”",
        "3. “A” answers in time: Granted; 3 working days are over",
        "4. Opened: “B”",
        "5. “B” answers in time: Granted; 6 working days are over",
        "6. The promise of 5 working days is over, and the case is not",
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_event_and_every_rule_has_words(language):
    with translation.override(language):
        for number in range(300):
            for problem in prove(random_route(number), STAFFED, TYPES).failures:
                lines = told(problem)
                assert all(lines)
                assert problem.params["rule"] not in {lines[0], lines[0].split("：")[-1]}
