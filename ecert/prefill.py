"""Decides which value of which certificate fills a field of a form, and says whence (pure).

Only a certificate that is valid on the day fills anything. Of several that offer a value the better
grade wins (A issued ... D self-declared), then the source that the form names first, then the newer
certificate. Those that disagree are reported, and a value in dispute is not authoritative.
Nothing is computed or guessed: a value is taken as it stands or through one of the named rules.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ecert.rules import RULES
from ecert.validity import status_on

AUTHORITATIVE_GRADES = frozenset({"A", "B"})


class UnknownRule(ValueError):
    """A source names a rule that does not exist; a form is checked before it is published."""


@dataclass(frozen=True)
class Source:
    """Where a field may come from: type, face field, holder (applicant, representative or agent).

    A source that is not `authoritative` only proposes: the applicant may change its value. `rule`
    names how the value is written for the form; empty takes it as it stands. One that `is_result`
    is the certificate that an earlier step of the same case issues: it fills once that is there.
    """

    type: str
    field: str
    holder: str = "applicant"
    authoritative: bool = True
    rule: str = ""
    is_result: bool = False


@dataclass(frozen=True)
class Wanted:
    """A field of a form (dotted path) and its sources, the preferred one first."""

    path: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Held:
    """A certificate as it was read for a case: facts, face (照面) and when it was read (aware)."""

    certificate_id: UUID
    identifier: str
    type: str
    version: int
    issuer: str
    grade: str
    status: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    holder: str
    face: Mapping[str, object] = field(repr=False)
    read_at: datetime


@dataclass(frozen=True)
class Filled:
    """A value for a field with its provenance; an `authoritative` one is read-only in the form.

    `conflicts` are the identifiers of usable certificates that offer another value for the field.
    """

    path: str
    value: object = field(repr=False)
    type: str
    certificate_id: UUID
    identifier: str
    version: int
    issuer: str
    field: str
    grade: str
    authoritative: bool
    read_at: datetime
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Offer:
    place: int
    source: Source
    held: Held
    value: object

    @property
    def rank(self) -> tuple[str, int, int, int, str]:
        return (
            self.held.grade,
            self.place,
            -self.held.issued_on.toordinal(),
            -self.held.version,
            self.held.identifier,
        )


def fill(wanted: Sequence[Wanted], held: Iterable[Held], on: date) -> list[Filled]:
    """The fields that certificates can fill on a day, in the order of `wanted`; others are out.

    Raises UnknownRule for a source whose rule does not exist.
    """
    usable = [one for one in held if _is_usable(one, on)]
    filled = []
    for want in wanted:
        offers = sorted(_offers(want, usable), key=lambda offer: offer.rank)
        if offers:
            filled.append(_filled(want.path, offers))
    return filled


def fill_from(wanted: Sequence[Wanted], issued: Held) -> list[Filled]:
    """What the certificate that a case has just issued says of the fields that wait for it.

    Whatever became of it since: that it was revoked stands in the readings beside its values.
    """
    filled = []
    for want in wanted:
        offers = list(_offers(want, [issued]))
        if offers:
            filled.append(_filled(want.path, offers[:1]))
    return filled


def needed_fields(
    wanted: Sequence[Wanted], held: Iterable[Held], on: date
) -> dict[UUID, list[str]]:
    """What a grant must cover: per usable certificate the face fields that sources name."""
    needed: dict[UUID, set[str]] = {}
    sources = {source for want in wanted for source in want.sources}
    for one in held:
        names = {s.field for s in sources if (s.type, s.holder) == (one.type, one.holder)}
        if names & one.face.keys() and _is_usable(one, on):
            needed[one.certificate_id] = names & one.face.keys()
    return {certificate: sorted(names) for certificate, names in needed.items()}


def _is_usable(one: Held, on: date) -> bool:
    return status_on(one.status, one.valid_from, one.valid_until, on) == "valid"


def _offers(want: Wanted, usable: Iterable[Held]) -> Iterable[_Offer]:
    for one in usable:
        for place, source in enumerate(want.sources):
            if (source.type, source.holder) != (one.type, one.holder):
                continue
            value = _rule(source.rule)(one.face.get(source.field))
            if value is not None and value != "":
                yield _Offer(place, source, one, value)


def _rule(name: str) -> Callable[[object], object]:
    if not name:
        return lambda value: value
    if name not in RULES:
        raise UnknownRule(name)
    return RULES[name]


def _filled(path: str, offers: list[_Offer]) -> Filled:
    best = offers[0]
    others = [offer for offer in offers[1:] if offer.value != best.value]
    conflicts = tuple(dict.fromkeys(offer.held.identifier for offer in others))
    disputed = any(offer.held.grade == best.held.grade for offer in others)
    is_sure = best.held.grade in AUTHORITATIVE_GRADES and not disputed
    return Filled(
        path=path,
        value=best.value,
        type=best.held.type,
        certificate_id=best.held.certificate_id,
        identifier=best.held.identifier,
        version=best.held.version,
        issuer=best.held.issuer,
        field=best.source.field,
        grade=best.held.grade,
        authoritative=best.source.authoritative and is_sure,
        read_at=best.held.read_at,
        conflicts=conflicts,
    )
