"""The door's HTTP side: `POST /graphql` with JSON, nothing else; no cookie is looked at."""

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from gateway import door
from gateway.origin import origin_of
from gateway.transport import MOST_BYTES, check_head, read_asked
from people.errors import Refusal
from people.tokens import viewer_of
from people.viewer import Viewer

MOST_TOKEN = 4_096


@csrf_exempt
def graphql_view(request: HttpRequest) -> HttpResponse:
    """Answers one document. Refused before it runs: 4xx with `errors`; run: 200, or 503 without a database."""
    request_id = door.new_request_id()
    try:
        check_head(
            request.method or "",
            request.headers.get("Content-Type", ""),
            request.headers.get("Content-Encoding", ""),
            request.META.get("QUERY_STRING", ""),
        )
        asked = read_asked(body_of(request))
        viewer = bearer(request.headers.get("Authorization", ""), request_id)
    except Refusal as refusal:
        answer = door.refused(refusal, request_id)
    except (OperationalError, InterfaceError):
        answer = door.refused(Refusal("SERVICE_UNAVAILABLE"), request_id)
    else:
        answer = door.answer(asked, viewer, request_id, origin_of(request))
    return respond(answer, request_id)


def body_of(request: HttpRequest) -> bytes:
    """The body in bytes; REQUEST_TOO_LARGE by the length it announces, before it is read."""
    announced = request.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > MOST_BYTES:
        raise Refusal("REQUEST_TOO_LARGE", most=MOST_BYTES // 1024)
    return request.body


def bearer(header: str, request_id: str) -> Viewer:
    """Whom an Authorization header names: nobody when it is missing, UNAUTHENTICATED when it is not good."""
    if not header:
        return Viewer.anonymous(request_id)
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > MOST_TOKEN:
        raise Refusal("UNAUTHENTICATED")
    return viewer_of(token, request_id)


def respond(answer: door.Answer, request_id: str) -> HttpResponse:
    """The answer with the headers that its status asks for."""
    response = JsonResponse(
        answer.body, status=answer.status, json_dumps_params={"ensure_ascii": False}
    )
    response["X-Request-ID"] = request_id
    response["Cache-Control"] = "no-store"
    if answer.status == 405:
        response["Allow"] = "POST"
    elif answer.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    elif answer.status == 503:
        response["Retry-After"] = "5"
    elif answer.retry_after:
        response["Retry-After"] = str(answer.retry_after)
    return response
