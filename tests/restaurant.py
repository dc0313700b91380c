"""The restaurant's way through the house, by commands, for the tests of several rooms."""

from uuid import UUID, uuid4

import yaml

from config.env import ROOT
from people.viewer import Viewer
from tests.city import City
from workflows import commands
from workflows.models import Approval, Case
from workflows.queries import reading_of

ITEM = "99TCN0003"
SIGNBOARD_ITEM = "990117001000"
# What the certificates do not know and the owner types.
TYPED: dict[str, object] = yaml.safe_load(
    (ROOT / "fixtures" / "demo" / "restaurant.yaml").read_text("utf-8")
)
STEPS = ("survey", "food", "fire", "signage", "waste")
GOOD = {
    "approve": "approved",
    "inspect": "passed",
    "evaluate": "passed",
    "advise": "agree",
    "verify": "match",
    "issue": "approved",
}


def key() -> str:
    """A new idempotency key."""
    return uuid4().hex


def draft(city: City, typed: dict[str, object] | None = None) -> Case:
    """A started case, filled from certificates and by hand."""
    case = commands.start_case(viewer=city.owner, key=key(), item_code=ITEM)
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    return commands.save_answers(
        viewer=city.owner,
        key=key(),
        case_id=case.pk,
        revision=case.revision,
        answers={**TYPED, **(typed or {})},
    )


def submitted(city: City, typed: dict[str, object] | None = None) -> Case:
    """A submitted case (收件)."""
    case = draft(city, typed)
    return commands.submit_case(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision
    )


def accepted(city: City, typed: dict[str, object] | None = None) -> Case:
    """An accepted case (受理): the first departments are at work."""
    case = submitted(city, typed)
    return commands.accept_case(
        viewer=city.officer("market_regulation"), key=key(), case_id=case.pk
    )


def approval_of(case: Case, step: str, function: str = "") -> Approval:
    """A step's approval, of one department when the step has several."""
    rows = Approval.objects.select_related("department", "case__item_version").filter(
        case=case, step=step
    )
    return rows.get(department__function=function) if function else rows.get()


def decide(
    viewer: Viewer, approval: Approval, outcome: str = "", reason: str = "", digest: str = ""
) -> Approval:
    """Decides as an officer who has just read the file."""
    return commands.decide_approval(
        viewer=viewer,
        key=key(),
        approval_id=approval.pk,
        outcome=outcome or GOOD[approval.kind],
        reason=reason or ("现场不符合要求" if outcome in {"denied", "failed", "disagree"} else ""),
        basis="",
        reading_digest=digest or reading_of(approval).digest,
    )


def decide_step(city: City, case: Case, step: str, outcome: str = "", reason: str = "") -> None:
    """Every department of a step decides."""
    rows = Approval.objects.select_related("department", "case__item_version").filter(
        case=case, step=step
    )
    for approval in rows.order_by("id"):
        viewer = city.officer(
            approval.department.function, division=approval.department.division_id
        )
        decide(viewer, approval, outcome, reason)


def decide_all(city: City, case: Case, **outcomes: str) -> Case:
    """Every step in the order of the route; `fire="denied"` gives a step another outcome."""
    for step in STEPS:
        decide_step(city, case, step, outcomes.get(step, ""))
    return Case.objects.get(pk=case.pk)


def reload(case: Case) -> Case:
    """The case as it stands in the database."""
    return Case.objects.get(pk=UUID(str(case.pk)))
