"""Who asks and who decides: accounts, persons, enterprises, departments, and what they did."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; people get theirs by the commands, which note it."""

    def create_user(self, sign_in_name: str, password: str | None = None) -> "Account":
        """An account that may sign in at the halls."""
        account = self.model(sign_in_name=sign_in_name)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, sign_in_name: str, password: str | None = None) -> "Account":
        """An account with every right in the administration."""
        account = self.create_user(sign_in_name, password)
        account.is_staff = account.is_superuser = True
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """What signs in (账号). Belongs to a person; officers are persons with an Officer row."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    sign_in_name = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "sign_in_name"
    objects = AccountManager()


class Person(models.Model):
    """A natural person (自然人). The number is sealed: a digest finds it, a mask shows it."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    name = models.CharField(max_length=100)
    id_kind = models.CharField(max_length=3, default="111")  # GA/T 2000.156, 111 = 居民身份证
    id_number_sealed = models.BinaryField()
    id_number_digest = models.BinaryField(max_length=32)
    id_number_mask = models.CharField(max_length=32)
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_mask = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["id_kind", "id_number_digest"], name="person_number_once"
            )
        ]


class Enterprise(models.Model):
    """A legal person or household business (企业), by its unified social credit code (GB 32100)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=200)
    legal_representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="represents"
    )
    address = models.CharField(max_length=300)
    is_active = models.BooleanField(default=True)


class Mandate(models.Model):
    """The right of a person to act for an enterprise (授权委托), for some items, until a day."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, db_index=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mandates", db_index=False
    )
    items = models.JSONField(default=list)  # item codes; empty = every item
    valid_from = models.DateField()
    valid_until = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["enterprise", "-id"], name="mandate_of_enterprise"),
            models.Index(fields=["person", "-id"], name="mandate_of_person"),
        ]


class Division(models.Model):
    """An administrative division (行政区划). Parents alone tell its level, never its code (伪码)."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    # normal 国标区划 | self 本级 | zone 开发区、功能区 | town 乡镇、街道 | village 村、社区
    kind = models.CharField(max_length=10, default="normal")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(  # who took over when it was abolished (撤并)
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["normal", "self", "zone", "town", "village"]),
                name="division_kind",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(valid_until__isnull=False),
                name="division_merged_when_it_ended",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="division_days",
            ),
        ]


class Department(models.Model):
    """A department (部门) of one division.

    `function` is what routes name; `channel` is how letters reach it.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    function = models.CharField(max_length=40)  # market_regulation, fire, ecology ...
    division = models.ForeignKey(Division, on_delete=models.PROTECT)
    code = models.CharField(max_length=60, unique=True)  # "<function>.<division>", names the queue
    name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18)
    document_word = models.CharField(max_length=20)  # 发文字头, such as 云市监
    channel = models.CharField(max_length=10, default="desk")  # desk | system
    review_body = models.CharField(max_length=100, blank=True)  # 复议机关
    court = models.CharField(max_length=100, blank=True)  # 管辖法院

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["function", "division"], name="department_once_a_division"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["desk", "system"]), name="department_channel"
            ),
        ]


class StaffRole(models.Model):
    """What staff may be (岗位角色), as data: its right to a desk and its rights in the administration.

    What a role may do with a case is judged by its code, in the commands.
    """

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(max_length=20)
    duty = models.CharField(max_length=200)  # what it may, for people
    at_desk = models.BooleanField(default=False)  # signs in at the halls and works on cases
    permissions = models.JSONField(default=list)  # of the administration: "people.view_auditrecord"
    # since when the administration keeps it; files then leave it as it is
    edited_at = models.DateTimeField(null=True, editable=False)


class Officer(models.Model):
    """A role of an account in a department from day to day (工作人员)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="offices")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="officers")
    staff_number = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    role = models.ForeignKey(
        StaffRole, on_delete=models.PROTECT, related_name="officers", db_column="role"
    )
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "department", "role", "valid_from"], name="officer_once"
            ),
        ]


class CounterSitting(models.Model):
    """A person is present at a counter and a clerk fills for them (窗口代办), for one item, for a while.

    The person consents by a code sent to their telephone, or on paper that a second clerk has seen.
    Only the code's keyed digest stays; the sealed code is taken away once it was sent.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, db_index=False, related_name="sittings"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, db_index=False)
    item_code = models.CharField(max_length=36)
    purpose = models.CharField(max_length=200)  # the item's name, as the person read it
    consent = models.CharField(max_length=5)  # code | paper
    paper_number = models.CharField(max_length=40, blank=True)  # of the signed form that is kept
    code_digest = models.CharField(max_length=64, blank=True)
    code_sealed = models.BinaryField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # of the code, or of the wait for the second clerk
    witness = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    witnessed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(consent="code") | Q(consent="paper") & ~Q(paper_number=""),
                name="sitting_consent",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(consent="code") | Q(witness__isnull=False),
                name="sitting_paper_seen_by_two",
            ),
        ]
        indexes = [models.Index(fields=["department", "-id"], name="sitting_of_hall")]


class Tally(models.Model):
    """How often something was tried lately (计次); gone when it resets. The name holds digests only."""

    name = models.CharField(primary_key=True, max_length=80)
    count = models.PositiveIntegerField(default=0)
    resets_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["resets_at"], name="tally_resets")]


class Session(models.Model):
    """One signed-in device (会话). Only the digest of its newest refresh token is kept.

    `rotated_at` is when that token replaced its predecessor; `expires_at` ends the session however
    often it is refreshed.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    acting_enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT)
    acting_department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT)
    sitting = models.ForeignKey(CounterSitting, null=True, on_delete=models.PROTECT)
    refresh_digest = models.BinaryField(max_length=32)
    rotated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class AuditRecord(models.Model):
    """One act or refused attempt (审计). Append-only; names and digests, never values."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    acting_for = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    outcome = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_of_subject")
        ]


class CommandReceipt(models.Model):
    """What a command answered to one key of one actor: a repetition is the same answer (INV-02)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    command = models.CharField(max_length=40)
    body_digest = models.BinaryField(max_length=32)
    outcome = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="receipt_once")]
