"""Cases for races by the hundred: what the commands wrote once, written again under other ids."""

import copy
from typing import Any
from uuid import UUID

from django.db.models import Count, Model

from ecert.models import UseGrant
from keys.time_ordered import time_ordered_id
from tests.city import LAKE
from tests.restaurant import SIGNBOARD_ITEM, key
from workflows import commands
from workflows.models import Approval, Case, CaseEvent, Decision

# What the certificates do not know of the item that has one approval and is accepted by itself.
SIGN = {
    "enterprise.phone": "13900000001",
    "signboard.division": LAKE,
    "signboard.text": "小满餐饮",
    "signboard.size": "长6米，高1.2米，厚0.3米",
    "signboard.position": "门楣上方",
    "signboard.lit": True,
    "signboard.truthful": True,
}


def sign_draft(city) -> Case:
    """A complete draft of the item with one approval, accepted by itself when submitted."""
    case = commands.start_case(viewer=city.owner, key=key(), item_code=SIGNBOARD_ITEM)
    case = commands.grant_use(viewer=city.owner, key=key(), case_id=case.pk)
    return commands.save_answers(
        viewer=city.owner, key=key(), case_id=case.pk, revision=case.revision, answers=SIGN
    )


def sign_accepted(city) -> Case:
    """The same, with its one approval open."""
    return submit(city, sign_draft(city))()


def submit(city, case, with_key=""):
    """The act of submitting a draft, under a key of its own or a given one."""
    given = {"viewer": city.owner, "case_id": case.pk, "revision": case.revision}
    return lambda: commands.submit_case(key=with_key or key(), **given)


def deciding(viewer, case, step, digest, outcome="approved"):
    """The act of deciding, ready to race: everything that must be looked up is."""
    approval = Approval.objects.get(case=case, step=step)
    reason = "招牌遮挡消防救援窗" if outcome == "denied" else ""
    return lambda: commands.decide_approval(
        viewer=viewer,
        key=key(),
        approval_id=approval.pk,
        outcome=outcome,
        reason=reason,
        basis="",
        reading_digest=digest,
    )


def happened(ids, kind) -> int:
    """How many cases have exactly one event of a kind; no case may have more."""
    found = CaseEvent.objects.filter(case_id__in=ids, kind=kind).values("case_id")
    assert not found.annotate(times=Count("seq")).filter(times__gt=1).exists()
    return found.count()


def copies(case: Case, number: int) -> list[Case]:
    """So many cases with the approvals, decisions, events and consent of `case`, in their order.

    Only for a case without certificates and documents that matter: those are not copied.
    """
    numbers = [case.number and f"{case.number}-{n}" for n in range(number)]
    made = [_like(case, number=n, query_code=None) for n in numbers]
    Case.objects.bulk_create(made)
    approvals = list(Approval.objects.filter(case=case).order_by("id"))
    decisions = list(Decision.objects.filter(approval__case=case))
    new: list[Approval] = []
    given: list[Decision] = []
    for one in made:
        ids: dict[UUID, UUID] = {}
        for approval in approvals:
            new.append(_like(approval, case=one))
            ids[approval.pk] = new[-1].pk
        given += [_like(d, approval_id=ids[d.approval_id]) for d in decisions]
    Approval.objects.bulk_create(new)
    Decision.objects.bulk_create(given)
    grants = list(UseGrant.objects.filter(case_id=case.pk))
    UseGrant.objects.bulk_create([_like(g, case_id=one.pk) for one in made for g in grants])
    events = list(CaseEvent.objects.filter(case_id=case.pk))
    CaseEvent.objects.bulk_create([_event(e, one) for one in made for e in events])
    return made


def _like(row: Any, **changes: object) -> Any:
    """The same row under a new id, with some other values."""
    new = _copied(row)
    new.pk = time_ordered_id()
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def _event(event: CaseEvent, case: Case) -> CaseEvent:
    new = _copied(event)
    new.case_id = case.pk
    return new


def _copied(row: Any) -> Any:
    new: Model = copy.copy(row)
    new._state = copy.copy(row._state)
    new._state.adding = True
    return new
