"""Filling the form of a draft: save what is good, say all that is not, keep everything that was typed, submit."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from halls.asking import Done, Said, act, ask
from halls.becoming import became_of
from halls.pages import page
from halls.posted import Answer, answers_of, changes_of
from halls.seat import HallRequest
from halls.sheet import fields_of, kept_of, sheet_of
from halls.uploading import put_files, turned_of, uploads_of

OUTDATED = {"ITEM_VERSION_OUTDATED", "REGION_DIFFERS"}  # what renewDraft mends
BUTTONS = {"submit": "submitCase", "renew": "renewDraft"}
OF_THE_FORM = {"form_generated", "promise"}


@require_http_methods(["GET", "POST"])
def form(request: HallRequest, case_id: UUID) -> HttpResponse:
    """The form; its buttons save, submit, or only turn the fields that depend on an answer."""
    case = _case(request, case_id)
    if case["state"] != "draft":
        return redirect("halls:case", case_id=case_id)
    if request.method == "GET":
        return _shown(request, case)
    before = case["preparation"]
    typed = answers_of(fields_of(case), request.POST)
    said = saved(request, case, typed) + put_files(request, case)
    done = _pressed(request, case, said)
    if done is not None:
        if done.is_done and done.result["case"]["number"]:
            return redirect("halls:receipt", case_id=case_id)
        said = told(case, done.said)
    wrong, case = bool(said), _case(request, case_id)
    became = became_of(before, case["preparation"])
    if wrong and request.POST.get("act") == "submit":
        said = with_missing(case, typed, said)
    if request.htmx and request.POST.get("act") == "turn":
        sheet = sheet_of(case, typed, said)
        shown = set(request.POST.getlist("shown"))
        uploads = turned_of(uploads_of(case), set(request.POST.getlist("shown_material")))
        given = {"case": case, "sheet": sheet, "turned": sheet.turned(shown), "uploads": uploads}
        given["became"] = became
        return page(request, "_turned", given, said=said, status=200)
    if not said and not became:
        return redirect(f"{reverse('halls:form', args=[case_id])}?saved=1")
    return _shown(request, case, typed, said, became)


def _pressed(request: HallRequest, case: dict[str, Any], said: list[Said]) -> Done | None:
    """Submits what was saved without a fault, or brings the draft up to date; None for another button."""
    pressed = request.POST.get("act", "")
    if pressed not in BUTTONS or (said and pressed == "submit"):
        return None
    return act(request, BUTTONS[pressed], caseId=str(case["id"]), revision=case["revision"])


def saved(request: HallRequest, case: dict[str, Any], typed: dict[str, Answer]) -> list[Said]:
    """Saves what was typed; what is wrong with some of it keeps none of the rest from being saved.

    `case["revision"]` follows what was saved.
    """
    changes = changes_of(fields_of(case), typed, kept_of(case))
    if not changes:
        return []
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    done = _save(request, case, revision, changes)
    wrong = {one.field for one in done.said}
    good = {path: v for path, v in changes.items() if not any(_is_about(f, path) for f in wrong)}
    if done.said and good and len(good) < len(changes):
        _save(request, case, revision, good)
    return done.said


def with_missing(case: dict[str, Any], typed: dict[str, Answer], said: list[Said]) -> list[Said]:
    """What was refused and every needed field that is empty, in the order of the form, once each (BAD-48)."""
    sheet = sheet_of(case, typed, said)
    known = {one.field for one in said}
    empty = [p for p in sheet.places if p.needed and not p.is_filled and p.path not in known]
    order = {place.path: number for number, place in enumerate(sheet.places)}
    both = [*said, *(Said("REQUIRED", p.ask, p.path) for p in empty)]
    # What is wrong with a cell stands where its field does.
    return sorted(both, key=lambda one: order.get(".".join(one.field.split(".")[:2]), -1))


def told(case: dict[str, Any], said: list[Said]) -> list[Said]:
    """What was refused, without materials that come of themselves once the fields are filled."""
    own = {f"materials.{m['id']}" for m in case["materials"] if m["mode"] in OF_THE_FORM}
    return [one for one in said if one.field not in own] or said


def _save(
    request: HallRequest, case: dict[str, Any], revision: int, changes: dict[str, Answer]
) -> Done:
    done = act(request, "saveAnswers", caseId=case["id"], revision=revision, answers=changes)
    if done.is_done:
        case["revision"] = done.result["case"]["revision"]
    return done


def _is_about(fault: str, path: str) -> bool:
    """Whether a fault stands at a field or at one of its cells."""
    return fault == path or fault.startswith(f"{path}.")


def _case(request: HallRequest, case_id: UUID) -> Any:
    return ask(request, "caseForm", id=str(case_id))["case"]


def _shown(
    request: HallRequest,
    case: dict[str, Any],
    typed: dict[str, Answer] | None = None,
    said: list[Said] | None = None,
    became: Sequence[str] = (),
) -> HttpResponse:
    sheet = sheet_of(case, typed, said or [])
    given = {"case": case, "sheet": sheet, "was_saved": "saved" in request.GET or bool(became)}
    given["became"] = became
    given["uploads"] = uploads_of(case)
    given["is_outdated"] = any(one.code in OUTDATED for one in said or [])
    return page(request, "form", given, said=said or [])
