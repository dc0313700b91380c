"""What an applicant sends with a case: files for its materials, and the promise to supply some later."""

from django.db import models
from django.db.models import Q

from files.models import Blob, UploadTicket
from keys.time_ordered import time_ordered_id
from people.models import Account


class CaseFile(models.Model):
    """A file that the applicant attached to a case as a material (申请材料附件).

    It may wait in quarantine; only a checked one counts and can be fetched.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, related_name="files", db_index=False
    )
    material = models.CharField(max_length=40)
    ticket = models.OneToOneField(UploadTicket, on_delete=models.PROTECT)
    blob = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "material", "blob"], name="case_file_once")
        ]


class MaterialPromise(models.Model):
    """A material that the applicant committed to supply after acceptance (容缺承诺)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey(
        "workflows.Case", on_delete=models.PROTECT, related_name="promises", db_index=False
    )
    material = models.CharField(max_length=40)
    promised_at = models.DateTimeField()
    due_on = models.DateField(null=True)  # set by acceptance
    reminded_at = models.DateTimeField(null=True)
    supplied_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)  # the day passed without it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "material"], name="material_promised_once")
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(supplied_at__isnull=True, missed_at__isnull=True),
                name="material_owed",
            )
        ]
