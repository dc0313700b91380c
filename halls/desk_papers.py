"""What an officer does from an approval with its clock, and with a paper that must not stand: stop, resume, void."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halls.asking import Refused, act
from halls.seat import HallRequest


@require_POST
def stop(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """中止计时 of one department: for what, and until when; the others go on."""
    sent = {"reasonCode": request.POST.get("reason", ""), "expectedUntil": _day(request)}
    done = act(request, "stopClock", approvalId=str(approval_id), **sent)
    if not done.is_done:
        raise Refused(done.said)
    return redirect("halls:approval", approval_id=approval_id)


@require_POST
def resume(request: HallRequest, approval_id: UUID) -> HttpResponse:
    """恢复计时: the hearing or test is over."""
    done = act(request, "resumeClock", approvalId=str(approval_id))
    if not done.is_done:
        raise Refused(done.said)
    return redirect("halls:approval", approval_id=approval_id)


@require_POST
def void(request: HallRequest, document_id: UUID) -> HttpResponse:
    """作废 and 换发; then back to the page on which the paper is listed."""
    reason = request.POST.get("reason", "")
    done = act(request, "voidDocument", documentId=str(document_id), reason=reason)
    if not done.is_done:
        raise Refused(done.said)
    try:
        if request.POST.get("task"):
            return redirect("halls:approval", approval_id=UUID(request.POST["task"]))
        return redirect("halls:desk_case", case_id=UUID(request.POST.get("case", "")))
    except ValueError:
        return redirect("halls:desk")


def _day(request: HallRequest) -> str:
    """The day as the browser sends it; nothing reads as an impossible one, which the gateway refuses."""
    return request.POST.get("until", "") or "0"
