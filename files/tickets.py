"""The address of an upload: an unguessable token made from a ticket's id, good for this one purpose."""

from uuid import UUID

from django.core import signing

SALT = "files.uploads"
MOST_TOKEN = 200


def token_of(ticket_id: UUID) -> str:
    """The token of a ticket: always the same, so that a repeated request gets the address it had."""
    return signing.Signer(salt=SALT).sign(ticket_id.hex)


def ticket_id_of(token: str) -> UUID | None:
    """The ticket that a token of ours names, or None."""
    if len(token) > MOST_TOKEN:
        return None
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
