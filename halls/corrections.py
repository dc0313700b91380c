"""Answering a correction notice: only the fields it names can be changed, and each must be."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from halls.asking import Done, Said, act, ask
from halls.pages import page
from halls.posted import Answer, answers_of
from halls.seat import HallRequest
from halls.sheet import Place, fields_of, sheet_of
from halls.uploading import put_files, uploads_of


@require_http_methods(["GET", "POST"])
def answer(request: HallRequest, case_id: UUID) -> HttpResponse:
    """The fields of the notice, each with what the department wants, and the button that sends them back."""
    case = ask(request, "caseForm", id=str(case_id))["case"]
    if case["state"] != "correcting":
        return redirect("halls:case", case_id=case_id)
    asked = {item["field"]: item["message"] for item in case["corrections"]}
    seen, typed = case["revision"], dict[str, Answer]()
    said: list[Said] = []
    if request.method == "POST":
        said = put_files(request, case)
        case = ask(request, "caseForm", id=str(case_id))["case"] if uploads_of(case) else case
        fields = [
            field
            for field in fields_of(case)
            if {field["path"], *field["dependsOn"]} & asked.keys()
        ]
        typed = answers_of(fields, request.POST)
        if request.POST.get("act", "answer") == "answer" and not said:
            done = _answered(request, case, typed, seen)
            if done.is_done:
                return redirect("halls:case", case_id=case_id)
            said = done.said
    uploads = [one for one in uploads_of(case) if f"materials.{one['id']}" in asked]
    places = _places(case, typed, said, asked)
    return page(
        request, "corrections", {"case": case, "places": places, "uploads": uploads}, said=said
    )


def _places(
    case: dict[str, Any], typed: dict[str, Answer], said: list[Said], asked: dict[str, str]
) -> list[Place]:
    """The places of the notice, and those for which the new answers call."""
    return [
        replace(place, is_called=True)
        for place in sheet_of(case, typed, said, asked).places
        if place.path in asked or (place.faults and {*place.spec["dependsOn"]} & asked.keys())
    ]


def _answered(
    request: HallRequest, case: dict[str, Any], typed: dict[str, Answer], before: int
) -> Done:
    """Sends the answers with the revision that the page showed, and that its own files have moved on."""
    posted = request.POST.get("revision", "")
    shown = int(posted) if posted.isdecimal() and len(posted) < 10 else 0
    revision = case["revision"] if shown == before else shown
    return act(request, "answerCorrections", caseId=case["id"], revision=revision, answers=typed)
