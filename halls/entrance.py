"""Signing in - for oneself, for an enterprise or in an office - and signing out."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from halls.asking import Done, Said, act
from halls.demo import sign_ins
from halls.pages import page
from halls.seat import HallRequest, SignInNeeded

OFFICE = "office:"
NO_ENTERPRISE = Said("NOT_AUTHORIZED_AGENT", "您的账号没有可以代表的企业", "capacity")
NO_OFFICE = Said("FORBIDDEN", "您的账号没有工作人员身份", "capacity")
CHOOSE = Said("CHOOSE", "您可以代表多家单位，请选择其中一家，并再次输入密码", "acting_for")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HallRequest) -> HttpResponse:
    """The page that asks for name, password and for whom; then where one wanted to go."""
    if request.method == "GET":
        return _page(request, {"capacity": request.GET.get("as", "person")})
    typed = {name: request.POST.get(name, "") for name in ("name", "capacity", "acting_for")}
    said = _take_seat(request, typed, request.POST.get("password", ""))
    if said:
        return _page(request, typed, said)
    return HttpResponseRedirect(_wanted(request))


@require_POST
def sign_out(request: HallRequest) -> HttpResponse:
    """Ends the session on the server and empties the seat; a clerk's sitting ends first."""
    if request.seat.sitting:
        act(request, "endSitting", sittingId=request.seat.sitting["id"])
        request.seat.leave()
    _leave(request)
    return redirect("halls:home")


def _take_seat(request: HallRequest, typed: dict[str, Any], password: str) -> list[Said]:
    """Signs in as what was chosen; what was wrong, with nobody seated, otherwise.

    Which enterprises and offices an account has is known only once its password was right.
    """
    done = _signed_in(request, typed["name"], password, typed["acting_for"])
    if not done.is_done or typed["acting_for"]:
        return done.said
    me = done.result["me"]
    choices = _choices(me, typed["capacity"])
    if len(choices) == 1 and (me["kind"] == typed["capacity"]):
        return []
    _leave(request)
    if not choices:
        return [NO_OFFICE if typed["capacity"] == "officer" else NO_ENTERPRISE]
    if len(choices) > 1:
        typed["choices"] = choices
        return [CHOOSE]
    return _signed_in(request, typed["name"], password, choices[0]["actingFor"]).said


def _signed_in(request: HallRequest, name: str, password: str, acting_for: str) -> Done:
    request.seat.leave()
    done = act(request, "signIn", signInName=name, password=password, actingFor=acting_for)
    if done.is_done:
        request.seat.take(dict(done.result))
    return done


def _leave(request: HallRequest) -> None:
    """Ends the session on the server and empties the seat."""
    try:
        if request.seat.is_taken:
            act(request, "signOut")
    except SignInNeeded:
        pass  # it had ended already
    request.seat.leave()


def _choices(me: dict[str, Any], capacity: str) -> list[dict[str, str]]:
    """The capacities of an account that fit the chosen kind: {"actingFor", "name"}."""
    found: list[dict[str, str]] = me["capacities"]
    if capacity == "officer":
        return [one for one in found if one["actingFor"].startswith(OFFICE)]
    if capacity == "person":
        return [one for one in found if not one["actingFor"]]
    return [one for one in found if one["actingFor"] and not one["actingFor"].startswith(OFFICE)]


def _wanted(request: HallRequest) -> str:
    """The page of ours that one came from, or the hall of one's kind."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    if request.seat.is_clerk:
        return "/counter"
    return "/desk" if request.seat.is_officer else "/"


def _page(
    request: HallRequest, typed: dict[str, Any], said: list[Said] | None = None
) -> HttpResponse:
    given = {
        "typed": typed,
        "demo": sign_ins() if settings.DEBUG or settings.DEMO else [],
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return page(request, "sign_in", given, said=said or [])
