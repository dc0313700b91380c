"""A department proposes what the one notice should ask for: before acceptance by its preview, then by its approval."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from halls.acceptance import ASKED, asked
from halls.asking import Said, act, ask
from halls.pages import page
from halls.seat import HallRequest
from halls.sheet import id_of


@require_http_methods(["GET", "POST"])
def preview(request: HallRequest, case_id: UUID) -> HttpResponse:
    """预审: what the applicant wrote within the department's scopes, and what it wants corrected."""
    said = _proposed(request, caseId=str(case_id)) if request.method == "POST" else []
    if request.method == "POST" and not said:
        return redirect("halls:preview", case_id=case_id)
    found = ask(request, "preview", caseId=str(case_id))["preview"]
    given = {"about": found, "proposal": found["proposal"], "sections": _sections(request, found)}
    return page(request, "preview", given, said=said)


@require_http_methods(["GET", "POST"])
def from_approval(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """补正意见 after acceptance: beside each value that the approval reads."""
    said = _proposed(request, approvalId=str(approval_id)) if request.method == "POST" else []
    if request.method == "POST" and not said:
        return redirect("halls:approval", approval_id=approval_id)
    task = ask(request, "approval", id=str(approval_id))["approval"]
    if not said and "proposeCorrections" not in task["allowedActions"]:
        return redirect("halls:approval", approval_id=approval_id)
    items = [
        {**value, "canBeAsked": not (value["source"] or {}).get("authoritative")}
        for value in task["reading"]["values"]
    ]
    given = {"task": task, "sections": _sections(request, {"items": items, "proposal": None})}
    return page(request, "preview", given, said=said)


def _proposed(request: HallRequest, **subject: str) -> list[Said]:
    written = {name.removeprefix(ASKED): text for name, text in asked(request).items()}
    items = [{"field": path, "message": text} for path, text in written.items()]
    return act(request, "proposeCorrections", items=items, **subject).said


def _sections(request: HallRequest, found: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields by section, each with what was proposed before or is written now."""
    written = {name.removeprefix(ASKED): text for name, text in asked(request).items()}
    if not written and found["proposal"]:
        written = {one["field"]: one["message"] for one in found["proposal"]["items"]}
    sections: dict[str, list[dict[str, Any]]] = {}
    for item in found["items"]:
        row = {**item, "id": id_of(item["path"]), "typed": written.get(item["path"], "")}
        sections.setdefault(item["section"], []).append(row)
    return [{"label": label, "rows": rows} for label, rows in sections.items()]
