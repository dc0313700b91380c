"""Cases (办件): the application, its approvals, opinions, decisions, stops, documents and deliveries."""

from django.db import models
from django.db.models import Q

from keys.time_ordered import time_ordered_id
from people.models import Account, Department, Division, Enterprise, Officer, Person
from services.models import ItemVersion
from workflows.attachments import CaseFile as CaseFile
from workflows.attachments import MaterialPromise as MaterialPromise
from workflows.handouts import Handout as Handout  # a model of its own file
from workflows.lifecycle import APPROVAL_STATES, CASE_STATES, ApprovalLifecycle, CaseLifecycle
from workflows.papers import Delivery as Delivery
from workflows.papers import Document as Document
from workflows.proposals import Preview as Preview
from workflows.proposals import Proposal as Proposal
from workflows.stops import ClockStop as ClockStop

UNFINISHED = ("draft", "submitted", "correcting", "reviewing", "suspended")  # may still change


class Case(CaseLifecycle):
    """One application (办件). `state` moves only through lifecycle.py; ids are ordered by time."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    # 办件编号, from submission on; a draft has none, and NULL is what a unique column allows many times
    number = models.CharField(max_length=50, null=True, unique=True)  # noqa: DJ001
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, db_index=False)
    item_code = models.CharField(max_length=36)
    stage = models.CharField(
        max_length=12, blank=True
    )  # where `correcting` returns to: submitted | reviewing
    division = models.ForeignKey(Division, null=True, on_delete=models.PROTECT, db_index=False)
    lead = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, db_index=False)
    applicant_person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    applicant_enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    applicant_name = models.CharField(max_length=200)
    started_by = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    apply_type = models.CharField(max_length=10, default="online")  # online | counter
    # the service hall whose clerk filed it, and the one where its results are handed out
    counter = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    collect_at = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    # 办件查询码, drawn at submission; of its check code only the keyed digest (progress.py)
    query_code = models.CharField(max_length=8, null=True, unique=True)  # noqa: DJ001
    check_digest = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict)  # nested, by field path
    provenance = models.JSONField(default=dict)  # {field path: where the value came from}
    certificates = models.JSONField(
        default=list
    )  # certificate ids linked as materials or read by prefill
    revision = models.PositiveIntegerField(default=1)  # grows with every change of the answers
    # what national reporting needs (domain.md 3.2)
    applied_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    notice_due_on = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    statutory_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    outcome = models.CharField(max_length=10, blank=True)  # approved | denied | partly
    reason = models.CharField(max_length=2000, blank=True)  # of not_accepted, withdrawn, lapsed
    corrections = models.JSONField(default=list)  # the open correction notice: [{field, message}]
    correction_rounds = models.PositiveSmallIntegerField(default=0)
    correction_due_on = models.DateField(null=True)
    extended_at = models.DateTimeField(null=True)  # 延期: once, by the days that the item allows

    noted: int | None = None  # no column: the last event of a locked case, once it was asked

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CASE_STATES), name="case_state"),
            models.CheckConstraint(
                condition=Q(applicant_person__isnull=False, applicant_enterprise__isnull=True)
                | Q(applicant_person__isnull=True, applicant_enterprise__isnull=False),
                name="case_one_applicant",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | Q(number__isnull=False),
                name="case_numbered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["applicant_person", "-id"],
                condition=Q(applicant_person__isnull=False),
                name="case_of_person",
            ),
            models.Index(
                fields=["applicant_enterprise", "-id"],
                condition=Q(applicant_enterprise__isnull=False),
                name="case_of_enterprise",
            ),
            models.Index(
                fields=["lead", "notice_due_on", "id"],
                condition=Q(state="submitted"),
                name="case_intake",
            ),
            models.Index(
                fields=["lead", "-id"], condition=Q(lead__isnull=False), name="case_of_lead"
            ),
            models.Index(
                fields=["item_version", "id"],
                condition=Q(state__in=UNFINISHED),
                name="case_movable",
            ),
            models.Index(
                fields=["counter", "-applied_at", "-id"],
                condition=Q(counter__isnull=False),
                name="case_of_counter",
            ),
        ]


class Approval(ApprovalLifecycle):
    """One department's part in one step of a case (审批). An inspection has one row per department."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="approvals", db_index=False
    )
    step = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)  # approve | verify | advise | inspect | evaluate | issue
    department = models.ForeignKey(Department, on_delete=models.PROTECT, db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    item_code = models.CharField(max_length=36, blank=True)
    result = models.CharField(max_length=60, blank=True)  # certificate type that a grant issues
    opinions_needed = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)  # the letter arrived; work may begin before
    due_on = models.DateField(null=True)
    claimed_by = models.ForeignKey(
        Officer, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    # what the item says of an answer that does not come in time; when its superiors were told
    silence = models.CharField(max_length=10, default="wait")
    escalated_at = models.DateTimeField(null=True)
    # a data check (数据核验): how often its register was asked in this round, when last, which paths differ
    tries = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    differs = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "department"], name="approval_once_a_step"
            ),
            models.CheckConstraint(condition=Q(state__in=APPROVAL_STATES), name="approval_state"),
        ]
        indexes = [
            models.Index(
                fields=["department", "due_on", "id"],
                condition=Q(state="open"),
                name="approval_worklist",
            ),
            models.Index(
                fields=["department", "-decided_at", "-id"],
                condition=Q(state="decided"),
                name="approval_handled",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="open", silence="escalate", escalated_at__isnull=True),
                name="approval_to_escalate",
            ),
        ]


class Opinion(models.Model):
    """One officer's vote on one round of an approval (意见)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="opinions")
    round = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, db_index=False)
    outcome = models.CharField(max_length=15)
    reason = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["approval", "round", "officer"], name="opinion_once")
        ]


class Decision(models.Model):
    """The one decision of one round of an approval (决定); its unique row is the promise (INV-06)."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    # approve: approved | denied; advise: agree | disagree | agree_forward; inspect: passed | failed;
    # verify: match | mismatch | not_found | unavailable
    outcome = models.CharField(max_length=15)
    reason = models.CharField(max_length=2000, blank=True)
    basis = models.CharField(max_length=500, blank=True)
    findings = models.JSONField(default=list)  # an inspection's rectification list
    officer = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, db_index=False)
    reading_digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    source = models.CharField(max_length=10, default="desk")  # desk | letter | silence | register

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["approval", "round"], name="decision_once_a_round")
        ]


class Objection(models.Model):
    """The applicant's objection (异议) to what a register said; `round` is the one that it opened."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="objections")
    round = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=1000)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["approval", "round"], name="objection_once_a_round")
        ]


class Holiday(models.Model):
    """A day whose kind differs from its weekday (节假日, 调休); CalendarYear says which years are maintained."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=40, blank=True)


class CalendarYear(models.Model):
    """A year whose holidays are stored; a missing one is an error, never a weekend guess (domain.md 3.4)."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=100)


class Counter(models.Model):
    """The last number drawn of a series (流水): case numbers of a day, documents of a year."""

    series = models.CharField(primary_key=True, max_length=100)
    value = models.PositiveIntegerField(default=0)


class CaseEvent(models.Model):
    """What happened to a case, in order (过程). Append-only; names and keyed digests of fields, no values."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.UUIDField()  # time-ordered: partitions follow it, so no foreign key
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(
        max_length=40
    )  # a transition or an act: submitted, approval_decided ...
    state = models.CharField(max_length=15)  # the case's state after it
    step = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=80)
    department = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=40, blank=True)
