"""The certificate library (电子证照库): types, certificates, grants and the log of every use."""

from django.db import models
from django.db.models import Q

from files.models import Blob
from keys.time_ordered import time_ordered_id
from people.models import Account, Department, Enterprise, Person


class CertificateType(models.Model):
    """A type of certificate (证照类型) with the JSON Schema of its face data (照面)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    code = models.CharField(max_length=60, unique=True)  # FOOD_BUSINESS_LICENCE
    type_code = models.CharField(max_length=21, unique=True)  # GB/T 36904: defining body 18 + 3
    name = models.CharField(max_length=100)
    holder_kind = models.CharField(max_length=10)  # person | enterprise | either
    issuer_function = models.CharField(max_length=40)
    face_schema = models.JSONField()
    face_labels = models.JSONField(default=list)  # [["name", "名称"], ...]: order on the page
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)  # null = 长期
    grade = models.CharField(max_length=1, default="A")  # A issued ... D self-declared
    number_rule = models.CharField(max_length=100)  # numbering.py
    design = models.JSONField(default=dict)  # layout.py: accent, orientation, sentence, captions
    # since when the administration keeps it; files then leave it as it is
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_kind__in=["person", "enterprise", "either"]),
                name="type_holder_kind",
            ),
            models.CheckConstraint(condition=Q(grade__in=["A", "B", "C", "D"]), name="type_grade"),
        ]


class NumberSeries(models.Model):
    """The last number drawn of a series of certificate numbers; numbers never return (INV-10)."""

    series = models.CharField(primary_key=True, max_length=160)
    value = models.PositiveIntegerField(default=0)


class StatusPlace(models.Model):
    """One place in the status list that offline verifiers read; its id is the place."""

    id = models.BigAutoField(primary_key=True)


class Certificate(models.Model):
    """One version of one certificate (电子证照). Its expiry is computed, never kept."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    identifier = models.CharField(max_length=120, unique=True)  # GB/T 36904 证照标识
    number = models.CharField(max_length=60)  # 证照编号
    type = models.ForeignKey(CertificateType, on_delete=models.PROTECT)
    version = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT)
    holder_name = models.CharField(max_length=200)
    issuer = models.ForeignKey(Department, on_delete=models.PROTECT)
    face = models.JSONField()
    # issuing: the row stands, the sealed file is being made; the rest as domain.md 4.3
    status = models.CharField(max_length=12, default="issuing")
    status_reason = models.CharField(max_length=200, blank=True)
    status_at = models.DateTimeField()
    status_index = models.BigIntegerField(unique=True)  # StatusPlace
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # last valid day; null = 长期
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    # the case and step that produced it; the case lives a floor above, so no foreign key
    source_case = models.UUIDField(null=True)
    source_number = models.CharField(max_length=50, blank=True)  # the case number, for people
    source_step = models.CharField(max_length=40, blank=True)
    file = models.ForeignKey(Blob, null=True, on_delete=models.PROTECT)
    statement = models.TextField(blank=True)  # compact JWS of the QR

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_case", "source_step", "type", "version"],
                condition=Q(source_case__isnull=False),
                name="certificate_once_a_case",
            ),
            models.UniqueConstraint(
                fields=["type", "number", "version"], name="certificate_number_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="certificate_version"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="certificate_period",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, enterprise__isnull=True)
                | Q(person__isnull=True, enterprise__isnull=False),
                name="certificate_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "issuing",
                        "valid",
                        "suspended",
                        "revoked",
                        "cancelled",
                        "superseded",
                    ]
                ),
                name="certificate_status",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-id"], condition=Q(person__isnull=False), name="cert_of_person"
            ),
            models.Index(
                fields=["enterprise", "-id"],
                condition=Q(enterprise__isnull=False),
                name="cert_of_enterprise",
            ),
            models.Index(
                fields=["valid_until", "id"],
                condition=Q(status="valid", valid_until__isnull=False),
                name="cert_expiring",
            ),
        ]


class ExpiryNotice(models.Model):
    """That the holder of a certificate was told that it ends within `mark` days; once each."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, db_index=False)
    mark = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "mark"], name="expiry_notice_once")
        ]


class UseGrant(models.Model):
    """The right to use certificates (用证授权) for one case: by consent until a moment, or by law.

    The legal one stands on the accepted application: what it holds is read until it is decided.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case_id = models.UUIDField()
    item_code = models.CharField(max_length=36)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=10)  # consent | legal
    legal_basis = models.CharField(max_length=200, blank=True)
    fields = models.JSONField()  # {certificate id: [face field, ...]}
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT)
    granted_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)  # null of a legal one only
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(basis="legal") | Q(valid_until__isnull=False), name="grant_consent_ends"
            )
        ]
        indexes = [models.Index(fields=["case_id", "-id"], name="grant_of_case")]


class CertificateUse(models.Model):
    """One use of one certificate (用证记录), shown to its holder. Append-only; names, no values."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    at = models.DateTimeField()
    certificate_id = models.UUIDField()
    grant_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    user = models.CharField(max_length=100)  # "platform" or a department code
    purpose = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    actor = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["certificate_id", "-id"], name="use_of_certificate")]
