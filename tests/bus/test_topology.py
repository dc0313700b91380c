"""Which queues a letter reaches."""

import pytest

from bus.topology import DEAD_QUEUE, key_of, queues, reached

FIRE = "fire.990102000000"


@pytest.fixture
def everything(house):
    return queues(house.table, [(FIRE, "desk"), ("police.990102000000", "system")])


def names(everything, topic, recipient=""):
    return [queue.name for queue in reached(everything, key_of(topic, recipient))]


def test_a_letter_reaches_the_queue_of_every_group_of_its_topic(everything):
    assert names(everything, "case.decided") == ["group.case", "group.telling"]
    assert names(everything, "case.submitted") == ["group.case"]
    assert names(everything, "case.lapsed") == []


def test_a_letter_for_a_department_reaches_that_department_only(everything):
    assert names(everything, "approval.requested", FIRE) == [f"desk.{FIRE}"]
    assert names(everything, "approval.requested", "police.990102000000") == [
        "dept.police.990102000000"
    ]
    assert names(everything, "approval.requested", "fire.990103000000") == []


def test_a_topic_that_begins_like_another_is_another(everything):
    assert names(everything, "case.decided_again") == []


def test_every_queue_is_quorum_and_gives_up_in_the_dead_letter_queue_at_least_once(everything):
    for queue in everything:
        assert queue.arguments["x-queue-type"] == "quorum"
        if queue.name != DEAD_QUEUE:
            assert queue.arguments["x-delivery-limit"] == 20
            assert queue.arguments["x-dead-letter-strategy"] == "at-least-once"
            assert queue.arguments["x-overflow"] == "reject-publish"


def test_a_system_departments_queue_is_read_by_no_group_of_ours(everything):
    assert [q.group for q in everything if q.name.startswith("dept.")] == [""]
