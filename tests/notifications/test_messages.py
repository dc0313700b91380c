"""Messages: once per event and person, in words, and nobody reads another's."""

import pytest
from django.utils import translation

from notifications.commands import read_message
from notifications.handlers import tell
from notifications.models import Message
from notifications.queries import visible_messages
from notifications.wording import TEXTS, wording
from people.errors import Refusal
from people.viewer import Viewer
from tests.notifications.conftest import NUMBER, SYSTEM, letter, viewer_of


@pytest.mark.parametrize("topic", sorted(TEXTS))
def test_every_topic_is_told_in_words_without_a_gap(topic, account):
    facts = {"outcome": "partly", "status": "suspended", "until": "2027-01-31", "days": "30"}
    facts["since"] = "2026-12-01"
    facts |= {"reason": "听证", "due": "2026-12-01"}
    facts |= {"document": "云市监许受〔2026〕1号", "replacement": "云市监许受〔2026〕2号"}
    tell(letter(topic, [account], name="食品经营许可证", **facts))
    message = visible_messages(viewer_of(account)).get()
    words = wording(message.topic, message.params)
    assert words.title
    assert NUMBER in words.body or topic.startswith(("certificate.", "mandate.", "case.moved"))
    assert "%" not in words.body
    assert "—" not in words.body


def test_the_outcome_of_a_case_is_said(account):
    tell(letter("case.decided", [account], outcome="denied"))
    message = Message.objects.get()
    assert "不予许可" in wording(message.topic, message.params).body


def test_every_text_can_be_shown_in_another_language_without_a_fault():
    with translation.override("en"):
        assert all(wording(topic, {"number": NUMBER}).body for topic in TEXTS)


def test_a_letter_twice_is_one_message_per_person(account, other):
    told = letter("case.accepted", [account, other])
    tell(told)
    tell(told)
    assert Message.objects.count() == 2
    assert {m.account_id for m in Message.objects.all()} == {account.pk, other.pk}


def test_two_letters_of_one_case_are_two_messages_newest_first(account):
    tell(letter("case.submitted", [account]))
    tell(letter("case.accepted", [account]))
    topics = [message.topic for message in visible_messages(viewer_of(account))]
    assert topics == ["case.accepted", "case.submitted"]


def test_a_topic_without_words_and_accounts_that_are_gone_are_no_message(account, other):
    other.is_active = False
    other.save(update_fields=["is_active"])
    tell(letter("approval.decided", [account]))
    told = letter("case.accepted", [other])
    tell(told)
    assert not Message.objects.exists()


def test_only_the_facts_that_a_wording_names_are_kept(account):
    tell(letter("case.decided", [account], outcome="approved", secret="11010119000101001X"))
    assert set(Message.objects.get().params) == {"number", "case", "outcome"}


def test_nobody_sees_or_reads_the_message_of_another(account, other):
    tell(letter("case.accepted", [account]))
    message = Message.objects.get()
    for viewer in (viewer_of(other), Viewer.anonymous(), SYSTEM, Viewer(kind="officer")):
        assert not visible_messages(viewer).exists()
        with pytest.raises(Refusal, match="NOT_FOUND"):
            read_message(viewer=viewer, key="k", message_id=message.pk)
    assert Message.objects.get().read_at is None


def test_read_message_counts_the_first_time(account):
    tell(letter("case.accepted", [account]))
    message = Message.objects.get()
    first = read_message(viewer=viewer_of(account), key="k1", message_id=message.pk)
    again = read_message(viewer=viewer_of(account), key="k2", message_id=message.pk)
    assert first.read_at is not None
    assert again.read_at == first.read_at
