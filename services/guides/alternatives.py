"""Materials of which one is enough although each is called necessary: found from the text that says so (pure)."""

import re
from collections.abc import Sequence

from services.guides.lexicon import ANY_OF
from services.guides.likeness import pairs_of
from services.guides.materials import Keys
from services.guides.raw import Raw

_SENTENCE = re.compile(r"[。；;\n]")
_MEMBERS = re.compile(r"[、，,]|或者|或")
LEAST_END = 3  # characters that the names of alternatives end alike with: 证明材料


def tell_alternatives(raw: Raw, rows: Sequence[Raw], keys: Keys) -> list[list[int]]:
    """Groups of rows (by number) that a sentence of the guide offers as a choice, each told.

    符合就业、住所、就读条件之一 makes one group of the required proofs of employment and study, and of the
    required materials named just like them. It is proposed, not set: a person decides.
    """
    needed = [n for n, row in enumerate(rows) if keys.necessity_of(row) == "needed"]
    names = {n: rows[n].text(keys.title) for n in needed}
    groups: list[list[int]] = []
    for key in ("acceptanceCondition", "according", "processDescript"):
        for sentence in _SENTENCE.split(raw.text(key)):
            group = _offered(sentence, names)
            if len(group) > 1 and group not in groups:
                groups.append(group)
                told = "、".join(names[n] for n in group)
                raw.tell("ALTERNATIVES_ALL_REQUIRED", "materialList", f"{told}：{sentence.strip()}")
    return groups


def _offered(sentence: str, names: dict[int, str]) -> list[int]:
    """The materials of which the sentence wants one."""
    marks = [sentence.find(word) for word in ANY_OF if word in sentence]
    if not marks:
        return []
    offered = [pairs_of(part) for part in _MEMBERS.split(sentence[: min(marks)])[-6:]]
    hit = {
        n: member
        for n, name in names.items()
        for member, pairs in enumerate(offered)
        if pairs & pairs_of(name)
    }
    if len(set(hit.values())) < 2:
        return []
    end = _common_end([names[n] for n in hit])
    alike = {n for n, name in names.items() if len(end) >= LEAST_END and name.endswith(end)}
    return sorted(set(hit) | alike)


def _common_end(names: Sequence[str]) -> str:
    """What all names end with, such as 证明材料."""
    shortest = min(names, key=len)
    ends = (shortest[at:] for at in range(len(shortest)))
    return next((end for end in ends if all(name.endswith(end) for name in names)), "")
