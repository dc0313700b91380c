"""The address that takes the bytes of one file: the ticket in it is the whole right, and good once."""

from collections.abc import Iterable, Iterator

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
        if request.method != "PUT":
            raise Refusal("METHOD_NOT_ALLOWED", allowed="PUT")
        announced = request.headers.get("Content-Length") or "0"
        in_pieces = "Transfer-Encoding" in request.headers  # of a length that nobody knows
        if in_pieces or not announced.isdecimal() or len(announced) > 15:
            raise Refusal("UPLOAD_INCOMPLETE")
        ticket = receive_upload(token, _chunks(request), int(announced))
    except Refusal as refusal:
        answer = respond(door.refused(refusal, request_id), request_id)
        if answer.status_code == 405:
            answer["Allow"] = "PUT"
        return answer
    except UnreadablePostError:
        return respond(door.refused(Refusal("UPLOAD_INCOMPLETE"), request_id), request_id)
    except (OperationalError, InterfaceError):
        return respond(door.refused(Refusal("SERVICE_UNAVAILABLE"), request_id), request_id)
    body = {"ticketId": str(ticket.pk), "state": ticket.state, "name": ticket.name}
    response = JsonResponse(body, status=202 if ticket.state == "received" else 200)
    response["Cache-Control"] = "no-store"
    response["X-Request-ID"] = request_id
    return response


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
