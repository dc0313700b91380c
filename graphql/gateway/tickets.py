"""Decides who may fetch a file by its address: a signed ticket of one session, one file and a few minutes."""

from uuid import UUID

from django.core import signing
from django.utils import timezone

from people.errors import Refusal
from people.models import Session
from people.tokens import ACTING, viewer_of_session
from people.viewer import Viewer

SECONDS = 300
SALT = "gateway.tickets"


def download_url(viewer: Viewer, kind: str, key: UUID) -> str:
    """The address of a file for this viewer's session; without a session (a process) a plain one."""
    address = f"/download/{kind}/{key}"
    if viewer.session_id is None:
        return address
    ticket = signing.dumps([str(viewer.session_id), kind, str(key)], salt=SALT, compress=False)
    return f"{address}?ticket={ticket}"


def viewer_of_ticket(ticket: str, kind: str, key: UUID, request_id: str) -> Viewer:
    """Whom a ticket speaks for, as that session stands now; LINK_EXPIRED when it does not fit."""
    try:
        session_id, own_kind, own_key = signing.loads(ticket, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        raise Refusal("LINK_EXPIRED") from None
    if (own_kind, own_key) != (kind, str(key)):
        raise Refusal("LINK_EXPIRED")
    rows = Session.objects.select_related(*ACTING)
    session = rows.filter(pk=session_id, revoked_at=None, expires_at__gt=timezone.now()).first()
    viewer = viewer_of_session(session, request_id) if session else None
    if viewer is None:
        raise Refusal("LINK_EXPIRED")
    return viewer
