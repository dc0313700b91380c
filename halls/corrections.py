"""Answering a correction notice: only the fields it names can be changed, and each must be."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from halls.asking import Said, act, ask
from halls.pages import page
from halls.posted import Answer, answers_of
from halls.seat import HallRequest
from halls.sheet import fields_of, sheet_of


@require_http_methods(["GET", "POST"])
def answer(request: HallRequest, case_id: UUID) -> HttpResponse:
    """The fields of the notice, each with what the department wants, and the button that sends them back."""
    case = ask(request, "caseForm", id=str(case_id))["case"]
    if case["state"] != "correcting":
        return redirect("halls:case", case_id=case_id)
    asked = {item["field"]: item["message"] for item in case["corrections"]}
    typed: dict[str, Answer] = {}
    said: list[Said] = []
    if request.method == "POST":
        fields = [field for field in fields_of(case) if field["path"] in asked]
        typed = answers_of(fields, request.POST)
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        sent = {"caseId": str(case_id), "revision": revision, "answers": typed}
        done = act(request, "answerCorrections", **sent)
        if done.is_done:
            return redirect("halls:case", case_id=case_id)
        said = done.said
    places = [p for p in sheet_of(case, typed, said, asked).places if p.path in asked]
    return page(request, "corrections", {"case": case, "places": places}, said=said)
