"""The register of results that wait to be handed out at a counter (领取登记)."""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id


class Handout(models.Model):
    """A finished result of a case that the applicant fetches at a service hall, until it is delivered."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    hall = models.ForeignKey("people.Department", on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="handouts")
    certificate_id = models.UUIDField(null=True)
    document = models.ForeignKey("workflows.Document", null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=200)  # what people call it
    ready_at = models.DateTimeField()
    delivery = models.OneToOneField("workflows.Delivery", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(certificate_id__isnull=False, document__isnull=True)
                | Q(certificate_id__isnull=True, document__isnull=False),
                name="handout_one_result",
            ),
            models.UniqueConstraint(
                fields=["case", "certificate_id"], name="handout_certificate_once"
            ),
            models.UniqueConstraint(fields=["case", "document"], name="handout_document_once"),
        ]
        indexes = [
            models.Index(
                fields=["hall", "id"], condition=Q(delivery__isnull=True), name="handout_waiting"
            )
        ]
