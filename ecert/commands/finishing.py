"""The last step of issuing: file and statement in, certificate valid, letter out, all at once."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bus import failpoints
from bus.outbox import post
from ecert.models import Certificate
from ecert.queries import accounts_of_holder
from files.storage import keep
from people.commands import audit
from people.viewer import Viewer


def complete_certificate(*, certificate_id: UUID, pdf: bytes, statement: str) -> bool:
    """Makes an issuing certificate valid with its sealed file; False when it is not issuing any more.

    Once only, whatever is repeated: the row is locked and its status asked again (INV-09). Posts
    `certificate.issued`. The version that it replaces becomes superseded in the same transaction.
    """
    with transaction.atomic():
        rows = Certificate.objects.select_for_update(of=("self",)).select_related("type")
        certificate = rows.get(pk=certificate_id)
        if certificate.status != "issuing":
            return False
        certificate.file = keep(
            pdf, media_type="application/pdf", name=f"{certificate.identifier}.pdf"
        )
        failpoints.reach("certificate.kept")
        certificate.statement = statement
        certificate.status = "valid"
        certificate.status_at = timezone.now()
        certificate.save(update_fields=["file", "statement", "status", "status_at"])
        if certificate.replaces_id is not None:
            _supersede(certificate.replaces_id)
        audit(
            Viewer.system("finish_certificate"),
            action="complete_certificate",
            subject_kind="certificate",
            subject_id=certificate.pk,
            details={"digest": certificate.file.digest},
        )
        _tell(certificate)
    return True


def _supersede(certificate_id: UUID) -> None:
    """A version that was revoked or cancelled meanwhile keeps that status."""
    Certificate.objects.filter(pk=certificate_id, status__in=["valid", "suspended"]).update(
        status="superseded", status_at=timezone.now()
    )


def _tell(certificate: Certificate) -> None:
    post(
        "certificate.issued",
        subject=certificate.source_number,
        data={
            "certificate": str(certificate.pk),
            "case": str(certificate.source_case),
            "step": certificate.source_step,
            "type": certificate.type.code,
            "name": certificate.type.name,
            "accounts": [str(account) for account in accounts_of_holder(certificate)],
        },
    )
