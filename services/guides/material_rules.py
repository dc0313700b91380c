"""What is odd about a guide's materials, each and among one another (pure)."""

import re
from collections import Counter

from services.guides.item_rules import tell_file_name
from services.guides.lexicon import (
    ANY_OF,
    APPLICANT,
    AUTHORITY,
    CERTIFICATE_PREFIX,
    CONDITION_PATTERNS,
    ISSUED,
    PAPER_KNOWN,
    PAPER_WORDS,
    SPLITS,
    TOPICS,
)
from services.guides.likeness import (
    names_a_source,
    names_document,
    says_nothing,
    without_brackets,
)
from services.guides.materials import BUNDLE_KEYS, Keys, code_is_broken
from services.guides.raw import Raw

_CONDITION = re.compile("|".join(CONDITION_PATTERNS))
_OR = re.compile(r"或者|或(?!者)")
_LIST_OF = re.compile(r"^(?:.{0,6}(?:之一|任选).{0,6}[:：]?)|(?:^|\n)\s*1[.、]")


def tell_material(raw: Raw, keys: Keys) -> None:
    """Everything that one material shows by itself."""
    title, necessity = raw.text(keys.title), keys.necessity_of(raw)
    if not raw.word(keys.necessity):
        raw.tell("KEY_MISSING", keys.necessity)
    if necessity == "later":
        raw.tell("LATER_WITHOUT_DEADLINE", keys.necessity, title)
    if necessity == "needed":
        _tell_necessity(raw, keys, title)
    documents = documents_in(title)
    if len(documents) > 1 and not _is_choice(title):
        raw.tell("SEVERAL_DOCUMENTS_IN_ONE", keys.title, title)
    if not names_a_source(raw.text(keys.basis)):
        raw.tell("MATERIAL_BASIS_SAYS_NOTHING", keys.basis, raw.text(keys.basis))
    _tell_source(raw, keys)
    _tell_paper(raw, keys)
    _tell_certificate(raw, keys, title, documents)
    _tell_topic(raw, keys, title)
    _tell_codes(raw, keys)


def _tell_codes(raw: Raw, keys: Keys) -> None:
    for key in (keys.code, keys.certificate_code):
        if code_is_broken(raw.text(key)):
            raw.tell("CODE_BROKEN", key, raw.text(key))
    for attachment in raw.rows("attachList"):
        tell_file_name(attachment, keys.file_name)


def _tell_necessity(raw: Raw, keys: Keys, title: str) -> None:
    """Required is required of everybody: no choice, no condition."""
    told = f"{raw.text(keys.help)}\n{raw.text(keys.standard)}\n{raw.text(keys.channel_text)}"
    if _is_choice(title) or any(word in told for word in ANY_OF):
        raw.tell("ALTERNATIVES_IN_MATERIAL", keys.title, title)
    for text in (title, told):
        found = _CONDITION.search(text)
        if found:
            raw.tell(
                "CONDITIONAL_MARKED_REQUIRED", keys.necessity, f"{title}：{_around(text, found)}"
            )
            return


def _around(text: str, found: re.Match[str]) -> str:
    return text[max(0, found.start() - 30) : found.end() + 10]


def _is_choice(title: str) -> bool:
    """Whether a title offers documents of which one is enough: 甲证或者乙证."""
    parts = [part for part in _OR.split(title.replace("（", " ").replace("）", "")) if part.strip()]
    return len(parts) > 1 and sum(names_document(part.strip()) for part in parts) > 1


def documents_in(title: str) -> list[str]:
    """The documents that a title names side by side; copies of one are the one."""
    parts = [part.strip() for part in re.split(SPLITS, without_brackets(title)) if part.strip()]
    return [
        part
        for part in parts
        if names_document(part) and part not in ("复印件", "其复印件", "原件")
    ]


def _tell_source(raw: Raw, keys: Keys) -> None:
    """Channel and explanation name the same giver."""
    channel, told = keys.channel_of(raw), raw.text(keys.channel_text)
    own = any(word in told for word in APPLICANT)
    issued = any(word in told for word in ISSUED) and any(word in told for word in AUTHORITY)
    official = any(word in told for word in AUTHORITY)
    contradicts = {
        "applicant": issued and not own,
        "government": own
        or not (official or says_nothing(told) or any(word in told for word in ANY_OF)),
        "other": own,
    }
    if contradicts.get(channel, False):
        raw.tell("SOURCE_CONTRADICTS", keys.channel, f"{raw.text(keys.channel)} / {told}")
    is_certificate = raw.word("clxz") == "2" and keys is BUNDLE_KEYS
    if is_certificate and channel == "applicant":
        raw.tell("CERTIFICATE_SELF_PROVIDED", keys.channel, raw.text(keys.title))


def _tell_paper(raw: Raw, keys: Keys) -> None:
    paper = raw.text(keys.paper)
    plain = paper.upper().strip()
    if not paper or paper in PAPER_KNOWN:
        return
    sizes = [size for size in PAPER_KNOWN if size in plain]
    if len(sizes) == 1 and len(plain) <= 8:
        raw.tell("PAPER_VARIANT", keys.paper, paper)
    elif not sizes and not any(word in paper for word in PAPER_WORDS):
        raw.tell("PAPER_NONSENSE", keys.paper, paper)


def _tell_certificate(raw: Raw, keys: Keys, title: str, documents: list[str]) -> None:
    """The bound standard certificate is the material, all of it and under its name."""
    bound = raw.text(keys.certificate)
    if keys is not BUNDLE_KEYS and keys.free_of(raw) == "cert_linked" and not bound:
        raw.tell("CERTIFICATE_MISSING", keys.certificate, title)
    if not bound or bound.startswith("T"):
        return
    name, material = _plain(bound), _plain(title)
    if name == material:
        return
    several = len(documents) > 1 or any(word in raw.text(keys.channel_text) for word in ANY_OF)
    if several:
        raw.tell("CERTIFICATE_NARROWER", keys.certificate, f"{title} ← {bound}")
    elif name not in material or len(material) > len(name) + 6:
        raw.tell("CERTIFICATE_NAME_DIFFERS", keys.certificate, f"{title} ← {bound}")


def _plain(name: str) -> str:
    for word in CERTIFICATE_PREFIX:
        name = name.replace(word, "")
    return name.strip()


def _tell_topic(raw: Raw, keys: Keys, title: str) -> None:
    """What explains a material speaks of its matter, not of another."""
    ours = {topic for topic, words in TOPICS.items() if any(word in title for word in words)}
    for key in (keys.help, keys.basis):
        text = raw.text(key)
        theirs = {topic for topic, words in TOPICS.items() if any(word in text for word in words)}
        if ours and theirs and not ours & theirs:
            raw.tell("MATERIAL_OF_OTHER_MATTER", key, f"{title}：{text}")


def tell_among(rows: list[Raw], keys: Keys) -> None:
    """What only shows beside the other materials: repeated names, one certificate for two people."""
    names = Counter(row.text(keys.title) for row in rows)
    codes = Counter(row.text(keys.certificate_code) for row in rows)
    for row in rows:
        title, code = row.text(keys.title), row.text(keys.certificate_code)
        if title and names[title] > 1:
            row.tell("MATERIAL_REPEATED", keys.title, title)
        if code and codes[code] > 1 and not code_is_broken(code):
            row.tell("CERTIFICATE_FOR_TWO_ROLES", keys.certificate_code, f"{title} {code}")


def tell_codes(rows: list[Raw], code: str) -> None:
    """A material's code is M, the item's code and two digits."""
    for row in rows:
        own = row.text("materialCode")
        if own and code and not own.startswith(f"M{code}"):
            row.tell("MATERIAL_CODE_MISMATCH", "materialCode", own)
