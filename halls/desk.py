"""The department's desk: what waits for it, a case as its lead department sees it, and handing out results."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from halls.asking import Said, act, ask
from halls.cases import answered, case_of
from halls.pages import cursor_of, page
from halls.seat import HallRequest

DELIVERED = ("certificate", "document")
# The applicant has these on the page from the moment of the act.
HANDED_OUT_AT_ONCE = ("receipt", "acceptance")


@require_GET
def worklist(request: HallRequest) -> HttpResponse:
    """What is to be accepted and decided, the most urgent first, and the cases that the department leads."""
    pages = {"after": cursor_of(request), "intakeAfter": cursor_of(request, "intake")}
    found = ask(request, "worklist", **pages)
    led = ask(request, "ledCases", after=cursor_of(request, "led"))["ledCases"]
    previews = ask(request, "previews", after=cursor_of(request, "previews"))["previews"]
    given = {"tasks": found["worklist"], "intake": found["intake"], "led": led}
    given["previews"] = previews
    return page(request, "desk", given)


@require_GET
def case(request: HallRequest, case_id: UUID) -> HttpResponse:
    """The whole case, for the department that leads it."""
    return case_page(request, case_id)


@require_POST
def deliver(request: HallRequest, case_id: UUID) -> HttpResponse:
    """Records how a certificate or a paper reached the applicant (送达)."""
    kind, _, key = request.POST.get("what", "").partition(":")
    sent = {name: request.POST.get(name, "") for name in ("method", "receiver", "proof")}
    if kind in DELIVERED:
        sent[f"{kind}Id"] = key
    done = act(request, "recordDelivery", caseId=str(case_id), **sent)
    if done.is_done:
        return redirect("halls:desk_case", case_id=case_id)
    return case_page(request, case_id, done.said, opened="deliver")


def deliverable(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Certificates and papers that are finished: what each is called and how it was delivered, if it was."""
    ready = [
        *(("certificate", one, one["typeName"]) for one in case["certificates"]),
        *(
            ("document", one, f"{one['kindName']} {one['number']}")
            for one in case["documents"]
            if one["kind"] not in HANDED_OUT_AT_ONCE
        ),
    ]
    how = {one["certificateId"] or one["documentId"]: one for one in case["deliveries"]}
    return [
        {"what": f"{kind}:{one['id']}", "name": name, "delivery": how.get(one["id"])}
        for kind, one, name in ready
        if one["isReady"]
    ]


def case_page(
    request: HallRequest, case_id: UUID, said: list[Said] | None = None, opened: str = ""
) -> HttpResponse:
    """The case with the acts that its state allows; `opened` names the one that was refused."""
    shown = case_of(request, case_id)
    given = {
        "case": shown,
        "sections": answered(shown["answers"]),
        "typed": request.POST,
        "opened": opened,
        "deliverable": deliverable(shown),
    }
    return page(request, "desk_case", given, said=said or [])
