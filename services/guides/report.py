"""What an import came to: totals that add up, counts by rule, every finding with its suggestion (pure)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.guides.findings import Finding
from services.guides.importing import Guide

IMPORTED, REFUSED, SKIPPED = "imported", "refused", "skipped"


@dataclass
class Report:
    """Gathers files as they are dealt with; `most` findings are told in full, all are counted."""

    most: int = 100_000
    files: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    materials: int = 0

    def add(
        self, guide: Guide, state: str, *, reason: str = "", version: int | None = None
    ) -> None:
        """Notes what became of a file: imported (as that version), refused or skipped for a reason."""
        self.states[state] += 1
        told: dict[str, object] = {"file": guide.file, "state": state}
        if guide.code:
            told["item"] = guide.code
        if reason:
            told["reason"] = reason
        if version is not None:
            told["version"] = version
        told["findings"] = len(guide.findings)
        self.files.append(told)
        self.rules.update(finding.rule for finding in guide.findings)
        self.findings += guide.findings[: max(0, self.most - len(self.findings))]
        if state == IMPORTED:
            self.kinds["bundles" if guide.definition.get("bundle") else "items"] += 1
            self.materials += guide.materials

    def totals(self) -> dict[str, int]:
        """Files read is what was imported, refused and skipped together."""
        return {
            "files": sum(self.states.values()),
            **{state: self.states[state] for state in (IMPORTED, REFUSED, SKIPPED)},
            "items": self.kinds["items"],
            "bundles": self.kinds["bundles"],
            "materials": self.materials,
            "findings": sum(self.rules.values()),
        }

    def as_json(self) -> Mapping[str, object]:
        """The whole report; rules in the order of how often they were met."""
        return {
            "totals": self.totals(),
            "rules": dict(sorted(self.rules.items(), key=lambda pair: (-pair[1], pair[0]))),
            "files": self.files,
            "findings": [finding.as_json() for finding in self.findings],
            "findings_left_out": sum(self.rules.values()) - len(self.findings),
        }
