"""Messages to people (消息): once per event, person and channel."""

from django.db import models

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
