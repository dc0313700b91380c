"""A counter-example reads as what happens, one event a line, in Chinese and in English."""

import pytest
from django.utils import translation

from services.history_words import told
from services.soundness import prove
from tests.services.random_routes import STAFFED, random_route
from tests.services.small_routes import TYPES
from tests.services.test_broken_restaurant import faults, step


def problem_of(data, faces, rule, place):
    _, problems = faults(data, faces)
    return next(p for p in problems if (p.params.get("rule"), p.field) == (rule, place))


def test_a_circle_is_told_as_what_happens_until_nothing_can_happen_any_more(restaurant_data, faces):
    step(restaurant_data, "food")["before"] = ["survey"]
    fault = problem_of(restaurant_data, faces, "STEP_WAITS_FOREVER", "route.food")
    assert told(fault) == [
        "route.food：有的办件会永远等待这个环节 [STEP_WAITS_FOREVER]",
        "1. 牵头部门受理",
        "2. 开始办理：“餐厨垃圾与油烟意见”",
        "3. “餐厨垃圾与油烟意见”答复：同意",
        "4. 此后不会再发生任何事情：“联合踏勘”等待“食品经营许可”、“食品经营许可”等待“联合踏勘”",
    ]


def test_a_broken_promise_is_told_with_its_days_in_english(restaurant_data, faces):
    restaurant_data["limits"]["promised"]["days"] = 9
    fault = problem_of(restaurant_data, faces, "PROMISE_TOO_SHORT", "limits.promised")
    with translation.override("en"):
        lines = told(fault)
    assert lines[0] == (
        "limits.promised: the promise is shorter than the longest path [PROMISE_TOO_SHORT]"
    )
    assert lines[-1] == "6. The promise of 9 working days is over, and the case is not"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_event_and_every_rule_has_words(language):
    with translation.override(language):
        for number in range(300):
            for problem in prove(random_route(number), STAFFED, TYPES).failures:
                lines = told(problem)
                assert all(lines)
                assert problem.params["rule"] not in {lines[0], lines[0].split("：")[-1]}
