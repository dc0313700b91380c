"""Makes the ids whose order is the order of time (UUID version 7, RFC 9562)."""

from datetime import UTC, datetime
from uuid import UUID

from uuid6 import uuid7


def time_ordered_id() -> UUID:
    """A new UUIDv7; ids made later by the same process sort later."""
    return UUID(int=uuid7().int)


def first_id_of(moment: datetime) -> UUID:
    """The smallest UUIDv7 of a moment: the bound of a partition or of a keyset page."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0x2 << 62))


def moment_of(identifier: UUID) -> datetime:
    """When a UUIDv7 was made, in UTC, to the millisecond."""
    return datetime.fromtimestamp((identifier.int >> 80) / 1000, tz=UTC)
