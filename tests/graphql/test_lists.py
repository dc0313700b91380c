"""What lists find: items by everyday words, approvals that a department has handled, drafts given up."""

import pytest

from tests.graphql.asking import codes, done, key
from tests.restaurant import accepted, approval_of, decide, decide_step, draft

pytestmark = pytest.mark.django_db
RESTAURANT, SIGNBOARD = "99TCN0003", "990117001000"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "我想开个饭店"}, RESTAURANT),  # called so
        ({"search": "餐饮 消防"}, RESTAURANT),  # every word, in name or summary
        ({"search": "门头"}, SIGNBOARD),
        ({"search": "飞机场"}, None),
        ({"search": "饭店", "audience": "person"}, None),
        ({"search": "饭店", "audience": "enterprise"}, RESTAURANT),
    ],
)
def test_items_are_found_by_name_by_everyday_words_and_by_who_may_apply(
    city, anonymous, asked, found
):
    nodes = anonymous.ask("catalogue", **asked)["data"]["catalogue"]["nodes"]
    assert [node["code"] for node in nodes] == ([found] if found else [])


def test_an_audience_that_there_is_not_is_refused(anonymous):
    assert codes(anonymous.ask("catalogue", audience="robot")) == ["INVALID_CHOICE"]


def test_a_department_finds_what_it_has_handled_and_no_other(city, caller_of):
    case = accepted(city)
    decide_step(city, case, "waste")
    ecology = caller_of(city.officer("ecology"))
    rows = ecology.ask("handledApprovals")["data"]["handledApprovals"]["nodes"]
    assert [(row["caseNumber"], row["outcomeName"]) for row in rows] == [(case.number, "同意")]
    fire = caller_of(city.officer("fire"))
    assert fire.ask("handledApprovals")["data"]["handledApprovals"]["nodes"] == []
    assert codes(caller_of(city.owner).ask("handledApprovals")) == ["FORBIDDEN"]


def test_who_inspects_together_reads_the_others_part_and_advice_offers_no_idle_forwarding(
    city, caller_of
):
    case = accepted(city)
    decide(city.officer("fire"), approval_of(case, "survey", "fire"), "failed", "出口被占用")
    own = approval_of(case, "survey", "market_regulation")
    shown = caller_of(city.officer("market_regulation")).ask("approval", id=str(own.pk))
    (other,) = shown["data"]["approval"]["together"]
    assert (other["department"]["name"], other["decision"]["outcomeName"]) == (
        "云澜市明湖区消防救援大队",
        "不合格",
    )
    advice = approval_of(case, "waste")
    shown = caller_of(city.officer("ecology")).ask("approval", id=str(advice.pk))
    offered = [one["code"] for one in shown["data"]["approval"]["outcomes"]]
    assert offered == ["agree", "disagree"]
    assert shown["data"]["approval"]["together"] == []


def test_a_draft_that_is_given_up_is_abandoned_and_not_withdrawn(city, caller_of):
    owner, case = caller_of(city.owner), draft(city)
    done(owner.ask("withdrawCase", caseId=str(case.pk), idempotencyKey=key()), "withdrawCase")
    shown = owner.ask("case", id=str(case.pk))["data"]["case"]
    assert (shown["state"], shown["stateName"]) == ("withdrawn", "已放弃")
    assert shown["timeline"][-1]["sentence"] == "放弃了草稿"


def test_open_cases_are_their_applicants_and_no_departments(city, caller_of):
    case = accepted(city)
    draft(city)
    nodes = caller_of(city.owner).ask("openCases")["data"]["openCases"]["nodes"]
    assert [node["state"] for node in nodes] == ["draft", "reviewing"]
    assert nodes[1]["number"] == case.number
    assert {one["department"]["name"] for one in nodes[1]["approvals"]} >= {"云澜市生态环境局"}
    assert codes(caller_of(city.officer("fire")).ask("openCases")) == ["FORBIDDEN"]
