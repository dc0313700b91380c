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


def results_of(raw: Raw, key: str = "resultSampleName") -> list[dict[str, object]]:
    """The results by name; refusals (不予批准) are decisions, not results."""
    text = raw.text(key)
    if says_nothing(text) or text in SUCCESS_ONLY:
        raw.tell("RESULT_NONE", key, text)
        return []
    names = result_names(text)
    if len(names) > 1:
        raw.tell("RESULT_SEVERAL", key, text)
    granted = [name for name in names if not any(word in name for word in REFUSALS)]
    if granted and len(granted) < len(names):
        raw.tell("RESULT_REFUSAL", key, text)
    return [{"name": name[:MOST_NAME]} for name in (granted or names)]
