"""Which results a guide promises, taken apart when one text holds several (pure)."""

import re

from services.guides.lexicon import REFUSALS, SUCCESS_ONLY
from services.guides.likeness import says_nothing
from services.guides.raw import Raw

_BETWEEN_TITLES = re.compile(r"[；;，,、]\s*(?=《)|[；;\n/]")
MOST_NAME = 100


def result_names(text: str) -> list[str]:
    """The names in a text: titles in book marks apart, else at semicolons, slashes and line breaks."""
    parts = _BETWEEN_TITLES.split(text)
    return list(dict.fromkeys(part.strip(" 、，,。") for part in parts if part and part.strip()))


def granted_names(text: str) -> list[str]:
    """The results of a text without refusals (不予批准), which are decisions; none where it says nothing."""
    if says_nothing(text) or text in SUCCESS_ONLY:
        return []
    names = [name[:MOST_NAME] for name in result_names(text)]
    granted = [name for name in names if not any(word in name for word in REFUSALS)]
    return granted or names


def results_of(raw: Raw, key: str = "resultSampleName") -> list[dict[str, object]]:
    """The results by name, with what is odd about them told."""
    text = raw.text(key)
    granted = granted_names(text)
    if not granted:
        raw.tell("RESULT_NONE", key, text)
        return []
    names = result_names(text)
    if len(names) > 1:
        raw.tell("RESULT_SEVERAL", key, text)
    if len(granted) < len(names):
        raw.tell("RESULT_REFUSAL", key, text)
    return [{"name": name} for name in granted]
