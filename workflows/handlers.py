"""What letters do here: a desk received or lost its task, a certificate has its file or was taken back."""

from uuid import UUID

from bus.envelope import Letter
from workflows.commands import (
    note_certificate,
    note_certificate_change,
    note_dropped,
    note_received,
)


def receive_approval(letter: Letter) -> None:
    """approval.requested: the department's desk has it."""
    note_received(approval_id=UUID(str(letter.data["approval"])))


def drop_approval(letter: Letter) -> None:
    """approval.voided: the department's desk has nothing left to do."""
    note_dropped(approval_id=UUID(str(letter.data["approval"])))


def certificate_issued(letter: Letter) -> None:
    """certificate.issued: noted on the case, which concludes with the last one."""
    if letter.data.get("case"):
        note_certificate(
            case_id=UUID(str(letter.data["case"])),
            certificate_id=str(letter.data["certificate"]),
            step=str(letter.data["step"]),
        )


def certificate_changed(letter: Letter) -> None:
    """certificate.revoked, certificate.restored: noted on every open case that rests on it."""
    note_certificate_change(
        certificate_id=UUID(str(letter.data["certificate"])),
        name=str(letter.data["name"]),
        status=str(letter.data["status"]),
    )
