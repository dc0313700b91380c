"""Supplying what an accepted case owes (容缺后补), from the page of the case."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from halls.asking import Said, ask
from halls.cases import case_page
from halls.seat import HallRequest
from halls.uploading import put_files


@require_POST
def supply(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Sends the chosen files; back to the case, or the case with what was refused."""
    said = put_files(request, ask(request, "caseForm", id=str(case_id))["case"])
    if not said and not request.FILES:
        said = [Said("EMPTY_FILE", "请先选择文件，再上传", "uploads")]
    return case_page(request, case_id, said) if said else redirect("halls:case", case_id=case_id)
