"""An approval at the desk: exactly what its department may see, who works on it, and its decision."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from halls.asking import Said, act, ask
from halls.cases import answered
from halls.pages import page
from halls.seat import HallRequest

WORDS = ("outcome", "reason", "basis", "findings")


@require_http_methods(["GET", "POST"])
def approval(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """The reading with its digest, and the decision that is bound to it."""
    if request.method == "GET":
        return approval_page(request, approval_id)
    done = act(
        request,
        "decideApproval",
        approvalId=str(approval_id),
        outcome=request.POST.get("outcome", ""),
        reason=request.POST.get("reason", ""),
        basis=request.POST.get("basis", ""),
        readingDigest=request.POST.get("digest", ""),
        findings=[line for line in request.POST.get("findings", "").splitlines() if line.strip()],
    )
    if done.is_done:
        return redirect("halls:approval", approval_id=approval_id)
    return approval_page(request, approval_id, done.said)


@require_POST
def claim(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """领办: colleagues see who works on it."""
    done = act(request, "claimApproval", approvalId=str(approval_id))
    if done.is_done:
        return redirect("halls:approval", approval_id=approval_id)
    return approval_page(request, approval_id, done.said)


@require_POST
def release(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """退回待领: a colleague may take it up."""
    done = act(request, "releaseClaim", approvalId=str(approval_id))
    if done.is_done:
        return redirect("halls:approval", approval_id=approval_id)
    return approval_page(request, approval_id, done.said)


def approval_page(
    request: HallRequest, approval_id: UUID, said: list[Said] | None = None, opened: str = ""
) -> HttpResponse:
    """The approval with the acts that its state allows; `opened` names a refused one beside the decision."""
    task: Any = ask(request, "approval", id=str(approval_id))["approval"]
    values = task["reading"]["values"]
    stale = any(one.code == "STALE_VERSION" for one in said or [])
    given = {
        "task": task,
        "opinions": open_opinions(task),
        "following": following(request, task),
        "parts": parts_of(task),
        "sections": answered(values),
        "typed": {name: "" if opened else request.POST.get(name, "") for name in WORDS},
        "opened": opened,
        "sent": request.POST,
        "seen": json.dumps(marks_of(values)),
        "is_stale": stale,
        "changed": changed_since(request.POST.get("seen", ""), values) if stale else set(),
    }
    return page(request, "approval", given, said=said or [])


def following(request: HallRequest, task: dict[str, Any]) -> Any:
    """The most urgent task on the desk, for an officer who has nothing left to do with this one."""
    if task["allowedActions"]:
        return None
    tasks = ask(request, "worklist", first=2)["worklist"]["nodes"]
    return next((one for one in tasks if one["id"] != task["id"]), None)


def parts_of(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Every department's part of the step, one's own first: {name, own, decision of this round}."""
    this_round = [one for one in task["decisions"] if one["round"] == task["round"]]
    own = {"name": task["department"]["name"], "own": True, "decision": (this_round or [None])[-1]}
    others = [
        {"name": one["department"]["name"], "own": False, "decision": one["decision"]}
        for one in task["together"]
    ]
    return [own, *others]


def open_opinions(task: dict[str, Any]) -> list[dict[str, Any]]:
    """Opinions of officers that no decision of the same officer and round repeats."""
    decided = {(one["round"], one["officerName"]) for one in task["decisions"]}
    return [one for one in task["opinions"] if (one["round"], one["officerName"]) not in decided]


def marks_of(values: list[dict[str, Any]]) -> dict[str, str]:
    """{path: a short mark of what was shown}, to tell later which values have changed."""
    return {one["path"]: _mark(one) for one in values}


def changed_since(seen: str, values: list[dict[str, Any]]) -> set[str]:
    """Paths whose value differs from the one that a page with these marks showed."""
    try:
        marks = json.loads(seen or "{}")
    except ValueError:
        return set()
    if not isinstance(marks, dict):
        return set()
    return {one["path"] for one in values if marks.get(one["path"]) != _mark(one)}


def _mark(value: dict[str, Any]) -> str:
    return hashlib.sha256(str(value["shown"]).encode()).hexdigest()[:8]
