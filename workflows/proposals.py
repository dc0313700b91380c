"""What departments want to have corrected (补正意见): who may look before acceptance, and what each proposes.

Rows of this room like those in models.py, which names them again.
"""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id
from people.models import Department, Officer


class Preview(models.Model):
    """A department that may look at a submitted case before its acceptance (预审).

    It sees what the applicant wrote herself, within what its steps will read; no certificate yet.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, related_name="previews", db_index=False
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "department"], name="preview_once")]
        indexes = [models.Index(fields=["department", "-case"], name="preview_of_department")]


class Proposal(models.Model):
    """What one department proposes for the one notice: [{field, message}]; `used_at` once it went into one."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, related_name="proposals", db_index=False
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, db_index=False)
    items = models.JSONField()
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "department"],
                condition=Q(used_at__isnull=True),
                name="proposal_open_once",
            )
        ]
        indexes = [models.Index(fields=["case", "id"], name="proposal_of_case")]
