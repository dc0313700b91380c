"""The counter of a service hall (综窗): serving a person who is present, today's intake, handing results out."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halls.asking import Done, Said, act, ask
from halls.pages import cursor_of, page
from halls.seat import HallRequest
from notifications.sms import demo_text

ASKED = {
    "idNumber": "id_number",
    "name": "name",
    "itemCode": "item",
    "actingFor": "acting_for",
    "paperNumber": "paper_number",
}
PAPERS = ("denial_decision", "non_acceptance")
NO_PAPER = Said("REQUIRED", "请填写书面授权书的编号", "paperNumber")


@require_safe
def counter(request: HallRequest) -> HttpResponse:
    """Whom to serve, what waits for a colleague, what came in today, what waits to be fetched."""
    if request.seat.sitting:
        return redirect("halls:serving")
    return _counter(request, {})


@require_POST
def begin(request: HallRequest) -> HttpResponse:
    """Asks the person for their consent: by a code, or by the signed form whose number is given."""
    typed = {name: request.POST.get(name, "").strip() for name in (*ASKED.values(), "consent")}
    by_paper = typed["consent"] == "paper"
    if by_paper and not typed["paper_number"]:
        return _counter(request, typed, [NO_PAPER])
    sent = {argument: typed[name] for argument, name in ASKED.items()}
    done = act(request, "beginSitting", **(sent if by_paper else {**sent, "paperNumber": ""}))
    if done.is_done:
        return redirect("halls:confirm_sitting", sitting_id=done.result["sitting"]["id"])
    return _counter(request, typed, done.said)


@require_http_methods(["GET", "POST"])
def confirm(request: HallRequest, sitting_id: UUID) -> HttpResponse:
    """The person's code, or the colleague's look at the form; then the person's pages."""
    said: list[Said] = []
    if request.method == "POST":
        code = request.POST.get("code", "")
        done = act(request, "confirmSitting", sittingId=str(sitting_id), code=code)
        if done.is_done:
            request.seat.serve(dict(done.result))
            return redirect("halls:serving")
        said = done.said
    if request.seat.sitting:
        return redirect("halls:serving")
    rows = ask(request, "counterSittings", first=50)["counterSittings"]["nodes"]
    sitting = next((one for one in rows if one["id"] == str(sitting_id)), None)
    if sitting is None:
        raise Http404
    given = {"sitting": sitting, "text": _text(sitting_id) if sitting["isMine"] else ""}
    return page(request, "counter_consent", given, said=said)


@require_safe
def text(request: HallRequest, sitting_id: UUID) -> HttpResponse:
    """The demo's telephone, as soon as the message has come."""
    rows = ask(request, "counterSittings", first=50)["counterSittings"]["nodes"]
    if not any(one["id"] == str(sitting_id) and one["isMine"] for one in rows):
        raise Http404
    given = {"sitting": {"id": sitting_id}, "text": _text(sitting_id)}
    return page(request, "_demo_text", given)


@require_POST
def witness(request: HallRequest, sitting_id: UUID) -> HttpResponse:
    """A second clerk has seen the person and the signed form."""
    return _back(request, act(request, "witnessSitting", sittingId=str(sitting_id)))


@require_safe
def serving(request: HallRequest) -> HttpResponse:
    """The person who is served: begin their case, or go on with one that this counter filed."""
    if not request.seat.sitting:
        return redirect("halls:counter")
    found = ask(request, "myCases", after=cursor_of(request))["myCases"]
    return page(request, "counter_serving", {"cases": found, "sitting": request.seat.sitting})


@require_POST
def end(request: HallRequest) -> HttpResponse:
    """Ends the sitting: the person goes, the clerk sits here again."""
    sitting_id = request.seat.sitting.get("id") or request.POST.get("sitting", "")
    done = act(request, "endSitting", sittingId=sitting_id)
    if done.is_done and request.seat.sitting:
        request.seat.leave()
    return _back(request, done)


@require_http_methods(["GET", "POST"])
def case(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Papers to print, results to hand out, and the entry in the register (领取登记)."""
    said: list[Said] = []
    if request.method == "POST":
        kind, _, key = request.POST.get("what", "").partition(":")
        words = {name: request.POST.get(name, "") for name in ("receiver", "proof")}
        name = "documentId" if kind == "document" else "certificateId"
        sent = {"caseId": str(case_id), "method": "collected", **words, name: key}
        done = act(request, "recordDelivery", **sent)
        if done.is_done:
            return redirect("halls:counter_case", case_id=case_id)
        said = done.said
    shown = ask(request, "counterCase", id=str(case_id))["case"]
    results = results_of(shown)
    given = {
        "case": shown,
        "results": results,
        "is_open": any(one["delivery"] is None for one in results),
        "typed": request.POST,
    }
    return page(request, "counter_case", given, said=said)


def results_of(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be handed out: {what, name, delivery}; denials and certificates that are ready."""
    given = {d["certificateId"] or d["documentId"]: d for d in shown["deliveries"]}
    papers = [one for one in shown["documents"] if one["kind"] in PAPERS]
    found = [("certificate", c, c["typeName"]) for c in shown["certificates"]]
    found += [("document", d, d["kindName"]) for d in papers]
    return [
        {
            **one,
            "what": f"{kind}:{one['id']}",
            "folder": f"{kind}s",
            "name": name,
            "delivery": given.get(one["id"]),
        }
        for kind, one, name in found
        if one["isReady"]
    ]


def _counter(
    request: HallRequest, typed: dict[str, str], said: list[Said] | None = None
) -> HttpResponse:
    pages = {"after": cursor_of(request), "handoutsAfter": cursor_of(request, "handouts")}
    found = ask(request, "counter", **pages)
    sittings = ask(request, "counterSittings", first=30)["counterSittings"]["nodes"]
    items = ask(request, "catalogue", first=100)["catalogue"]["nodes"]
    given = {
        "filed": found["filedCases"],
        "handouts": found["handouts"],
        "sittings": [one for one in sittings if one["state"] != "over"],
        "items": items,
        "typed": typed,
        "is_over": "over" in request.GET,
    }
    return page(request, "counter", given, said=said or [])


def _back(request: HallRequest, done: Done) -> HttpResponse:
    return redirect("halls:counter") if done.is_done else _counter(request, {}, done.said)


def _text(sitting_id: UUID) -> str:
    """What the demo's telephone shows; empty outside the demo."""
    return demo_text(str(sitting_id)) if settings.DEMO or settings.DEBUG else ""
