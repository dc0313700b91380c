"""The legal clock at the desk of the lead department: let it stand still, let it run on, extend it once."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halls.asking import Done, Said, act
from halls.desk import case_page
from halls.posted import is_day
from halls.seat import HallRequest

NO_DAY = Said("INVALID_DATE", "请选择预计到哪一天", "expectedUntil")


@require_POST
def stop(request: HallRequest, case_id: UUID) -> HttpResponse:
    """中止计时, for a reason that the item names, until an expected day."""
    until = request.POST.get("expectedUntil", "")
    if not is_day(until):
        return case_page(request, case_id, [NO_DAY], "stop")
    sent = {"reasonCode": request.POST.get("reasonCode", ""), "expectedUntil": until}
    return _answered(
        request, case_id, act(request, "stopClock", caseId=str(case_id), **sent), "stop"
    )


@require_POST
def resume(request: HallRequest, case_id: UUID) -> HttpResponse:
    """恢复计时: the reason is gone, the days run on."""
    return _answered(request, case_id, act(request, "resumeClock", caseId=str(case_id)), "resume")


@require_POST
def extend(request: HallRequest, case_id: UUID) -> HttpResponse:
    """延长期限, once, with the reason that the applicant is told."""
    reason = request.POST.get("reason", "")
    done = act(request, "extendCase", caseId=str(case_id), reason=reason)
    return _answered(request, case_id, done, "extend")


def _answered(request: HallRequest, case_id: UUID, done: Done, opened: str) -> HttpResponse:
    if done.is_done:
        return redirect("halls:desk_case", case_id=case_id)
    return case_page(request, case_id, done.said, opened)
