"""Whether an access token still speaks for somebody: its session, account and right, today."""

import secrets
from uuid import UUID

from django.utils import timezone

from keys import jose
from keys.compact import TokenRefused
from people.errors import Refusal
from people.models import CounterSitting, Enterprise, Mandate, Officer, Session
from people.queries import holds_on, on_day
from people.viewer import Viewer

# What `viewer_of_session` reads of a session's row.
ACTING = (
    "account",
    "acting_enterprise",
    "acting_department",
    "sitting__officer",
    "sitting__department",
)


def access_token_of(session: Session) -> str:
    """A new access token; its `jti` begins with the session, so that revoking that revokes it."""
    token_id = f"{session.pk}.{secrets.token_hex(8)}"
    return jose.sign_access({"sub": str(session.account_id), "jti": token_id})


def viewer_of(access_token: str, request_id: str = "") -> Viewer:
    """Who shows this token: at most two statements, nothing cached, so that a stopped identity
    stops at its next request (INV-27).

    Refusal: UNAUTHENTICATED, whatever is wrong.
    """
    try:
        claims = jose.read_access(access_token)
        session_id = UUID(claims.token_id.partition(".")[0])
    except (TokenRefused, ValueError) as refused:
        raise Refusal("UNAUTHENTICATED") from refused
    session = (
        Session.objects.select_related(*ACTING)
        .filter(pk=session_id, revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if session is None or str(session.account_id) != claims.subject:
        raise Refusal("UNAUTHENTICATED")
    viewer = viewer_of_session(session, request_id)
    if viewer is None:
        raise Refusal("UNAUTHENTICATED")
    return viewer


def viewer_of_session(session: Session, request_id: str) -> Viewer | None:
    """The viewer of a session's own row, or None when its account or right has ended."""
    if not session.account.is_active:
        return None
    if session.sitting is not None:
        return _served(session, session.sitting, request_id)
    if session.acting_department_id is not None:
        return _officer(session, request_id)
    if session.acting_enterprise is not None:
        return _agent(session, session.acting_enterprise, request_id)
    if session.account.person_id is None:
        return None
    return Viewer(
        kind="person",
        account_id=session.account_id,
        session_id=session.pk,
        person_id=session.account.person_id,
        request_id=request_id,
    )


def _officer(session: Session, request_id: str) -> Viewer | None:
    """All roles at a desk that are held today; `officer_id` is the row of the first of them."""
    rows = list(
        Officer.objects.filter(
            on_day(timezone.localdate()),
            role__at_desk=True,
            account=session.account_id,
            department=session.acting_department_id,
        ).order_by("id")
    )
    if not rows or session.acting_department is None:
        return None
    return Viewer(
        kind="officer",
        account_id=session.account_id,
        session_id=session.pk,
        person_id=session.account.person_id,
        officer_id=rows[0].pk,
        department_id=session.acting_department_id,
        department_function=session.acting_department.function,
        roles=frozenset(row.role_id for row in rows),
        request_id=request_id,
    )


def _agent(session: Session, enterprise: Enterprise, request_id: str) -> Viewer | None:
    person_id = session.account.person_id
    acts, mandate_id = (False, None) if person_id is None else acting_today(person_id, enterprise)
    if not acts:
        return None
    return Viewer(
        kind="enterprise",
        account_id=session.account_id,
        session_id=session.pk,
        person_id=person_id,
        enterprise_id=enterprise.pk,
        mandate_id=mandate_id,
        request_id=request_id,
    )


def _served(session: Session, sitting: CounterSitting, request_id: str) -> Viewer | None:
    """Who is served in an open sitting, while its clerk still works at that counter."""
    closes, enterprise = sitting.closes_at, session.acting_enterprise
    if sitting.ended_at is not None or closes is None or closes <= timezone.now():
        return None
    if not holds_on(sitting.officer, timezone.localdate()):
        return None
    acts, mandate_id = True, None
    if enterprise is not None:
        acts, mandate_id = acting_today(sitting.person_id, enterprise)
    if not acts:
        return None
    return Viewer(
        kind="person" if enterprise is None else "enterprise",
        account_id=session.account_id,
        session_id=session.pk,
        person_id=sitting.person_id,
        enterprise_id=None if enterprise is None else enterprise.pk,
        mandate_id=mandate_id,
        request_id=request_id,
        assisted_by=sitting.officer_id,
        sitting_id=sitting.pk,
        counter_id=sitting.department_id,
        counter_code=sitting.department.code,
        item_code=sitting.item_code,
    )


def acting_today(person_id: UUID, enterprise: Enterprise) -> tuple[bool, UUID | None]:
    """Whether a person may act for an enterprise today, and the mandate that lets them, if one does."""
    if not enterprise.is_active:
        return False, None
    if enterprise.legal_representative_id == person_id:
        return True, None
    mandate = mandate_today(person_id, enterprise)
    return mandate is not None, None if mandate is None else mandate.pk


def mandate_today(person_id: UUID, enterprise: Enterprise) -> Mandate | None:
    """The mandate by which a person acts for an enterprise today; of several, the last to end."""
    rows = Mandate.objects.filter(
        on_day(timezone.localdate()), person=person_id, enterprise=enterprise, revoked_at=None
    )
    return rows.order_by("-valid_until", "id").first()
