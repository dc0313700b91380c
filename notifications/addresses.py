"""Which texts are e-mail addresses, and how one is masked (pure of models)."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from people.errors import Refusal
from people.identifiers import clean_text

LONGEST = 254  # RFC 5321 4.5.3.1.3


def email_address(text: str, *, field: str = "") -> str:
    """An e-mail address without spaces around it, its domain in small letters. Refusal: INVALID_EMAIL."""
    local, _, domain = clean_text(text, most=LONGEST, field=field).rpartition("@")
    address = f"{local}@{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError as odd:
        raise Refusal("INVALID_EMAIL", field=field) from odd
    if not address.isascii():
        raise Refusal("INVALID_EMAIL", field=field)
    return address


def mask_email(address: str) -> str:
    """`linxiaoman@example.org` as `l***@example.org`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@{domain}"
