"""Who signed a letter: every letter leaves with its writer's signature, none is read without one."""

from bus.envelope import PLATFORM, BadLetter, Letter
from keys import jose
from keys.compact import TokenRefused

HALL = "tongban"  # the audience of letters that have no department as recipient


def sign(letter_id: str, recipient: str, body: bytes) -> str:
    """The platform's detached signature over a letter's canonical bytes."""
    return jose.sign_letter(PLATFORM, recipient or HALL, letter_id, body)


def check(letter: Letter, body: bytes, signature: str) -> None:
    """Raises `BadLetter` unless `letter.source` signed these bytes for this recipient (FLT-36)."""
    try:
        jose.check_letter(
            signature,
            body=body,
            audience=letter.recipient or HALL,
            expected_owner=letter.source,
            letter_id=str(letter.id),
        )
    except TokenRefused as fault:
        raise BadLetter(f"FORGED: {fault}") from fault
