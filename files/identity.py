"""Makes the ids of kept files: UUIDs of version 7, in the order of time (pure)."""

from uuid import UUID

from uuid6 import uuid7


def new_blob_id() -> UUID:
    """A UUIDv7 (RFC 9562) as a plain UUID."""
    return UUID(int=uuid7().int)
