"""The address that takes the bytes of one file: the ticket in it is the whole right, and good once."""

import contextlib
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from gateway import door
from gateway.errors import message_of
from gateway.view import respond
from people.errors import Refusal
from workflows.commands import receive_upload

CHUNK = 65_536


@csrf_exempt  # no cookie is looked at: the address itself is the right
def upload_view(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the bytes of one ticket by PUT: 200 checked, 202 in quarantine, 4xx with `errors`."""
    request_id = door.new_request_id()
    try:
        response = _received(request, token)
    except Refusal as refusal:
        _let_finish(request)
        response = respond(door.refused(refusal, request_id), request_id)
    except UnreadablePostError:
        response = respond(door.refused(Refusal("UPLOAD_INCOMPLETE"), request_id), request_id)
    except (OperationalError, InterfaceError):
        response = respond(door.refused(Refusal("SERVICE_UNAVAILABLE"), request_id), request_id)
    if response.status_code == 405:
        response["Allow"] = "PUT"
    response["Cache-Control"] = "no-store"
    response["X-Request-ID"] = request_id
    # Django would write the address of a refused request, which is a right, to the log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _received(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "PUT":
        raise Refusal("METHOD_NOT_ALLOWED", allowed="PUT")
    announced = request.headers.get("Content-Length") or "0"
    in_pieces = "Transfer-Encoding" in request.headers  # of a length that nobody knows
    if in_pieces or not announced.isdecimal() or len(announced) > 15:
        raise Refusal("UPLOAD_INCOMPLETE")
    ticket = receive_upload(token, _chunks(request), int(announced))
    body = {"ticketId": str(ticket.pk), "state": ticket.state, "name": ticket.name}
    return JsonResponse(body, status=202 if ticket.state == "received" else 200)


def _let_finish(request: HttpRequest) -> None:
    """Reads what a sender still sends, up to our limit, because most read the answer only then."""
    left = settings.UPLOAD_MOST_BYTES
    with contextlib.suppress(UnreadablePostError):
        while left > 0 and (chunk := request.read(CHUNK)):
            left -= len(chunk)


def taken(token: str, chunks: Iterable[bytes], announced: int) -> list[tuple[str, str]]:
    """Takes a file that a page brought, by its ticket; what was refused as (code, sentence)."""
    try:
        receive_upload(token, chunks, announced)
    except Refusal as refusal:
        return [(problem.code, message_of(problem)) for problem in refusal.problems]
    return []


def _chunks(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(CHUNK):
        yield chunk
