"""Time that does not count: from when until when a clock stands, and why (停表)."""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id


class ClockStop(models.Model):
    """Time that does not count (停表), on a whole case or on one approval, with its legal reason."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey("workflows.Case", on_delete=models.PROTECT, related_name="stops")
    approval = models.ForeignKey(
        "workflows.Approval", null=True, on_delete=models.PROTECT, related_name="stops"
    )
    code = models.CharField(max_length=40, blank=True)  # of the item's stops; empty: corrections
    reason = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    started_on = models.DateField()
    expected_until = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_on__isnull=True, approval__isnull=True),
                name="stop_of_case_once",
            ),
            models.UniqueConstraint(
                fields=["approval"],
                condition=Q(ended_on__isnull=True),
                name="stop_of_approval_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expected_until", "id"],
                condition=Q(ended_on__isnull=True),
                name="stop_running",
            )
        ]
