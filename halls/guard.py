"""What every page of the halls keeps to: a seat, Chinese, strict headers, and no fault shown raw."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from gateway import door
from gateway.errors import message_of
from halls.asking import Refused, Said
from halls.bringing import FORMS, NOT_HERE
from halls.seat import SignInNeeded, keep, seat_of
from people.errors import Problem

# Scripts, styles and pictures of our own only; nothing inline, nothing framed.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
LANGUAGE = "zh-hans"
log = logging.getLogger("halls")
SAFE = ("GET", "HEAD")
ELSEWHERE = ("/graphql", "/download/", "/uploads/", "/healthz", "/readyz")


class Guard:
    """Middleware of the halls; the other doors keep their own rules."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/"):  # Django's pages, in the language of ours
            with translation.override(LANGUAGE):
                answer = self.get_response(request)
            answer.headers.setdefault("Content-Security-Policy", POLICY)
            return answer
        if request.path.startswith(ELSEWHERE) and not request.path.startswith(FORMS):
            return self.get_response(request)
        seat = seat_of(request)
        request.seat = seat  # type: ignore[attr-defined]
        request.request_id = door.new_request_id()  # type: ignore[attr-defined]
        with translation.override(LANGUAGE):
            response = self.form_refused(request) or self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method in SAFE:
            response = HttpResponseRedirect(page_above(request.path))
        keep(seat, response)
        response.headers["Content-Language"] = LANGUAGE
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    def form_refused(self, request: HttpRequest) -> HttpResponse | None:
        """Reads a form with files, before anything else does; refuses one that broke off or may not be sent."""
        if not brings_files(request):
            return None
        if not settings.TAKES_UPLOADS:
            return not_here(request)
        try:
            bool(request.FILES)
        except UnreadablePostError:  # Django would go on with an empty form
            said = Said("UPLOAD_INCOMPLETE", message_of(Problem("UPLOAD_INCOMPLETE")))
            return self.process_exception(request, Refused([said]))
        code = getattr(request, "refused_upload", "")
        if code == "UNAUTHENTICATED":
            return self.process_exception(request, SignInNeeded())
        if code:
            most = settings.UPLOAD_MOST_BYTES_A_FORM // 1_000_000
            said = Said(code, message_of(Problem(code, "", {"most": most})))
            return self.process_exception(request, Refused([said]))
        return None

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Turns "sign in first" and refusals into pages; every other fault is Django's to log."""
        if isinstance(fault, SignInNeeded):
            back = fault.back or (request.get_full_path() if request.method == "GET" else "")
            asked = urlencode({"next": back}) if back else ""
            address = f"{reverse('halls:sign_in')}?{asked}".rstrip("?")
            if request.seat.stood_up:  # type: ignore[attr-defined]
                address = f"{reverse('halls:counter')}?over=1"
            response: HttpResponse = HttpResponseRedirect(address)
            if request.headers.get("HX-Request"):
                response = HttpResponse(headers={"HX-Redirect": address})
            return response
        if isinstance(fault, Refused):
            once = list({one.message: one for one in fault.said}.values())
            return render(request, "halls/refused.html", {"said": once}, status=fault.status)
        return None


def brings_files(request: HttpRequest) -> bool:
    """Whether a request is a form that may bring files."""
    return request.content_type == "multipart/form-data"


def not_here(request: HttpRequest) -> HttpResponse:
    """The answer of a process that takes no uploads, without reading what comes: a proxy leads astray."""
    log.error("uploads.misled %s: nothing below /uploads/ may come to this process", request.path)
    said = [Said("UPLOADS_ELSEWHERE", NOT_HERE)]
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return render(request, "halls/refused.html", {"said": said}, status=status)


def page_above(path: str) -> str:
    """The nearest address above one that only answers an act: /desk/cases/1/stop -> /desk/cases/1.

    A refused act leaves its own address in the browser; reloading it, or changing the size of the
    print without scripts, asks for a page there.
    """
    while path := path.rpartition("/")[0]:
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return reverse("halls:home")
