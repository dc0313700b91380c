"""The applicant objects to what a register said about their case, with the reason."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from halls.asking import act
from halls.cases import case_of
from halls.pages import page
from halls.seat import HallRequest


@require_http_methods(["GET", "POST"])
def objection(request: HallRequest, case_id: UUID, approval_id: UUID) -> HttpResponse:
    """异议: says what differs, asks for the reason, and returns to the case."""
    said, reason = [], request.POST.get("reason", "")
    if request.method == "POST":
        done = act(request, "objectToMismatch", approvalId=str(approval_id), reason=reason)
        if done.is_done:
            return redirect("halls:case", case_id=case_id)
        said = done.said
    case = case_of(request, case_id)
    one = next((one for one in case["approvals"] if one["id"] == str(approval_id)), None)
    if one is None or one["check"] is None or one["decision"] is None:
        raise Http404
    return page(request, "object", {"case": case, "one": one, "reason": reason}, said=said)
