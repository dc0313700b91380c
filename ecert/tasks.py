"""What happens to a certificate outside the transaction that issued it."""

import time
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bus import chores, failpoints
from ecert.commands import complete_certificate, tell_expiring
from ecert.layout import claims_of, data_of, sheet_of
from ecert.models import Certificate
from files.paper import certificate_html
from files.rendering import Attachment, render_pdf
from keys.jose import sign_statement
from keys.seal import seal_pdf

LONGEST_SECONDS = 30


def finish_certificate(subject: str) -> None:
    """Makes the sealed file of an issuing certificate (its id) and completes it; the chore of that name.

    May be called again at any time: nothing is kept before the one transaction that completes the
    certificate, so a crash leaves nothing but work to do again (INV-09, FLT-58).
    """
    rows = Certificate.objects.select_related("type", "issuer")
    certificate = rows.get(pk=UUID(subject))
    if certificate.status != "issuing":
        return
    owner = certificate.issuer.code
    statement = sign_statement(owner, claims_of(certificate))
    pdf = render_pdf(
        certificate_html(sheet_of(certificate, statement)),
        title=f"{certificate.type.name} {certificate.number}",
        attachments=[Attachment("certificate.json", "application/json", data_of(certificate))],
        created=certificate.status_at,
    )
    sealed = seal_pdf(pdf, owner=owner, reason=f"颁发{certificate.type.name}", at=timezone.now())
    failpoints.reach("certificate.sealed")
    complete_certificate(certificate_id=certificate.pk, pdf=sealed, statement=statement)
    failpoints.reach("certificate.completed")


def tell_expiring_day(subject: str) -> None:
    """Tells the holders of what ends soon, as of the day in `subject` (ISO 8601).

    Asks for itself again after half a minute: a big city's day is longer than a chore's lease.
    """
    began = time.monotonic()
    while tell_expiring(date.fromisoformat(subject)):
        if time.monotonic() - began > LONGEST_SECONDS:
            with transaction.atomic():
                chores.ask("tell_expiring", subject)
            return
