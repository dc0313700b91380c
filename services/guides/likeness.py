"""Whether two Chinese texts speak of the same matter, by the pairs of characters that they share (pure)."""

import re

from services.guides.lexicon import BASIS_PATTERN, DOCUMENT_ENDS, GENERIC, NOTHING, NOTHING_BEGINS

_HAN = re.compile(r"[\u3400-\u9fff]+")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")


def _pairs(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


_GENERIC_PAIRS = frozenset(_pairs(" ".join(GENERIC)))


def pairs_of(text: str) -> set[str]:
    """Every two neighbouring Chinese characters that say something about the matter."""
    return _pairs(text) - _GENERIC_PAIRS


def shares_matter(one: str, other: str) -> bool:
    """Whether two texts share a pair; true when one of them has none to compare."""
    ours, theirs = pairs_of(one), pairs_of(other)
    return not ours or not theirs or bool(ours & theirs)


def says_nothing(text: str) -> bool:
    """Whether a text stands there only because the field had to be filled."""
    plain = text.strip().strip("。.;；")
    return plain in NOTHING or (len(plain) <= 20 and plain.startswith(NOTHING_BEGINS))


def names_a_source(text: str) -> bool:
    """Whether a text names an act or a document number at all."""
    return not says_nothing(text) and bool(re.search(BASIS_PATTERN, text))


def without_brackets(text: str) -> str:
    """The text without what stands in round brackets."""
    return _BRACKETS.sub("", text)


def names_document(text: str) -> bool:
    """Whether a text ends as the name of a document does."""
    return text.rstrip('》。”" 等').endswith(DOCUMENT_ENDS)
