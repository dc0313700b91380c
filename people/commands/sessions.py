"""Who gets in, as whom, and for how long: signing in, the rotating refresh token, signing out.

The refresh token is `<session>.<32 random bytes>`; each successor is derived from its predecessor
with the server's secret (RFC 9700 4.14.2). So a token shown twice within the grace gives the same
successor, and every spent token of a family is recognised although only one digest is kept.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.commands.auditing import audit
from people.commands.capacities import right_of
from people.commands.passwords import verified_account
from people.commands.retrying import with_retries
from people.errors import Refusal
from people.models import Account, CounterSitting, Session
from people.tokens import ACTING, access_token_of, viewer_of_session
from people.viewer import Viewer

REUSE_GRACE = timedelta(seconds=10)
MOST_SESSIONS = 10
_LONGEST_CHAIN = 4096


@dataclass(frozen=True)
class SignedIn:
    """What a client keeps: the access token for `expires_in` seconds and the next refresh token."""

    access_token: str
    refresh_token: str
    expires_in: int
    viewer: Viewer


def sign_in(
    *, sign_in_name: str, password: str, acting_for: str = "", request_id: str = ""
) -> SignedIn:
    """Opens a session for an account, acting as the one that `acting_for` names.

    `acting_for`: empty = as the account's person (or in its only office, without a person), a
    credit code = for that enterprise, `office:<department code>` = as officer there.
    Refusals: SIGN_IN_FAILED, the same for an unknown name, a wrong password and a locked account
    (ATK-63); with the right password NOT_AUTHORIZED_AGENT, MANDATE_INVALID, ENTITY_NOT_ACTIVE.
    """
    account = verified_account(sign_in_name=sign_in_name, password=password, request_id=request_id)
    secret = secrets.token_bytes(32)
    opened = with_retries(lambda: _open(account, acting_for, secret, request_id))
    if isinstance(opened, Refusal):
        raise opened
    return signed_in(opened, secret, request_id)


def refresh_session(*, refresh_token: str, request_id: str = "") -> SignedIn:
    """Gives a new access token and the next refresh token for a session.

    A spent refresh token gives the same successor for 10 seconds, for an answer that was lost;
    after that it ends the session (ATK-58). Refusal: UNAUTHENTICATED.
    """
    session_id, secret = _parts(refresh_token)
    following = _successor(secret)
    rotated = with_retries(lambda: _rotate(session_id, secret, following, request_id))
    if isinstance(rotated, Refusal):
        raise rotated
    return signed_in(rotated, following, request_id)


def sign_out(*, viewer: Viewer) -> None:
    """Ends the viewer's session: its access and refresh tokens stop at once. Repeating is fine."""
    if viewer.session_id is None:
        return
    with transaction.atomic():
        ended = Session.objects.filter(pk=viewer.session_id, revoked_at=None).update(
            revoked_at=timezone.now()
        )
        if ended:
            _note(viewer, "sign_out")


def _open(account: Account, acting_for: str, secret: bytes, request_id: str) -> Session | Refusal:
    """A new session for the right that is claimed; beyond the tenth the oldest ends."""
    with transaction.atomic():
        now = timezone.now()
        right = right_of(account, acting_for)
        visitor = Viewer(kind="person", account_id=account.pk, request_id=request_id)
        if isinstance(right, Refusal):
            _note(visitor, "sign_in", right.code)
            return right
        live = Session.objects.filter(
            account=account, sitting=None, revoked_at=None, expires_at__gt=now
        )
        kept = live.order_by("-id").values_list("pk", flat=True)[: MOST_SESSIONS - 1]
        live.exclude(pk__in=list(kept)).update(revoked_at=now)
        session = Session.objects.create(
            account=account,
            acting_enterprise=right.enterprise,
            acting_department=right.department,
            refresh_digest=hashlib.sha256(secret).digest(),
            expires_at=now + timedelta(days=settings.REFRESH_TOKEN_DAYS),
        )
        _note(viewer_of_session(session, request_id) or visitor, "sign_in")
        return session


def open_for_sitting(sitting: CounterSitting, viewer: Viewer, secret: bytes) -> Session:
    """A session of the clerk's account that speaks for whom the sitting serves, until it closes."""
    assert sitting.closes_at is not None
    assert viewer.account_id is not None
    return Session.objects.create(
        account_id=viewer.account_id,
        acting_enterprise_id=sitting.enterprise_id,
        sitting=sitting,
        refresh_digest=hashlib.sha256(secret).digest(),
        expires_at=sitting.closes_at,
    )


def _rotate(
    session_id: UUID, secret: bytes, following: bytes, request_id: str
) -> Session | Refusal:
    with transaction.atomic():
        now = timezone.now()
        rows = Session.objects.select_for_update(of=("self",)).select_related(*ACTING)
        session = rows.filter(pk=session_id, revoked_at=None, expires_at__gt=now).first()
        age = None if session is None else _age(secret, bytes(session.refresh_digest))
        viewer = None if session is None else viewer_of_session(session, request_id)
        if session is None or age is None or viewer is None:
            return Refusal("UNAUTHENTICATED")
        if age == 1 and session.rotated_at is not None and now - session.rotated_at <= REUSE_GRACE:
            return session
        if age > 0:
            session.revoked_at = now
            session.save(update_fields=["revoked_at"])
            _note(viewer, "refresh_session", "REFRESH_TOKEN_REUSED")
            return Refusal("UNAUTHENTICATED")
        session.refresh_digest = hashlib.sha256(following).digest()
        session.rotated_at = now
        session.save(update_fields=["refresh_digest", "rotated_at"])
        _note(viewer, "refresh_session")
        return session


def _age(secret: bytes, digest: bytes) -> int | None:
    """How many rotations ago this token was the newest: 0 = it is; None = not of this family."""
    for rotations in range(_LONGEST_CHAIN):
        if hmac.compare_digest(hashlib.sha256(secret).digest(), digest):
            return rotations
        secret = _successor(secret)
    return None


def _successor(secret: bytes) -> bytes:
    return salted_hmac("people.session", secret, algorithm="sha256").digest()


def _parts(refresh_token: str) -> tuple[UUID, bytes]:
    session, _, secret = refresh_token[:128].partition(".")
    try:
        parts = UUID(session), base64.urlsafe_b64decode(secret + "=")
    except ValueError as odd:
        raise Refusal("UNAUTHENTICATED") from odd
    if len(parts[1]) != 32:
        raise Refusal("UNAUTHENTICATED")
    return parts


def signed_in(session: Session, secret: bytes, request_id: str) -> SignedIn:
    """The tokens of a session whose newest refresh token holds this secret; UNAUTHENTICATED if it ended."""
    viewer = viewer_of_session(session, request_id)
    if viewer is None:
        raise Refusal("UNAUTHENTICATED")
    written = base64.urlsafe_b64encode(secret).decode().rstrip("=")
    token = f"{session.pk.hex}.{written}"
    return SignedIn(access_token_of(session), token, settings.ACCESS_TOKEN_SECONDS, viewer)


def _note(viewer: Viewer, action: str, outcome: str = "done") -> None:
    audit(
        viewer,
        action=action,
        subject_kind="account",
        subject_id=viewer.account_id,
        outcome=outcome,
    )
