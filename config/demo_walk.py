"""Walks the restaurant from the form to its certificates through the door, as the demo's people would."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import yaml

from config.env import ROOT

ITEM = "99TCN0003"
# Answers one trusted document: (operation, variables, access token or "") -> data; raises at a refusal.
Ask = Callable[[str, Mapping[str, Any], str], dict[str, Any]]
GOOD = {"approve": "approved", "inspect": "passed", "advise": "agree", "verify": "match"}
SECONDS = 120.0  # for everything that other processes must do


class DemoFault(Exception):
    """The path did not go as it should; the words are for the terminal."""


@dataclass
class Walk:
    """One walk; `ask` reaches the door, `settle` lets letters and chores be done."""

    ask: Ask
    settle: Callable[[], None]
    case: str = ""
    number: str = ""
    tokens: dict[str, str] = field(default_factory=dict)

    def enter(self) -> None:
        """Everybody signs in; each costs what checking a password must cost."""
        for who in sign_ins():
            self.token(who)

    def run(self) -> dict[str, Any]:
        """The whole path; returns the concluded case as its applicant sees it."""
        self.apply()
        self.verb("acceptCase", "lead", caseId=self.case)
        deadline = time.monotonic() + SECONDS
        while (case := self.seen())["state"] != "concluded":
            if time.monotonic() > deadline:
                raise DemoFault(f"办件在 {SECONDS:.0f} 秒内没有办结：{case['stateName']}")
            self.settle()
            for officer in ("lead", "fire", "signage", "waste"):
                self.decide(officer)
        return case

    def apply(self) -> None:
        """The owner's part: start, consent, type what no certificate knows, submit."""
        case = self.verb("startCase", "owner", itemCode=ITEM)["case"]
        self.case = case["id"]
        case = self.verb("grantUse", "owner", caseId=self.case, certificates=None)["case"]
        typed = yaml.safe_load((ROOT / "fixtures" / "demo" / "restaurant.yaml").read_text("utf-8"))
        case = self.verb(
            "saveAnswers", "owner", caseId=self.case, revision=case["revision"], answers=typed
        )["case"]
        case = self.verb("submitCase", "owner", caseId=self.case, revision=case["revision"])["case"]
        self.number = case["number"]

    def decide(self, who: str) -> None:
        """An officer reads, claims and decides everything of this case on the department's list."""
        listed = self.ask("worklist", {"first": 100}, self.token(who))["worklist"]["nodes"]
        for task in (task for task in listed if task["caseNumber"] == self.number):
            approval = self.ask("approval", {"id": task["id"]}, self.token(who))["approval"]
            self.verb("claimApproval", who, approvalId=task["id"])
            self.verb(
                "decideApproval",
                who,
                approvalId=task["id"],
                outcome=GOOD[task["kind"]],
                reason="",
                readingDigest=approval["reading"]["digest"],
            )

    def seen(self) -> dict[str, Any]:
        """The case as its applicant sees it now."""
        case: dict[str, Any] = self.ask("case", {"id": self.case}, self.token("owner"))["case"]
        return case

    def verb(self, operation: str, who: str, **variables: Any) -> dict[str, Any]:
        """One mutation under a new key; a refusal ends the demo with its own words (`ask` raises)."""
        given = {**variables, "idempotencyKey": uuid4().hex}
        answer: dict[str, Any] = self.ask(operation, given, self.token(who))[operation]
        return answer

    def token(self, who: str) -> str:
        """A signed-in person's access token, asked for once."""
        if who not in self.tokens:
            answer = self.ask("signIn", sign_ins()[who], "")["signIn"]
            self.tokens[who] = answer["signedIn"]["accessToken"]
        return self.tokens[who]


def sign_ins() -> dict[str, dict[str, str]]:
    """Who takes part in the walk, with what each types at the entrance."""
    people = yaml.safe_load((ROOT / "fixtures" / "demo" / "people.yaml").read_text("utf-8"))
    accounts = yaml.safe_load((ROOT / "fixtures" / "city" / "accounts.yaml").read_text("utf-8"))
    return {
        who: {
            "signInName": one["account"],
            "password": accounts["password"],
            "actingFor": one["acting_for"],
        }
        for who, one in people.items()
    }
