"""Everything that writes in the front database: a register, its entries, and whether it is there to be asked."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from keys.vault import keyed_digest
from people.commands import audit
from people.errors import NotFound
from people.viewer import Viewer
from registers.digests import fact_digest, spelled, subject_index
from registers.models import Register, RegisterEntry


def enter_register(*, viewer: Viewer, code: str, name: str, function: str) -> Register:
    """A register by its code; one that is there keeps whether it is available."""
    with transaction.atomic():
        register, is_new = Register.objects.update_or_create(
            code=code, defaults={"name": name, "function": function}
        )
        if is_new:
            audit(viewer, action="enter_register", subject_kind="register", subject_id=code)
    return register


def enter_entry(
    *,
    viewer: Viewer,
    register: Register,
    subject: str,
    facts: Mapping[str, object],
    valid_until: date | None = None,
) -> RegisterEntry:
    """An entry about an identity number or credit code; only digests are kept, the same again is the same."""
    digests = {
        name: fact_digest(register.code, subject, name, value) for name, value in facts.items()
    }
    entry, _ = RegisterEntry.objects.update_or_create(
        register=register,
        fingerprint=keyed_digest([register.code, spelled(subject), digests]),
        defaults={
            "subject": subject_index(register.code, subject),
            "facts": digests,
            "valid_until": valid_until,
        },
    )
    return entry


def switch_register(*, viewer: Viewer, code: str, is_available: bool) -> Register:
    """Says that a register's own system is away, or back; what waits for it is asked again by its chore."""
    with transaction.atomic():
        register = Register.objects.select_for_update().filter(code=code).first()
        if register is None:
            raise NotFound("code")
        if register.is_available != is_available:
            register.is_available = is_available
            register.save(update_fields=["is_available"])
            audit(
                viewer,
                action="switch_register",
                subject_kind="register",
                subject_id=code,
                details={"is_available": is_available},
            )
    return register
