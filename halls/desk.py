"""The department's desk: what waits for it, a case as its lead department sees it, and handing out results."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from halls.asking import Said, act, ask
from halls.cases import answered, case_of
from halls.pages import cursor_of, page
from halls.seat import HallRequest
from halls.standing import light

DELIVERED = ("certificate", "document")
# The applicant has these on the page from the moment of the act.
HANDED_OUT_AT_ONCE = ("receipt", "acceptance")


@require_safe
def worklist(request: HallRequest) -> HttpResponse:
    """What is to be accepted and decided, the most urgent first."""
    pages = {"after": cursor_of(request), "intakeAfter": cursor_of(request, "intake")}
    found = ask(request, "worklist", **pages)
    previews = ask(request, "previews", after=cursor_of(request, "previews"))["previews"]
    given = {"tasks": found["worklist"], "intake": found["intake"], "previews": previews}
    given["summary"] = summary_of(found)
    return page(request, "desk", given)


def summary_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """What the shown pages hold, at a glance: {name, count, tone, more}; `more` says there are further pages."""
    tasks, intake = found["worklist"]["nodes"], found["intake"]["nodes"]
    clocks = [light(one) for one in tasks] + [light(one["clock"]) for one in intake]
    more = found["worklist"]["pageInfo"]["hasNextPage"]
    more_intake = found["intake"]["pageInfo"]["hasNextPage"]
    return [
        {"name": "等待受理", "count": len(intake), "tone": "", "more": more_intake},
        {"name": "等待办理", "count": len(tasks), "tone": "", "more": more},
        {
            "name": "我领办的",
            "count": sum(one["isMine"] for one in tasks),
            "tone": "",
            "more": more,
        },
        {"name": "快到期", "count": clocks.count("yellow"), "tone": "yellow", "more": False},
        {"name": "已超期", "count": clocks.count("red"), "tone": "red", "more": False},
    ]


@require_safe
def handled(request: HallRequest) -> HttpResponse:
    """What is no longer waiting: the cases that the department leads, and what it has decided."""
    led = ask(request, "ledCases", after=cursor_of(request, "led"))["ledCases"]
    done = ask(request, "handledApprovals", after=cursor_of(request))["handledApprovals"]
    return page(request, "handled", {"led": led, "handled": done})


@require_safe
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
    choices: list[Any] = []
    if "stopClock" in shown["allowedActions"]:
        choices = ask(request, "caseStopChoices", id=str(case_id))["case"]["stopChoices"]
    given = {
        "stop_choices": choices,
        "case": shown,
        "sections": answered(shown["answers"]),
        "typed": request.POST,
        "sent": request.POST,
        "opened": opened,
        "deliverable": deliverable(shown),
    }
    return page(request, "desk_case", given, said=said or [])
