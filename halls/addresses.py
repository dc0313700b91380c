"""The page where one says at which e-mail address one wants to be told what the messages say."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from halls.asking import Said, act, ask
from halls.pages import page
from halls.seat import HallRequest


@require_http_methods(["GET", "POST"])
def email(request: HallRequest) -> HttpResponse:
    """Shows the address; posted, asks for a code at a new one or takes the address away."""
    if request.method == "GET":
        return _page(request)
    typed = request.POST.get("email", "")
    done = act(request, "setEmail", email=typed)
    return redirect("halls:email") if done.is_done else _page(request, typed, done.said)


@require_POST
def confirm_email(request: HallRequest) -> HttpResponse:
    """Confirms the address by its code."""
    done = act(request, "confirmEmail", code=request.POST.get("code", ""))
    return redirect("halls:email") if done.is_done else _page(request, said=done.said)


def _page(request: HallRequest, typed: str = "", said: list[Said] | None = None) -> HttpResponse:
    address = ask(request, "emailAddress")["emailAddress"]
    return page(request, "email", {"email": address, "typed": typed}, said=said or [])
