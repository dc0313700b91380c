"""The front database (前置库) of registers that departments keep: digests of facts, no value to read."""

from django.db import models
from django.db.models import Q
from typing_extensions import override

from keys.time_ordered import time_ordered_id


class Register(models.Model):
    """One register (登记库), such as 就业参保登记; `function` is the kind of department that keeps it.

    While `is_available` is off nobody gets an answer from it: the department's own system is away.
    """

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField("名称", max_length=100)
    function = models.CharField(max_length=40)
    is_available = models.BooleanField("可以核验", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "登记库"

    @override
    def __str__(self) -> str:
        return self.name


class RegisterEntry(models.Model):
    """One entry about a person or an enterprise, who are found by blind index.

    `facts` are {name: keyed digest}; `fingerprint` names the entry, so that it is never entered twice.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    subject = models.BinaryField(max_length=32)
    facts = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "fingerprint"], name="register_entry_once"),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="register_entry_named"),
        ]
        indexes = [models.Index(fields=["register", "subject"], name="register_entry_subject")]
