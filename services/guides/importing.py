"""One file of guides from bytes to a draft and its findings; whatever the bytes, an answer (pure)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from services.drafts import draft_problems
from services.guides.bundle import bundle_code, bundle_definition
from services.guides.findings import Finding, Findings
from services.guides.item import code_of, item_definition
from services.guides.raw import Raw
from services.guides.reading import Unreadable, read_document
from services.guides.terms import KEPT_KEYS

SURELY_KEPT = 50_000  # bytes of a file that never makes a draft too large


@dataclass(frozen=True)
class Guide:
    """What a file came to. `refused` names the rule by which it is no guide; then there is no definition.

    `skipped` names the rule by which it is not dealt with again, though it is one.
    """

    file: str
    digest: str
    code: str = ""
    definition: dict[str, object] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    refused: str = ""
    skipped: str = ""

    def noted(self, rule: str, value: str) -> "Guide":
        """With one more finding, of the file as a whole."""
        told = Finding(self.code or self.file, "", rule, value)
        return replace(self, findings=[*self.findings, told])

    @property
    def materials(self) -> int:
        """How many materials were imported."""
        materials = self.definition.get("materials", [])
        return len(materials) if isinstance(materials, list) else 0


def read_guide(file: str, content: bytes) -> Guide:
    """The draft that a file of that name holds, with `imported`: the guide word for word."""
    findings = Findings(item=file)
    digest = hashlib.sha256(content).hexdigest()
    try:
        document = read_document(content, findings)
        raw = Raw(document.data, "", findings)
        is_item = document.kind == "item"
        code = code_of(raw, file) if is_item else bundle_code(raw, file)
        if not code:
            raise Unreadable("NO_CODE", raw.word("rightsCode") or raw.word("themeCode"))
    except Unreadable as refused:
        findings.add(refused.rule, "", refused.value)
        return Guide(file, digest, findings=findings.told(), refused=refused.rule)
    findings.item = code
    definition = item_definition(raw, code) if is_item else bundle_definition(raw, code)
    raw.tell_unasked(KEPT_KEYS)
    definition["imported"] = {"format": document.kind, "file": file, "guide": dict(document.data)}
    problems = draft_problems(definition) if len(content) > SURELY_KEPT else []
    if (
        problems
    ):  # larger than what a draft may be; reading has seen to its depth and its characters
        rule = str(problems[0].params["rule"])
        findings.add(rule, problems[0].field)
        return Guide(file, digest, code, findings=findings.told(), refused=rule)
    return Guide(file, digest, code, definition, findings.told())


def skipped(guide: Guide, rule: str, value: str) -> Guide:
    """A guide that is left as it is, with the reason among its findings."""
    return replace(guide.noted(rule, value), skipped=rule)


def not_stored(guide: Guide, fault: str) -> Guide:
    """A guide that the database did not take."""
    return replace(guide.noted("NOT_STORED", fault), refused="NOT_STORED")
