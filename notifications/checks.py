"""Whether every text that people are told holds in every language, looked at when a process starts its checks."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils import translation
from django.utils.translation import gettext

from notifications.wording import CODE_MAIL, CODE_TITLE, MAIL, PARAMS, TEXTS

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
LOOSE = re.compile(r"%(?!\(\w+\)s|%)")
ALLOWED: dict[str, frozenset[str]] = {
    MAIL: frozenset({"body", "site", "address"}),
    CODE_TITLE: frozenset(),
    CODE_MAIL: frozenset({"site", "code"}),
}


def check_wordings(**_options: Any) -> list[checks.CheckMessage]:
    """Every topic has a title and a body in every language, with the same facts, and only those it may name."""
    faults: list[checks.CheckMessage] = []
    texts = {text: frozenset[str]() for title, body in TEXTS.values() for text in (title,)}
    texts |= {body: PARAMS for _, body in TEXTS.values()} | ALLOWED
    for topic, (title, body) in TEXTS.items():
        if not title.strip() or not body.strip():
            faults.append(checks.Error(f"{topic} has no title or no body", id="notifications.E001"))
    for text, allowed in texts.items():
        faults += [
            checks.Error(f"{fault}: {text[:40]}", id="notifications.E002")
            for fault in _faults(text, allowed)
        ]
    return faults


def _faults(text: str, allowed: frozenset[str]) -> Iterator[str]:
    names = PLACEHOLDER.findall(text)
    if wrong := set(names) - allowed:
        yield f"names {sorted(wrong)}, which no letter brings"
    for code, said in _spoken(text):
        if LOOSE.search(said):
            yield f"{code} has a % that is no placeholder"
        if sorted(PLACEHOLDER.findall(said)) != sorted(names):
            yield f"{code} names other facts"


def _spoken(text: str) -> Sequence[tuple[str, str]]:
    """(language, text) of every language there is."""
    found = []
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            found.append((code, gettext(text)))
    return found
