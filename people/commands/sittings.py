"""Serving a person at a counter (窗口代办): who consents how, for what, for how long, and who has seen it.

A clerk begins, the person reads the code from their own telephone, the clerk types it. A person
without a telephone signs a form, and a second clerk who sees both confirms it.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from keys import vault
from people.commands.auditing import audit
from people.commands.receipts import once
from people.commands.sessions import SignedIn, open_for_sitting, signed_in
from people.errors import NotFound, Refusal
from people.models import CounterSitting, Enterprise, Officer, Session
from people.queries import office_of, visible_sittings
from people.tokens import acting_today
from people.viewer import Viewer

HALL = "service_hall"
SITTING_LASTS = timedelta(minutes=60)
MOST_TRIES = 5


def witness_sitting(*, viewer: Viewer, key: str, sitting_id: UUID) -> CounterSitting:
    """A second clerk of the hall has seen the person and the signed form (双人见证).

    Refusals: NOT_FOUND, SITTING_OVER, CONFLICT_OF_INTEREST, WITNESS_SAME for the clerk who began, by whatever
    account (ATK-39).
    """

    def act() -> dict[str, object]:
        office = hall_clerk(viewer)
        sitting = locked_sitting(viewer, sitting_id)
        began = sitting.officer.account
        same = began.person_id is not None and began.person_id == viewer.person_id
        if same or began.pk == viewer.account_id:
            raise Refusal("WITNESS_SAME", field="sitting_id", audited=True)
        if is_own(viewer, sitting.person_id, sitting.enterprise):
            raise Refusal("CONFLICT_OF_INTEREST", field="sitting_id", audited=True)
        if sitting.consent != "paper" or not _is_waiting(sitting):
            raise Refusal("SITTING_OVER", field="sitting_id")
        if sitting.witness_id is None:
            sitting.witness, sitting.witnessed_at = office, timezone.now()
            sitting.save(update_fields=["witness", "witnessed_at"])
            note(viewer, sitting.pk, "witness_sitting")
        return {"sitting": str(sitting.pk)}

    body = {"sitting_id": sitting_id}
    once(viewer, key=key, command="witness_sitting", body=body, act=act)
    return CounterSitting.objects.get(pk=sitting_id)


def confirm_sitting(
    *, viewer: Viewer, key: str, sitting_id: UUID, code: str = ""
) -> tuple[CounterSitting, SignedIn]:
    """Opens the sitting with the person's code, or after the second clerk's look at the paper.

    Returns the tokens of a session that speaks for the person for at most an hour; a clerk's earlier
    open sittings end. Refusals: NOT_FOUND; CODE_WRONG, five times at the most, then SITTING_OVER, as
    for a late, spent or foreign code (ATK-64); WITNESS_NEEDED.
    """

    def act() -> dict[str, object]:
        hall_clerk(viewer)
        sitting = locked_sitting(viewer, sitting_id)
        if sitting.officer.account_id != viewer.account_id:
            raise NotFound("sitting_id", audited=True)
        if not _opens(sitting, code):  # counted, so not rolled back
            note(viewer, sitting.pk, "confirm_sitting", "CODE_WRONG")
            return {"refused": "CODE_WRONG"}
        _end(CounterSitting.objects.filter(officer__account=viewer.account_id), but=sitting.pk)
        now = timezone.now()
        sitting.opened_at, sitting.closes_at = now, now + SITTING_LASTS
        sitting.code_digest, sitting.code_sealed = "", None
        sitting.save(update_fields=["opened_at", "closes_at", "code_digest", "code_sealed"])
        session = open_for_sitting(sitting, viewer, _secret(sitting_id, key))
        note(viewer, sitting.pk, "confirm_sitting", consent=sitting.consent)
        return {"session": str(session.pk)}

    body = {"sitting_id": sitting_id, "code": vault.keyed_digest(code)}
    outcome = once(viewer, key=key, command="confirm_sitting", body=body, act=act)
    if "refused" in outcome:
        raise Refusal("CODE_WRONG", field="code")
    session = Session.objects.get(pk=UUID(str(outcome["session"])))
    tokens = signed_in(session, _secret(sitting_id, key), viewer.request_id)
    return CounterSitting.objects.get(pk=sitting_id), tokens


def end_sitting(*, viewer: Viewer, key: str, sitting_id: UUID) -> CounterSitting:
    """Ends a sitting at once, also one that waits; by whoever is served in it or works at its counter."""

    def act() -> dict[str, object]:
        if viewer.assisted_by is None:
            hall_clerk(viewer)
            locked_sitting(viewer, sitting_id)
        elif viewer.sitting_id != sitting_id:
            raise NotFound("sitting_id", audited=True)
        if _end(CounterSitting.objects.filter(pk=sitting_id)):
            note(viewer, sitting_id, "end_sitting")
        return {"sitting": str(sitting_id)}

    body = {"sitting_id": sitting_id}
    once(viewer, key=key, command="end_sitting", body=body, act=act)
    return CounterSitting.objects.get(pk=sitting_id)


def hall_clerk(viewer: Viewer) -> Officer:
    """The clerk's row at a service hall. Refusal: FORBIDDEN, noted, for everybody else."""
    if viewer.department_function != HALL or not viewer.holds("counter"):
        raise Refusal("FORBIDDEN", audited=True)
    return office_of(viewer, ("counter",))


def is_own(viewer: Viewer, person_id: UUID, enterprise: Enterprise | None) -> bool:
    """Whether a clerk would serve themselves, or an enterprise for which they may act today."""
    if viewer.person_id is None:
        return False
    return viewer.person_id == person_id or (
        enterprise is not None and acting_today(viewer.person_id, enterprise)[0]
    )


def locked_sitting(viewer: Viewer, sitting_id: UUID) -> CounterSitting:
    """A visible sitting, locked; NOT_FOUND."""
    rows = visible_sittings(viewer).select_for_update(of=("self",))
    sitting = rows.filter(pk=sitting_id).first()
    if sitting is None:
        raise NotFound("sitting_id", audited=True)
    return sitting


def _opens(sitting: CounterSitting, code: str) -> bool:
    """Whether the code opens a locked sitting; a wrong one is counted. SITTING_OVER, WITNESS_NEEDED."""
    if not _is_waiting(sitting) or sitting.tries >= MOST_TRIES:
        raise Refusal("SITTING_OVER", field="sitting_id", audited=True)
    if sitting.consent == "paper":
        if sitting.witness_id is None:
            raise Refusal("WITNESS_NEEDED", field="sitting_id")
        return True
    right = secrets.compare_digest(code_digest(sitting.pk, code.strip()), sitting.code_digest)
    if not right:
        sitting.tries += 1
        sitting.save(update_fields=["tries"])
    return right


def _is_waiting(sitting: CounterSitting) -> bool:
    if sitting.ended_at is not None or sitting.opened_at is not None:
        return False
    return timezone.now() < sitting.expires_at


def _end(sittings: QuerySet[CounterSitting], but: UUID | None = None) -> int:
    """Ends those that have not ended, with the sessions that they opened; how many those were."""
    now = timezone.now()
    waiting = sittings.filter(ended_at=None).values_list("pk", flat=True)
    ending = [pk for pk in waiting if pk != but]
    CounterSitting.objects.filter(pk__in=ending).update(
        ended_at=now, code_digest="", code_sealed=None
    )
    Session.objects.filter(sitting__in=ending, revoked_at=None).update(revoked_at=now)
    return len(ending)


def code_digest(sitting_id: UUID, code: str) -> str:
    """What is kept of a code: of use for this sitting alone."""
    return vault.keyed_digest([str(sitting_id), code])


def _secret(sitting_id: UUID, key: str) -> bytes:
    """The refresh token's secret, the same when a confirmation is repeated with its key."""
    return salted_hmac("people.sitting", f"{sitting_id}:{key}", algorithm="sha256").digest()


def note(viewer: Viewer, subject: UUID, action: str, outcome: str = "done", **details: str) -> None:
    """Writes an act about a sitting into the audit, in the caller's transaction."""
    audit(
        viewer,
        action=action,
        subject_kind="sitting",
        subject_id=subject,
        outcome=outcome,
        details=details,
    )
