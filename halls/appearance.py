"""How large the print of the pages is (适老化 大字版): kept in a cookie, with or without scripts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from halls.seat import HallRequest

COOKIE = "print"
LARGE = "large"
YEAR_SECONDS = 365 * 86_400


@require_POST
def size(request: HallRequest) -> HttpResponse:
    """Large or usual print from now on; back to the page, or only its style when a script asked.

    With a script nothing that is being typed into the page is lost.
    """
    wanted = LARGE if request.POST.get("size") == LARGE else "usual"
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    if request.htmx:
        given = {"is_large": wanted == LARGE, "back": back}
        response = render(request, "halls/_resized.html", given)
    else:
        response = HttpResponseRedirect(back)
    response.set_cookie(
        COOKIE,
        wanted,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def is_large(request: HttpRequest) -> bool:
    """Whether whoever sits before the page has asked for large print."""
    return request.COOKIES.get(COOKIE) == LARGE
