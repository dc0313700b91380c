"""Who one is here: a person's own page, and an enterprise's - its certificates, cases and representatives."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from halls.asking import Said, act, ask
from halls.pages import cursor_of, page
from halls.posted import is_day
from halls.seat import HallRequest

FEW = 4  # certificates on the page of an enterprise; the wallet has all
DAYS = {"validFrom": "请选择从哪一天起", "validUntil": "请选择到哪一天止"}
WORDS = ("agentName", "agentIdNumber", "validFrom", "validUntil")


@require_safe
def me(request: HallRequest) -> HttpResponse:
    """The page of whoever sits here, as what they sit."""
    return _page(request)


@require_http_methods(["POST"])
def grant_mandate(request: HallRequest) -> HttpResponse:
    """授权委托: lets somebody act for the enterprise, for some items or all, until a day."""
    words = {name: request.POST.get(name, "").strip() for name in WORDS}
    odd = [
        Said("INVALID_DATE", text, name) for name, text in DAYS.items() if not is_day(words[name])
    ]
    if odd:
        return _page(request, odd)
    items = [code for code in request.POST.getlist("itemCodes") if code]
    done = act(request, "grantMandate", **words, itemCodes=items)
    if done.is_done:
        return redirect("/me#mandates")
    return _page(request, done.said)


@require_POST
def revoke_mandate(request: HallRequest, mandate_id: UUID) -> HttpResponse:
    """Takes a mandate back; from this moment on nobody acts by it."""
    done = act(request, "revokeMandate", mandateId=str(mandate_id))
    if done.is_done:
        return redirect("/me#mandates")
    return _page(request, done.said)


def _page(request: HallRequest, said: list[Said] | None = None) -> HttpResponse:
    who = ask(request, "me")["me"]
    given = {
        "who": who,
        "open": ask(request, "openCases", after=cursor_of(request))["openCases"],
        "mandates": ask(request, "mandates", after=cursor_of(request, "mandate"))["mandates"],
        "typed": request.POST,
        "chosen": request.POST.getlist("itemCodes"),
    }
    if who["kind"] != "enterprise":
        return page(request, "profile", given, said=said or [])
    held = ask(request, "myCertificates", first=FEW)["myCertificates"]
    items = ask(request, "catalogue", audience="enterprise", first=100)["catalogue"]
    return page(request, "enterprise", given | {"held": held, "items": items}, said=said or [])
