"""Settling what a queue hands out: judge every letter, then one transaction for the whole batch."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from bus import envelope, failpoints, inbox, signing
from bus.envelope import PLATFORM, BadLetter, Letter
from bus.faults import is_outage, watched
from bus.models import InboxLetter
from bus.parcel import Delivery
from bus.table import Route, Table
from keys.time_ordered import moment_of

log = logging.getLogger(__name__)
FOREIGN_DAYS = 7  # ids of departments' letters further from now are parked


@dataclass(frozen=True)
class Reading:
    """A delivery that was judged: with a route it may take effect, otherwise `cause` says why not."""

    delivery: Delivery
    letter: Letter | None = None
    route: Route | None = None
    cause: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """The envelope as it is stored."""
        return dict(json.loads(self.delivery.body))


class Receiver:
    """Gives letters to the handlers of one table; after `receive` every delivery may be acknowledged."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def receive(self, deliveries: Sequence[Delivery]) -> None:
        """Settles all of them, or raises `DatabaseAway` with nothing to acknowledge.

        First deliveries run in one transaction, sorted by case number. When any of them fails, each
        runs alone, and the failing one is kept in the inbox to be tried again from there. A repeated
        delivery may be what killed a consumer: it is kept before anything else runs.
        """
        with watched():
            readings = [self.read(one) for one in deliveries]
            readings.sort(key=lambda one: _order(one.letter))
            fresh = [one for one in readings if one.route and not one.delivery.is_repeated]
            with transaction.atomic():
                for one in readings:
                    if not (one.route and not one.delivery.is_repeated):
                        self._settle(one)
            if fresh:
                self._give_effect(fresh)

    def read(self, delivery: Delivery) -> Reading:
        """Judges one delivery: form, signature, writer, schema version, age of a foreign id."""
        try:
            letter = envelope.parse(delivery.body)
            signing.check(letter, delivery.body, delivery.signature)
        except BadLetter as fault:
            return Reading(delivery, cause=fault.cause)
        if delivery.died_in:
            return Reading(delivery, letter, cause=f"DELIVERY_LIMIT: {delivery.died_in}")
        route = self.table.route(letter.topic, delivery.group)
        if route is None:
            return Reading(delivery, letter, cause=f"PARKED: no route for {letter.topic}")
        if letter.source != PLATFORM and not route.from_departments:
            return Reading(
                delivery, cause=f"FORGED: {letter.topic} is not {letter.source}'s to write"
            )
        if letter.version not in route.versions:
            return Reading(delivery, letter, cause=f"PARKED: schema version {letter.version}")
        age = abs(timezone.now() - moment_of(letter.id))
        if letter.source != PLATFORM and age > timedelta(days=FOREIGN_DAYS):
            return Reading(delivery, letter, cause="PARKED: id outside seven days")
        return Reading(delivery, letter, route)

    def _give_effect(self, fresh: Sequence[Reading]) -> None:
        try:
            with transaction.atomic():
                self._settle_together(fresh)
        except Exception as fault:
            if is_outage(fault):
                raise
            log.warning("batch.undone %s", describe(fault))
            for one in fresh:
                self._settle_alone(one)

    def _settle_together(self, readings: Sequence[Reading]) -> None:
        """First every row in one insert, then the effects: a row that exists undoes the batch."""
        fresh = _without_known(readings)
        InboxLetter.objects.bulk_create(
            InboxLetter(
                letter_id=letter.id,
                consumer=route.group,
                body_digest=letter.digest,
                topic=letter.topic,
                subject=letter.subject,
            )
            for letter, route in fresh
        )
        for letter, route in fresh:
            route.handler(letter)
        failpoints.reach("consumer.effect")
        done = {(letter.id, route.group) for letter, route in fresh}
        for one in readings:
            if one.letter and one.route and (one.letter.id, one.route.group) in done:
                done.discard((one.letter.id, one.route.group))
            else:
                self._settle(one)

    def _settle_alone(self, reading: Reading) -> None:
        try:
            with transaction.atomic():
                self._settle(reading)
        except Exception as fault:
            if is_outage(fault) or reading.letter is None or reading.route is None:
                raise
            log.exception("letter.failed %s %s", reading.letter.id, reading.route.group)
            inbox.keep(
                reading.letter,
                reading.route.group,
                reading.body,
                cause=describe(fault),
                attempts=1,
            )

    def _settle(self, reading: Reading) -> None:
        """One delivery, in the caller's transaction."""
        letter, route, delivery = reading.letter, reading.route, reading.delivery
        try:
            if letter is None:
                self._refuse(delivery, reading.cause)
            elif delivery.died_in:
                group = delivery.died_in.removeprefix("group.").split(".")[0]
                inbox.put_aside(letter, group, reading.body, state="dead", cause=reading.cause)
            elif route is None:
                inbox.put_aside(
                    letter, delivery.group, reading.body, state="parked", cause=reading.cause
                )
            elif delivery.is_repeated:
                inbox.keep(letter, route.group, reading.body, cause="", attempts=0)
            else:
                inbox.once(letter, route.group, route.handler)
        except inbox.Tampered as fault:
            self._refuse(delivery, str(fault))

    def _refuse(self, delivery: Delivery, cause: str) -> None:
        """A dead row; forgeries and tampering also go to the table's alarm, for the audit."""
        if inbox.bury(delivery, cause) and cause.startswith(("FORGED", "TAMPERED")):
            try:
                with transaction.atomic():
                    self.table.refused(cause, delivery)
            except Exception as fault:  # the dead row stands, and the consumer lives
                if is_outage(fault):
                    raise
                log.exception("alarm.failed")


def describe(fault: Exception) -> str:
    """What to store about a failure: its kind and its code, never a text that may hold values."""
    code = getattr(fault, "code", "")
    return (
        f"{type(fault).__name__}: {code}"
        if isinstance(code, str) and code
        else type(fault).__name__
    )


def _order(letter: Letter | None) -> tuple[str, str]:
    """By case number before any lock, so that two consumers never wait for each other crosswise."""
    return (letter.subject, str(letter.id)) if letter else ("", "")


def _without_known(ready: Sequence[Reading]) -> list[tuple[Letter, Route]]:
    """Those without a row, each once."""
    wanted: dict[tuple[Any, str], tuple[Letter, Route]] = {}
    for one in ready:
        if one.letter and one.route:
            wanted.setdefault((one.letter.id, one.route.group), (one.letter, one.route))
    ids = [letter_id for letter_id, _ in wanted]
    known = InboxLetter.objects.filter(letter_id__in=ids).values_list("letter_id", "consumer")
    for key in known:
        wanted.pop(key, None)
    return list(wanted.values())
