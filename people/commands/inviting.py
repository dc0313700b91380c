"""Asking a person at a counter for their consent (窗口代办): who may be asked, and how the code is sent."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from bus.chores import ask
from keys import vault
from people import identifiers
from people.commands.receipts import once
from people.commands.sittings import code_digest, hall_clerk, is_own, note
from people.commands.tallies import count_try
from people.errors import Refusal
from people.models import CounterSitting, Enterprise, Officer, Person
from people.tokens import acting_today
from people.viewer import Viewer

CODE_LASTS = timedelta(minutes=10)
PAPER_WAITS = timedelta(minutes=30)
CODE_PAUSE = timedelta(minutes=1)  # between two codes to one number
MOST_CODES_A_DAY = 10
MOST_BEGUN = 30  # by one clerk in ten minutes: a clerk serves people, and does not look them up


def begin_sitting(
    *,
    viewer: Viewer,
    key: str,
    id_number: str,
    name: str,
    item_code: str,
    purpose: str,
    acting_for: str = "",
    paper_number: str = "",
) -> CounterSitting:
    """Asks a person who is present for their consent to be served for one item.

    `acting_for` is the credit code of the enterprise for which they ask, if for one. Without
    `paper_number` a code goes to the person's own telephone; with it (书面授权) the signed form of that
    number waits for a second clerk. Refusals: FORBIDDEN; those of `id_number` and `person_name`;
    CONSENT_NOT_POSSIBLE, the same for an unknown number, another name, no telephone and no right to
    act for the enterprise (ATK-63); SMS_OFF; CONFLICT_OF_INTEREST; RATE_LIMITED (ATK-64).
    """

    def act() -> dict[str, object]:
        office = hall_clerk(viewer)
        number = identifiers.id_number(id_number, field="id_number")
        called = identifiers.person_name(name, field="name")
        _judge_times(viewer, number, by_code=not paper_number)
        found = _served(number, called, acting_for, by_code=not paper_number)
        if found is None:
            note(viewer, office.pk, "begin_sitting", "CONSENT_NOT_POSSIBLE")
            return {"refused": "CONSENT_NOT_POSSIBLE"}
        person, enterprise = found
        if is_own(viewer, person.pk, enterprise):
            note(viewer, office.pk, "begin_sitting", "CONFLICT_OF_INTEREST")
            return {"refused": "CONFLICT_OF_INTEREST"}
        sitting = _begun(office, person, enterprise, item_code, purpose, paper_number)
        if not paper_number:
            _send_code(sitting)
        note(viewer, sitting.pk, "begin_sitting", consent=sitting.consent, item=item_code)
        return {"sitting": str(sitting.pk)}

    body = {
        "person": vault.keyed_digest([id_number, name]),
        "asked": [item_code, acting_for, paper_number],
    }
    outcome = once(viewer, key=key, command="begin_sitting", body=body, act=act)
    if "refused" in outcome:
        own = outcome["refused"] == "CONFLICT_OF_INTEREST"
        raise Refusal("CONFLICT_OF_INTEREST" if own else "CONSENT_NOT_POSSIBLE", field="id_number")
    return CounterSitting.objects.get(pk=UUID(str(outcome["sitting"])))


def _judge_times(viewer: Viewer, number: str, *, by_code: bool) -> None:
    """RATE_LIMITED when this clerk or this number was asked about too often; SMS_OFF."""
    if by_code and not settings.SMS_CHANNEL:
        raise Refusal("SMS_OFF")
    count_try("begin", viewer.actor, most=MOST_BEGUN, within=CODE_LASTS)
    if by_code:
        count_try("code", number, most=1, within=CODE_PAUSE, field="id_number")


def _served(
    number: str, name: str, acting_for: str, *, by_code: bool
) -> tuple[Person, Enterprise | None] | None:
    """The person of this number and name who can be asked, and the enterprise; None whatever is wrong."""
    person = Person.objects.filter(id_kind="111", id_number_digest=vault.blind(number)).first()
    enterprise = Enterprise.objects.filter(credit_code=acting_for.strip().upper()).first()
    if person is None or person.name != name or (by_code and not person.phone_sealed):
        return None
    if not acting_for:
        return person, None
    if enterprise is None or not acting_today(person.pk, enterprise)[0]:
        return None
    return person, enterprise


def _begun(
    office: Officer,
    person: Person,
    enterprise: Enterprise | None,
    item_code: str,
    purpose: str,
    paper_number: str,
) -> CounterSitting:
    now = timezone.now()
    return CounterSitting.objects.create(
        department_id=office.department_id,
        officer=office,
        person=person,
        enterprise=enterprise,
        item_code=item_code,
        purpose=purpose[:200],
        consent="paper" if paper_number else "code",
        paper_number=identifiers.clean_text(paper_number, most=40, field="paper_number"),
        begun_at=now,
        expires_at=now + (PAPER_WAITS if paper_number else CODE_LASTS),
    )


def _send_code(sitting: CounterSitting) -> None:
    """Draws the code, keeps its digest, and asks for the message that brings it."""
    phone = vault.unseal(sitting.person.phone_sealed or b"")
    count_try("phone", phone, most=1, within=CODE_PAUSE, field="id_number")
    count_try("phones", phone, most=MOST_CODES_A_DAY, within=timedelta(days=1), field="id_number")
    code = f"{secrets.randbelow(10**6):06d}"
    sitting.code_digest = code_digest(sitting.pk, code)
    sitting.code_sealed = vault.seal(code)
    sitting.save(update_fields=["code_digest", "code_sealed"])
    ask("send_code", str(sitting.pk))
