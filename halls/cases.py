"""The applicant's cases: the list, one case as it stands, its receipt, withdrawing it, and messages."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from halls.asking import Said, act, ask
from halls.filling import OF_THE_FORM
from halls.pages import cursor_of, page
from halls.seat import HallRequest
from halls.standing import milestones, standing_of
from halls.uploading import uploads_of


@require_safe
def mine(request: HallRequest) -> HttpResponse:
    """My cases, the newest first."""
    found = ask(request, "myCases", after=cursor_of(request))["myCases"]
    return page(request, "cases", {"cases": found})


@require_safe
def one(request: HallRequest, case_id: UUID) -> HttpResponse:
    """One case: its clock, its departments side by side, its papers, its timeline."""
    return case_page(request, case_id)


def case_page(request: HallRequest, case_id: UUID, said: Sequence[Said] = ()) -> HttpResponse:
    """The page of a case, with what was refused of files that it owes."""
    case = case_of(request, case_id)
    given = {
        "case": case,
        "codes": codes_of(request, case_id),
        "sections": answered(case["answers"]),
        "parts": parts_of(case),
        "remedies": remedies_of(case["documents"], {"non_acceptance"}),
        "standing": standing_of(case),
        "milestones": milestones(case),
        "uploads": [one for one in uploads_of(case) if one["owedUntil"] and one["isOpen"]],
        "filed": [one for one in case["materials"] if one["files"]],
    }
    return page(request, "case", given, said=said)


@require_safe
def receipt(request: HallRequest, case_id: UUID) -> HttpResponse:
    """What one gets for submitting: a number, and what happens next."""
    case = case_of(request, case_id)
    if not case["number"]:
        return redirect("halls:form", case_id=case_id)
    papers = [one for one in case["documents"] if one["kind"] in {"receipt", "acceptance"}]
    given = {"case": case, "papers": papers, "codes": codes_of(request, case_id)}
    return page(request, "receipt", given)


@require_http_methods(["GET", "POST"])
def withdraw(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Asks once more, with the reason, then withdraws."""
    said, reason = [], request.POST.get("reason", "")
    if request.method == "POST":
        done = act(request, "withdrawCase", caseId=str(case_id), reason=reason)
        if done.is_done:
            return redirect("halls:case", case_id=case_id)
        said = done.said
    return page(
        request, "withdraw", {"case": case_of(request, case_id), "reason": reason}, said=said
    )


def answered(answers: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Answers by the heading of their section, in the order of the form."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        sections.setdefault(answer["section"], []).append(answer)
    return list(sections.items())


def parts_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a bundle that were asked for, each with its approvals; what serves several comes first."""
    if not case["parts"] or not case["approvals"]:
        return []
    own = {step: part["id"] for part in case["parts"] for step in part["steps"]}
    shared = [one for one in case["approvals"] if one["step"] not in own]
    found = [_part(case, part) for part in case["parts"] if part["state"] != "unchosen"]
    return [{"approvals": shared}, *found] if shared else found


def _part(case: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A part with its approvals, the certificates they issued and what happened to it."""
    approvals = [one for one in case["approvals"] if one["step"] in part["steps"]]
    steps = {one["stepName"] for one in approvals}
    return {
        **part,
        "approvals": approvals,
        "issued": [one for one in case["certificates"] if one["sourceStep"] in part["steps"]],
        "lines": [line for line in case["timeline"] if line["stepName"] in steps],
    }


def remedies_of(documents: list[dict[str, Any]], kinds: set[str]) -> list[str]:
    """What can be done against the papers of some kinds (复议与诉讼), in their own words."""
    return [text for one in documents if one["kind"] in kinds for text in one["remedies"]]


def case_of(request: HallRequest, case_id: UUID) -> Any:
    """A case; each denied approval says what can be done against it, as its paper does."""
    case = ask(request, "case", id=str(case_id))["case"]
    for approval in case["approvals"]:
        issuer = approval["department"]["name"]
        own = [one for one in case["documents"] if one["departmentName"] == issuer]
        denied = approval["decision"] and approval["decision"]["outcome"] == "denied"
        approval["remedies"] = remedies_of(own, {"denial_decision"})[:1] if denied else []
    case["awaited"] = awaited_of(case)
    case["timeline"] = condensed(case["timeline"])
    return case


def awaited_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """What certificates of the case will still fill: heading, certificate and fields of each section."""
    filled = {answer["path"] for answer in case["answers"]}
    found = []
    for section in case["form"]["sections"]:
        by: dict[str, list[str]] = {}
        for field in section["fields"]:
            if field["filledBy"] and field["path"] not in filled:
                by.setdefault(field["filledBy"], []).append(field["label"])
        found += [
            {"label": section["label"], "by": name, "fields": labels} for name, labels in by.items()
        ]
    return found


def condensed(timeline: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The timeline with the savings of a draft, one after the other, told as one line."""
    lines: list[dict[str, Any]] = []
    for line in timeline:
        last = lines[-1] if lines else None
        if last is not None and line["kind"] == last["kind"] == "answers_saved":
            labels = [*last["fieldLabels"], *line["fieldLabels"]]
            lines[-1] = {**line, "fieldLabels": list(dict.fromkeys(labels))}
        else:
            lines.append(line)
    return lines


@require_safe
def missing(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Everything that submitting would refuse now, as one list to hand out (一次性告知)."""
    case = ask(request, "missing", id=str(case_id))["case"]
    parts = {field["path"]: s["label"] for s in case["form"]["sections"] for field in s["fields"]}
    own = {f"materials.{m['id']}" for m in case["materials"] if m["mode"] in OF_THE_FORM}
    lines: dict[str, list[str]] = {}
    for one in case["missing"]:
        if one["field"] not in own:  # comes of itself once the fields are filled
            path = re.sub(r"\.\d+(\..*)?$", "", one["field"])
            lines.setdefault(parts.get(path, "申请材料"), []).append(one["message"])
    return page(request, "missing", {"case": case, "lines": lines})


def codes_of(request: HallRequest, case_id: UUID) -> Any:
    """The codes by which anybody may follow the case, and where its results are fetched."""
    return ask(request, "caseCodes", id=str(case_id))["case"]
