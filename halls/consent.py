"""The one click with which an applicant lets a case use certificates: which, what of them, for what, until when."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from halls.asking import act, ask
from halls.pages import page
from halls.seat import HallRequest

FILLING = {"draft": "halls:form", "correcting": "halls:corrections"}


@require_http_methods(["GET", "POST"])
def consent(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Shows what would be read, and grants exactly the certificates that were left ticked."""
    said = []
    if request.method == "POST":
        chosen = request.POST.getlist("certificate")
        done = act(request, "grantUse", caseId=str(case_id), certificates=chosen)
        if done.is_done:
            return redirect("halls:form", case_id=case_id)
        said = done.said
    case = ask(request, "caseForm", id=str(case_id))["case"]
    if not said and case["state"] not in FILLING:
        return redirect("halls:case", case_id=case_id)
    return page(request, "consent", {"case": case}, said=said)
