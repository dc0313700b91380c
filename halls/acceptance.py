"""What the lead department answers to a submitted case: accept it, decline it, or tell once what is missing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halls.asking import Done, act
from halls.desk import case_page
from halls.seat import HallRequest


@require_POST
def accept(request: HallRequest, case_id: UUID) -> HttpResponse:
    """受理: every department begins at once."""
    return _answered(request, case_id, act(request, "acceptCase", caseId=str(case_id)), "accept")


@require_POST
def decline(request: HallRequest, case_id: UUID) -> HttpResponse:
    """不予受理, with the reason and whom to ask instead."""
    words = {name: request.POST.get(name, "") for name in ("reason", "redirect")}
    done = act(request, "declineCase", caseId=str(case_id), **words)
    return _answered(request, case_id, done, "decline")


@require_POST
def corrections(request: HallRequest, case_id: UUID) -> HttpResponse:
    """一次性告知: each field that was given a message is part of the one notice."""
    items = [
        {"field": name.removeprefix("correct:"), "message": message.strip()}
        for name, message in request.POST.items()
        if name.startswith("correct:") and isinstance(message, str) and message.strip()
    ]
    done = act(request, "requestCorrections", caseId=str(case_id), items=items)
    return _answered(request, case_id, done, "corrections")


def _answered(request: HallRequest, case_id: UUID, done: Done, opened: str) -> HttpResponse:
    if done.is_done:
        return redirect("halls:desk_case", case_id=case_id)
    return case_page(request, case_id, done.said, opened)
