"""Messages to people (消息): once per event, person and channel."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from keys.time_ordered import time_ordered_id
from people.models import Account


class Message(models.Model):
    """One message in an account's inbox; its wording is looked up when it is shown."""

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    event_id = models.UUIDField()  # the letter that caused it
    topic = models.CharField(max_length=40)
    params = models.JSONField(default=dict)  # case number, item name: nothing personal
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "event_id"], name="message_once")]
        indexes = [
            models.Index(fields=["account", "-id"], name="message_inbox"),
            models.Index(
                fields=["account"], condition=models.Q(read_at=None), name="message_unread"
            ),
        ]


class EmailAddress(models.Model):
    """Where an account is told things by e-mail (电子邮箱), sealed; a new one is pending until its code came."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True)
    address_sealed = models.BinaryField(null=True)
    address_mask = models.CharField(max_length=260, blank=True)
    verified_at = models.DateTimeField(null=True)
    pending_sealed = models.BinaryField(null=True)
    pending_mask = models.CharField(max_length=260, blank=True)
    code_sealed = models.BinaryField(null=True)
    expires_at = models.DateTimeField(null=True)  # of the code
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)  # asked for since `codes_since`
    codes_since = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="zh-hans")


class Dispatch(models.Model):
    """A message on its way through a channel other than the inbox (发送): one row a message and channel.

    `queued` until the server took it; `due_at` is the next attempt; `failed` needs no further attempt, with
    its cause. A crash between the server's answer and `sent` sends once more, under the same Message-ID.
    """

    id = models.UUIDField(primary_key=True, default=time_ordered_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches")
    channel = models.CharField(max_length=10, default="email")
    state = models.CharField(max_length=10, default="queued")  # queued | sent | failed
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="dispatch_once"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sent", "failed"]), name="dispatch_state"
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "due_at"], condition=~Q(state="sent"), name="dispatch_due"
            )
        ]


class DemoText(models.Model):
    """A short message that the demo shows instead of sending it (notifications/sms.py)."""

    reference = models.CharField(primary_key=True, max_length=60)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
