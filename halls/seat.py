"""Who sits before the page: the tokens of one sign-in in a signed cookie that scripts cannot read.

The server keeps nothing: the database knows only digests of refresh tokens (people.commands.sessions), and a
copy of them in a table of sessions would undo that.
"""

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from gateway import door
from people.errors import Refusal
from people.tokens import viewer_of
from people.viewer import Viewer

COOKIE = "seat"
PASSING = {"changed", "stood_up"}  # of one request
SALT = "halls.seat"
EARLY_SECONDS = 30  # renewed a little before the access token ends, so that no page runs out of it


class SignInNeeded(Exception):
    """The page is for somebody who has signed in, and nobody has, or no longer; `back` is where to go then."""

    def __init__(self, back: str = "") -> None:
        super().__init__(back)
        self.back = back


@dataclass
class Seat:
    """Tokens, until when the access token holds (seconds of the epoch), and whose name the page shows."""

    access: str = ""
    refresh: str = ""
    until: float = 0
    kind: str = ""  # person, enterprise, officer; empty: nobody
    name: str = ""
    function: str = ""  # of an officer's department, such as service_hall
    sitting: dict[str, Any] = field(
        default_factory=dict
    )  # whom a clerk serves: id, purpose, item, until
    behind: dict[str, Any] = field(default_factory=dict)  # the clerk's own seat meanwhile
    changed: bool = field(default=False, compare=False)
    stood_up: bool = field(default=False, compare=False)  # a sitting ended in this request

    def take(self, payload: dict[str, Any]) -> None:
        """Keeps the result of signIn or refreshSession: {"signedIn": {...}, "me": {...}}."""
        tokens, me = payload["signedIn"], payload["me"]
        self.access, self.refresh = tokens["accessToken"], tokens["refreshToken"]
        self.until = time.time() + int(tokens["expiresIn"])
        self.kind, self.name = me["kind"], me["name"]
        self.function = (me.get("department") or {}).get("function", "")
        self.changed = True

    def serve(self, payload: dict[str, Any]) -> None:
        """A clerk makes room for the person of a sitting (窗口代办); their own tokens wait behind."""
        own = ("access", "refresh", "until", "kind", "name", "function")
        self.behind = {name: getattr(self, name) for name in own}
        self.take(payload)
        self.sitting = payload["sitting"]

    def leave(self) -> None:
        """Nobody sits here any more; after a sitting the clerk does again."""
        self.changed, self.stood_up = True, bool(self.behind)
        nobody = {"access": "", "refresh": "", "until": 0, "kind": "", "name": "", "function": ""}
        for name, value in (self.behind or nobody).items():
            setattr(self, name, value)
        self.behind, self.sitting = {}, {}

    @property
    def is_taken(self) -> bool:
        """Somebody has signed in."""
        return bool(self.access)

    @property
    def is_officer(self) -> bool:
        """Somebody who works in a department."""
        return self.kind == "officer"

    @property
    def is_applicant(self) -> bool:
        """Somebody who asks, for themselves or for an enterprise; at a counter only the case is shown."""
        return self.kind in {"person", "enterprise"} and not self.sitting

    @property
    def is_clerk(self) -> bool:
        """Somebody who works at the counter of a service hall."""
        return self.function == "service_hall"

    def viewer(self, request_id: str) -> Viewer:
        """Who asks now, with a renewed access token when it is due; anonymous when nobody sits here.

        Raises SignInNeeded when the session was ended elsewhere or has run out.
        """
        if not self.is_taken:
            return Viewer.anonymous(request_id)
        if self.until - time.time() < EARLY_SECONDS:
            self._renew(request_id)
        try:
            return viewer_of(self.access, request_id)
        except Refusal:
            self.leave()
            raise SignInNeeded from None

    def _renew(self, request_id: str) -> None:
        asked = {"refreshToken": self.refresh}
        answer = door.execute("refreshSession", asked, Viewer.anonymous(request_id))
        data: Any = answer.get("data") or {}
        payload = data.get("refreshSession") or {}
        if not payload.get("signedIn"):
            self.leave()
            raise SignInNeeded
        self.take(payload)


class HallRequest(HttpRequest):
    """A request as the middlewares leave it: with its seat and what htmx says of it."""

    seat: Seat
    request_id: str
    htmx: HtmxDetails


def is_signed_in(request: HttpRequest) -> bool:
    """Whether somebody has signed in, in the halls or in the administration, which has no seats."""
    seat: Seat | None = getattr(request, "seat", None)
    return request.user.is_authenticated if seat is None else seat.is_taken


def seat_of(request: HttpRequest) -> Seat:
    """The seat that a request brings; an empty one for a missing, foreign or old cookie."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=_seconds())
        return Seat(**kept)
    except (signing.BadSignature, TypeError):
        return Seat()


def keep(seat: Seat, response: HttpResponse) -> None:
    """Sends the seat back with the answer when it has changed."""
    if not seat.changed:
        return
    if not seat.is_taken:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    kept = {name: value for name, value in asdict(seat).items() if name not in PASSING}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT, compress=True),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _seconds() -> int:
    return settings.REFRESH_TOKEN_DAYS * 86_400
