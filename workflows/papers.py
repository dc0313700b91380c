"""The papers of a case (文书), numbered without gaps, and how they and certificates were delivered (送达).

Rows of this room like those in models.py, which names them again.
"""

from django.db import models
from django.db.models import Q

from files.models import Blob
from keys.time_ordered import time_ordered_id
from people.models import Department, Officer


class Document(models.Model):
    """A numbered, sealed paper (文书): receipt, acceptance notice, decision. Its file follows by a chore.

    A voided one (作废) keeps its row and number, so that a series never shows a gap.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="documents")
    approval = models.ForeignKey(
        "workflows.Approval", null=True, on_delete=models.PROTECT, db_index=False
    )
    # receipt | acceptance | non_acceptance | correction_notice | extension | stop | approval_decision |
    # denial_decision
    kind = models.CharField(max_length=20)
    number = models.CharField(max_length=60, unique=True)  # 云市监许受〔2026〕1号
    series = models.CharField(
        max_length=50
    )  # the number without its serial: department, kind, year
    serial = models.PositiveIntegerField()
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    content = models.JSONField()  # what the page says; the file is made from it and only it
    issued_at = models.DateTimeField()
    file = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, default="issued")  # issued | void
    void_reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    void_file = models.ForeignKey(  # the page again with 作废 across it; `file` stays as it was
        Blob, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=Q(kind__in=["receipt", "acceptance"], state="issued"),
                name="document_once",
            ),
            models.UniqueConstraint(fields=["series", "serial"], name="document_serial_once"),
            models.CheckConstraint(
                condition=Q(state="issued") | Q(state="void", voided_at__isnull=False),
                name="document_state",
            ),
        ]


class Delivery(models.Model):
    """How and when a result reached the applicant (送达)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="deliveries")
    certificate_id = models.UUIDField(null=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT)
    method = models.CharField(max_length=12)  # electronic | collected | post
    receiver = models.CharField(max_length=100)
    proof = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate_id__isnull=True, document__isnull=False)
                | Q(certificate_id__isnull=False, document__isnull=True),
                name="delivery_of_one",
            )
        ]
