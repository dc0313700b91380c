"""What the bus keeps: letters that must leave, letters that came, and chores that must be done."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from keys.time_ordered import time_ordered_id


class OutboxLetter(models.Model):
    """A letter to send (发信), written with the command's own rows.

    `subject` is the case number, `recipient` a department's code or empty for our own handlers.
    `due_at` is when a relay may take the row; a claim moves it forward, so a dead relay's rows come
    back by themselves. `sent_at` is set only after confirm and routing (INV-13). Partitioned by id
    on PostgreSQL: nothing refers to it by foreign key.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    topic = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    recipient = models.CharField(max_length=60, blank=True)
    envelope = models.JSONField()
    created_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    cause = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="outbox_unsent", condition=Q(sent_at=None)),
            models.Index(fields=["subject", "id"], name="outbox_of_case"),
        ]


class InboxLetter(models.Model):
    """That a consumer has received a letter (收信), once: one row with its effect (INV-14).

    `state`: done; waiting (failed, tried again at `due_at`); dead (given up, `cause` says why);
    parked (not ours to judge yet: unknown schema version, id outside seven days). `body` is kept
    only while somebody may still need it; `body_digest` stays, so that another body under the same
    id is noticed.
    """

    pk = models.CompositePrimaryKey("letter_id", "consumer")
    letter_id = models.UUIDField()
    consumer = models.CharField(max_length=80)
    topic = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, default="done")
    attempts = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True, blank=True)
    body = models.JSONField(null=True, blank=True)
    body_digest = models.BinaryField(max_length=32)
    cause = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "waiting", "dead", "parked"]), name="inbox_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "letter_id"], name="inbox_waiting", condition=Q(state="waiting")
            ),
            models.Index(
                fields=["state", "letter_id"],
                name="inbox_troubled",
                condition=Q(state__in=["dead", "parked"]),
            ),
        ]


class Chore(models.Model):
    """Work outside the transaction that asked for it (杂务): rendering, sealing, sending, sweeping.

    The row is the only record; a hint through Celery may be lost. `asked` counts the times it was
    asked for, so that asking again during the work is not swallowed when the work ends.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default="open")
    asked = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="chore_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "done", "dead"]), name="chore_state"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="chore_open", condition=Q(state="open"))
        ]
