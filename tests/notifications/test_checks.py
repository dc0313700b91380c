"""The wordings are looked at when a process starts its checks: both languages, the same facts, only known ones."""

import pytest
from django.core.checks import registry

from notifications import checks
from notifications.wording import TEXTS


def test_every_topic_holds_in_every_language_and_the_check_is_registered():
    assert checks.check_wordings() == []
    assert checks.check_wordings in registry.registry.get_checks()


@pytest.mark.parametrize(
    ("title", "body", "fault"),
    [
        ("", "您的办件 %(number)s", "no title"),
        ("标题", "%(id_number)s", "which no letter brings"),
        ("%(number)s", "正文", "which no letter brings"),
        ("标题", "100% 办结", "no placeholder"),
    ],
)
def test_a_wording_that_cannot_be_told_stops_the_start(monkeypatch, title, body, fault):
    monkeypatch.setattr(checks, "TEXTS", {**TEXTS, "case.broken": (title, body)})
    assert any(fault in error.msg for error in checks.check_wordings())


def test_a_translation_that_names_other_facts_stops_the_start(monkeypatch):
    monkeypatch.setattr(checks, "gettext", lambda text: text.replace("number", "name"))
    assert any("names other facts" in error.msg for error in checks.check_wordings())
