"""The applicant's cases: the list, one case as it stands, its receipt, withdrawing it, and messages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from halls.asking import act, ask
from halls.pages import cursor_of, page
from halls.seat import HallRequest


@require_GET
def mine(request: HallRequest) -> HttpResponse:
    """My cases, the newest first."""
    found = ask(request, "myCases", after=cursor_of(request))["myCases"]
    return page(request, "cases", {"cases": found})


@require_GET
def one(request: HallRequest, case_id: UUID) -> HttpResponse:
    """One case: its clock, its departments side by side, its papers, its timeline."""
    case = _case(request, case_id)
    return page(request, "case", {"case": case, "sections": answered(case["answers"])})


@require_GET
def receipt(request: HallRequest, case_id: UUID) -> HttpResponse:
    """What one gets for submitting: a number, and what happens next."""
    case = _case(request, case_id)
    if not case["number"]:
        return redirect("halls:form", case_id=case_id)
    return page(request, "receipt", {"case": case})


@require_http_methods(["GET", "POST"])
def withdraw(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Asks once more, with the reason, then withdraws."""
    said, reason = [], request.POST.get("reason", "")
    if request.method == "POST":
        done = act(request, "withdrawCase", caseId=str(case_id), reason=reason)
        if done.is_done:
            return redirect("halls:case", case_id=case_id)
        said = done.said
    return page(request, "withdraw", {"case": _case(request, case_id), "reason": reason}, said=said)


@require_GET
def messages(request: HallRequest) -> HttpResponse:
    """What the platform has told the applicant."""
    found = ask(request, "messages", after=cursor_of(request))["messages"]
    return page(request, "messages", {"messages": found})


def answered(answers: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Answers by the heading of their section, in the order of the form."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        sections.setdefault(answer["section"], []).append(answer)
    return list(sections.items())


def _case(request: HallRequest, case_id: UUID) -> Any:
    return ask(request, "case", id=str(case_id))["case"]
