"""Mandates (授权委托): a legal representative lets somebody act for the enterprise, and takes it back.

Civil Code of the PRC, articles 162 to 165 and 173: within the items and days that the mandate names, until
it is revoked.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from bus.outbox import post
from keys import vault
from people import identifiers
from people.commands.auditing import audit
from people.commands.receipts import once
from people.errors import NotFound, Refusal
from people.models import Account, Enterprise, Mandate, Person
from people.queries import represented_by, visible_mandates
from people.viewer import Viewer

LONGEST = timedelta(days=5 * 366)
MOST_ITEMS = 50


def grant_mandate(
    *,
    viewer: Viewer,
    key: str,
    agent_name: str,
    agent_id_number: str,
    valid_from: date,
    valid_until: date,
    item_codes: Sequence[str] = (),
) -> Mandate:
    """Gives a person the right to act for the enterprise that the viewer represents.

    From day to day, both included, for some item codes; none = every item. The person is named by the
    whole identity, so that nobody finds out who is registered.
    Refusals: NOT_AUTHORIZED_AGENT for everybody but the legal representative, ENTITY_NOT_ACTIVE,
    IDENTITY_MISMATCH for a number that is unknown or another name's, those of `id_number`,
    `person_name` and `clean_text`, MANDATE_TO_ONESELF, MANDATE_PERIOD_INVALID with `most` years.
    """
    number = identifiers.id_number(agent_id_number, field="agent_id_number")
    name = identifiers.person_name(agent_name, field="agent_name")
    wanted = _items(item_codes)

    def act() -> dict[str, object]:
        enterprise = represented_by(viewer)
        _judge_period(valid_from, valid_until)
        mandate = Mandate.objects.create(
            enterprise=enterprise,
            person=_agent(enterprise, name, number),
            items=wanted,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        details = {"enterprise": str(enterprise.pk), "items": wanted}
        _note(viewer, "grant_mandate", mandate, details)
        post("mandate.granted", subject=str(mandate.pk), data=_facts(mandate))
        return {"mandate": str(mandate.pk)}

    body = {
        "agent": vault.blind(number).hex(),
        "name": vault.keyed_digest(name),
        "items": wanted,
        "valid_from": valid_from,
        "valid_until": valid_until,
    }
    outcome = once(viewer, key=key, command="grant_mandate", body=body, act=act)
    return Mandate.objects.get(pk=str(outcome["mandate"]))


def revoke_mandate(*, viewer: Viewer, key: str, mandate_id: UUID) -> Mandate:
    """Takes a mandate back; from its commit on the agent's next act is refused (INV-27).

    By the legal representative. Again changes nothing. Refusals: NOT_AUTHORIZED_AGENT, NOT_FOUND.
    """

    def act() -> dict[str, object]:
        enterprise = represented_by(viewer)
        rows = Mandate.objects.select_for_update().filter(enterprise=enterprise)
        mandate = rows.filter(pk=mandate_id).first()
        if mandate is None:
            raise NotFound("mandate_id", audited=True)
        if mandate.revoked_at is None:
            mandate.revoked_at = timezone.now()
            mandate.save(update_fields=["revoked_at"])
            _note(viewer, "revoke_mandate", mandate, {})
            post("mandate.revoked", subject=str(mandate.pk), data=_facts(mandate))
        return {"mandate": str(mandate.pk)}

    once(viewer, key=key, command="revoke_mandate", body={"mandate_id": mandate_id}, act=act)
    return visible_mandates(viewer).get(pk=mandate_id)


def _agent(enterprise: Enterprise, name: str, number: str) -> Person:
    found = Person.objects.filter(id_kind="111", id_number_digest=vault.blind(number), name=name)
    person = found.first()
    if person is None:
        raise Refusal("IDENTITY_MISMATCH", field="agent_name", audited=True)
    if person.pk == enterprise.legal_representative_id:
        raise Refusal("MANDATE_TO_ONESELF", field="agent_name")
    return person


def _items(codes: Sequence[str]) -> list[str]:
    if len(codes) > MOST_ITEMS:
        raise Refusal("TOO_LONG", field="item_codes", most=MOST_ITEMS)
    return sorted({identifiers.clean_text(code, most=36, field="item_codes") for code in codes})


def _judge_period(first: date, last: date) -> None:
    if first < timezone.localdate():
        raise Refusal("MANDATE_PERIOD_INVALID", field="valid_from", most=5)
    if not first <= last <= first + LONGEST:
        raise Refusal("MANDATE_PERIOD_INVALID", field="valid_until", most=5)


def _facts(mandate: Mandate) -> dict[str, object]:
    """What the agent is told."""
    accounts = Account.objects.filter(person=mandate.person_id, is_active=True).order_by("id")
    return {
        "mandate": str(mandate.pk),
        "name": mandate.enterprise.name,
        "since": mandate.valid_from.isoformat(),
        "until": mandate.valid_until.isoformat(),
        "accounts": [str(pk) for pk in accounts.values_list("pk", flat=True)],
    }


def _note(viewer: Viewer, action: str, mandate: Mandate, details: Mapping[str, object]) -> None:
    audit(viewer, action=action, subject_kind="mandate", subject_id=mandate.pk, details=details)
