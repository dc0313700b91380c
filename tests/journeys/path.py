"""The demo's walk for journeys: with officers who may answer otherwise, and what must be true at its end."""

import time
from dataclasses import dataclass, field
from typing import Any

from config.demo_walk import GOOD, SECONDS, Walk

OFFICERS = ("lead", "fire", "signage", "waste")

REASONS = {"denied": "疏散楼梯净宽不足1.1米，不符合营业前消防安全检查的要求", "approved": ""}


@dataclass
class Journey(Walk):
    """One restaurant; `outcomes` says which step is answered otherwise than well."""

    outcomes: dict[str, str] = field(default_factory=dict)

    def accept(self) -> None:
        """The lead department finds the case in its intake and takes it on."""
        intake = self.ask("worklist", {"intakeFirst": 100}, self.token("lead"))["intake"]["nodes"]
        assert self.case in [row["id"] for row in intake]
        self.verb("acceptCase", "lead", caseId=self.case)

    def tasks(self, who: str) -> list[dict[str, Any]]:
        """What waits for an officer in this case."""
        listed = self.ask("worklist", {"first": 100}, self.token(who))["worklist"]["nodes"]
        number = self.seen()["number"]
        return [task for task in listed if task["caseNumber"] == number]

    def decide(self, who: str) -> None:
        """An officer reads and answers everything of this case on the department's list."""
        for task in self.tasks(who):
            approval = self.ask("approval", {"id": task["id"]}, self.token(who))["approval"]
            outcome = self.outcomes.get(approval["step"], GOOD[task["kind"]])
            self.verb(
                "decideApproval",
                who,
                approvalId=task["id"],
                outcome=outcome,
                reason=REASONS.get(outcome, ""),
                readingDigest=approval["reading"]["digest"],
            )

    def finish(self) -> dict[str, Any]:
        """Everybody answers until the case is concluded; the case as its applicant then sees it."""
        until = time.monotonic() + SECONDS
        while (case := self.seen())["state"] != "concluded":
            assert time.monotonic() < until, f"still {case['state']} after {SECONDS} s"
            for who in OFFICERS:
                self.decide(who)
            self.settle()
        return case

    def verified(self) -> dict[str, str]:
        """Type -> what a stranger is told about each certificate of the case."""
        told = {}
        for one in self.seen()["certificates"]:
            answer = self.ask("verifyCertificate", {"identifier": one["identifier"]}, "")
            told[one["typeName"]] = answer["verifyCertificate"]["status"]
        return told

    def deliver(self) -> None:
        """送达 of every certificate, electronically."""
        for one in self.seen()["certificates"]:
            self.verb(
                "recordDelivery",
                "lead",
                caseId=self.case,
                certificateId=one["id"],
                method="electronic",
                receiver="林小满",
                proof="",
            )


# What every department answers when all is well.
ALL_GOOD = {
    ("survey", "market_regulation"): "passed",
    ("survey", "fire"): "passed",
    ("food", "market_regulation"): "approved",
    ("fire", "fire"): "approved",
    ("signage", "urban_management"): "approved",
    ("waste", "ecology"): "agree",
}
ALL_VALID = {
    "食品经营许可证": "valid",
    "消防安全检查合格证": "valid",
    "户外招牌设置许可证": "valid",
}


def decided(case: dict[str, Any]) -> dict[tuple[str, str], str]:
    """(step, department's function) -> the outcome of its one decision."""
    return {
        (one["step"], one["department"]["function"]): one["decision"]["outcome"]
        for one in case["approvals"]
        if one["decision"]
    }
