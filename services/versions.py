"""Which version of an item is in force on a day, and why none is (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A version, as far as its days are asked. `valid_until` is its last day, None = open."""

    @property
    def number(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


Version = TypeVar("Version", bound=Dated)


@dataclass(frozen=True)
class Absence:
    """Why no version is in force: not_open until a `day`, closed since a `day`, or withdrawn (BAD-52)."""

    reason: str
    day: date | None = None


def governing(versions: Iterable[Version], on: date) -> Version | None:
    """The published version that came into force last, by that day; an earlier one never comes back.

    It may have ended: `in_force` asks that too.
    """
    opened = [v for v in versions if _opens(v) is not None and (_opens(v) or on) <= on]
    return max(opened, key=lambda v: (v.valid_from or on, v.number), default=None)


def in_force(versions: Iterable[Version], on: date) -> Version | None:
    """The version by which something may be asked for on that day, or None."""
    version = governing(versions, on)
    return None if version is None or has_ended(version, on) else version


def has_ended(version: Dated, on: date) -> bool:
    """Whether the last day of a version lies before that day."""
    return version.valid_until is not None and version.valid_until < on


def absence(versions: Iterable[Dated], on: date) -> Absence:
    """Why `in_force` found none among these versions of one item."""
    known = list(versions)
    last = governing(known, on)
    coming = [day for v in known if (day := _opens(v)) is not None and day > on]
    if coming:
        return Absence("not_open", min(coming))
    if last is not None:
        return Absence("closed", last.valid_until)
    return Absence("withdrawn")


def replaced_by(versions: Iterable[Version], opens: date, today: date) -> list[Version]:
    """The published versions that end as soon as one that opens on a day is published.

    Those that would open on the same day, and all that are overtaken today; what is planned for another
    day stays planned.
    """
    known = [v for v in versions if _opens(v) is not None]
    now = governing(known, today) if opens > today else None
    return [
        v for v in known if v is not now and (_opens(v) == opens or (_opens(v) or opens) <= today)
    ]


def _opens(version: Dated) -> date | None:
    return version.valid_from if version.state == "published" else None
