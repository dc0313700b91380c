"""How a page asks: trusted documents through the gateway's door in this process, and nothing else."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.http import Http404

from gateway import door
from gateway.origin import origin_of
from halls.seat import HallRequest, SignInNeeded

STATUSES = {
    "FORBIDDEN": 403,
    "LINK_EXPIRED": 403,
    "RATE_LIMITED": 429,
    "INTERNAL": 500,
    "BUSY": 503,
    "SERVICE_UNAVAILABLE": 503,
}


@dataclass(frozen=True)
class Said:
    """One refusal in the gateway's words; `field` is empty when it is about the whole."""

    code: str
    message: str
    field: str = ""
    request_id: str = ""


class Refused(Exception):
    """The page cannot be shown; its reason is."""

    def __init__(self, said: list[Said]) -> None:
        super().__init__(said[0].code)
        self.said = said

    @property
    def status(self) -> int:
        """The HTTP status that the first reason asks for."""
        return STATUSES.get(self.said[0].code, 400)


@dataclass(frozen=True)
class Done:
    """What an act came to: its result, or what was refused."""

    result: Mapping[str, Any]
    said: list[Said] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Nothing was refused."""
        return not self.said

    def has(self, code: str) -> bool:
        """Whether one of the refusals has this code."""
        return any(one.code == code for one in self.said)


def ask(request: HallRequest, document: str, **variables: object) -> Any:
    """The `data` of a trusted document, for whoever sits before the page.

    Raises SignInNeeded, Http404 (not found, or not theirs) or Refused.
    """
    viewer = request.seat.viewer(request.request_id)
    answer = door.execute(document, variables, viewer, origin_of(request))
    errors: Any = answer.get("errors")
    if errors:
        said = [_said(error) for error in errors]
        codes = {one.code for one in said}
        if codes & {"UNAUTHENTICATED", "SESSION_EXPIRED"}:
            request.seat.leave()
            raise SignInNeeded
        if "NOT_FOUND" in codes:
            raise Http404
        raise Refused(said)
    return answer["data"]


def act(request: HallRequest, document: str, *, mark: str = "", **variables: object) -> Done:
    """Runs a mutation. Its idempotency key is the one of the rendered form, bound to what is sent.

    The same form sent twice acts once; the same form changed and sent again, after the browser's
    way back, is another act. `mark` tells acts apart that send alike, such as two files of one name.
    """
    posted = request.POST.get("key", "")
    if posted:
        digest = hashlib.sha256(json.dumps([document, mark, variables], sort_keys=True).encode())
        variables = {**variables, "idempotencyKey": f"{posted[:40]}.{digest.hexdigest()[:24]}"}
    payload = ask(request, document, **variables)[document]
    said = [
        Said(e["code"], e["message"], e["field"] or "", e["requestId"]) for e in payload["errors"]
    ]
    return Done(payload, said)


def new_key() -> str:
    """The idempotency key of a form that is about to be shown."""
    return uuid4().hex


def _said(error: Mapping[str, Any]) -> Said:
    about = error.get("extensions", {})
    return Said(
        about.get("code", "INTERNAL"),
        error["message"],
        about.get("field") or "",
        about.get("requestId") or "",
    )
