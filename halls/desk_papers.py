"""What an officer does from an approval with its clock, and with a paper that must not stand: stop, resume, void.

What is refused is said beside the form on the same page, and what was typed stays.
"""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halls.approvals import approval_page
from halls.asking import Refused, act
from halls.clocks import NO_DAY
from halls.desk import case_page
from halls.posted import is_day
from halls.seat import HallRequest


@require_POST
def stop(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """中止计时 of one department: for what, and until when; the others go on."""
    until = request.POST.get("until", "")
    if not is_day(until):
        return approval_page(request, approval_id, [NO_DAY], "stop")
    sent = {"reasonCode": request.POST.get("reason", ""), "expectedUntil": until}
    done = act(request, "stopClock", approvalId=str(approval_id), **sent)
    if not done.is_done:
        return approval_page(request, approval_id, done.said, "stop")
    return redirect("halls:approval", approval_id=approval_id)


@require_POST
def resume(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """恢复计时: the hearing or test is over."""
    done = act(request, "resumeClock", approvalId=str(approval_id))
    if not done.is_done:
        return approval_page(request, approval_id, done.said, "resume")
    return redirect("halls:approval", approval_id=approval_id)


@require_POST
def void(request: HallRequest, document_id: UUID) -> HttpResponse:
    """作废 and 换发; then back to the page on which the paper is listed."""
    reason = request.POST.get("reason", "")
    done = act(request, "voidDocument", documentId=str(document_id), reason=reason)
    place = f"void.{document_id}"  # a page lists several papers, each with its form
    said = [replace(one, field=place) for one in done.said]
    task, case = _key(request, "task"), _key(request, "case")
    if task:
        if said:
            return approval_page(request, task, said, place)
        return redirect("halls:approval", approval_id=task)
    if case:
        if said:
            return case_page(request, case, said, place)
        return redirect("halls:desk_case", case_id=case)
    if said:
        raise Refused(done.said)
    return redirect("halls:desk")


def _key(request: HallRequest, name: str) -> UUID | None:
    """The page's case or approval, or nothing when what was sent names none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
