"""What the lead department answers to a submitted case: accept it, decline it, or tell once what is missing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from halls.asking import Done, Said, act, ask
from halls.cases import case_of
from halls.desk import case_page
from halls.pages import page
from halls.seat import HallRequest
from halls.sheet import id_of

ASKED = "correct:"  # before the path of a field, the name of what is written beside it


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


@require_http_methods(["GET", "POST"])
def corrections(request: HallRequest, case_id: UUID) -> HttpResponse:
    """一次性告知: each field that was given a message is part of the one notice."""
    said: list[Said] = []
    if request.method == "POST":
        written = {name.removeprefix(ASKED): text for name, text in asked(request).items()}
        items = [{"field": path, "message": text} for path, text in written.items()]
        seen = request.POST.getlist("proposal")
        about: dict[str, Any] = {"caseId": str(case_id), "items": items, "proposals": seen}
        done = act(request, "requestCorrections", **about)
        if done.is_done:
            return redirect("halls:desk_case", case_id=case_id)
        said = done.said
    case = case_of(request, case_id)
    if not said and "requestCorrections" not in case["allowedActions"]:
        return redirect("halls:desk_case", case_id=case_id)
    proposed = ask(request, "caseProposals", id=str(case_id))["case"]
    typed = asked(request) if request.method == "POST" else merged(proposed)
    given = {"case": case, "sections": rows_of(case, typed), "proposals": proposed["proposals"]}
    return page(request, "ask_corrections", given, said=said)


def asked(request: HallRequest) -> dict[str, str]:
    """{name: message} of what was written beside the fields."""
    posted = {name: str(text).strip() for name, text in request.POST.items()}
    return {name: text for name, text in posted.items() if name.startswith(ASKED) and text}


def merged(proposed: dict[str, Any]) -> dict[str, str]:
    """{name: message} of what the departments propose, merged by field, for the lead to edit."""
    return {f"{ASKED}{one['field']}": one["message"] for one in proposed["mergedProposals"]}


def rows_of(case: dict[str, Any], written: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every field of the form by section, with its answer and what was written beside it.

    What an authoritative certificate says is fixed: an applicant cannot correct it.
    """
    shown = {answer["path"]: answer["shown"] for answer in case["answers"]}
    fixed = {answer["path"] for answer in case["answers"] if answer["isReadOnly"]}
    sections = [*case["form"]["sections"], *_filed(case)]
    shown |= {f"materials.{m['id']}": f"{len(m['files'])} 个文件" for m in case["materials"]}
    return [
        {
            "label": section["label"],
            "rows": [
                {
                    **field,
                    "id": id_of(field["path"]),
                    "shown": shown.get(field["path"], ""),
                    "is_fixed": field["path"] in fixed,
                    "typed": written.get(f"{ASKED}{field['path']}", ""),
                }
                for field in section["fields"]
            ],
        }
        for section in sections
    ]


def _filed(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The materials that are had as files, as a section: other files can be asked for."""
    fields = [
        {"path": f"materials.{one['id']}", "label": one["name"]}
        for one in case["materials"]
        if one["isFiled"]
    ]
    return [{"label": "申请材料", "fields": fields}] if fields else []


def _answered(request: HallRequest, case_id: UUID, done: Done, opened: str) -> HttpResponse:
    if done.is_done:
        return redirect("halls:desk_case", case_id=case_id)
    return case_page(request, case_id, done.said, opened)
