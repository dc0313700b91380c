"""Decides what an operator's probe is told: alive, and ready to serve with database, broker and letters leaving."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from bus.queries import oldest_unsent_age
from bus.rabbit import is_reachable

LATE_SECONDS = 300  # a letter that waits longer means that the relay stands still


def healthz(_request: HttpRequest) -> JsonResponse:
    """200 whenever the process answers at all."""
    return JsonResponse({"status": "alive"})


def readyz(_request: HttpRequest) -> JsonResponse:
    """200 with each finding, or 503 when one of them is not good.

    `database` is ok, away or without tables (not migrated), `broker` ok, away or embedded (letters in memory);
    `oldest_unsent_seconds` is null without a waiting letter.
    """
    found: dict[str, object] = {"database": database(), "broker": broker()}
    age = None
    if found["database"] == "ok":
        try:
            age = oldest_unsent_age()
        except DatabaseError:
            found["database"] = "without tables"
    found["oldest_unsent_seconds"] = None if age is None else round(age, 1)
    late = age is not None and age > LATE_SECONDS
    ready = found["database"] == "ok" and found["broker"] != "away" and not late
    body = {"status": "ready" if ready else "not ready", **found}
    return JsonResponse(body, status=200 if ready else 503)


def database() -> str:
    """Whether one statement runs."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "away"
    return "ok"


def broker() -> str:
    """Whether the broker opens a connection; work goes on without it, letters wait."""
    if settings.EMBEDDED:
        return "embedded"
    return "ok" if is_reachable(settings.BROKER_URL) else "away"
