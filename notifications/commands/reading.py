"""What people do with their messages."""

from uuid import UUID

from django.utils import timezone

from notifications.models import Message
from notifications.queries import visible_messages
from people.commands import once
from people.errors import NotFound
from people.viewer import Viewer


def read_message(*, viewer: Viewer, key: str, message_id: UUID) -> Message:
    """Marks an own message as read; the first time counts. Refusal: NOT_FOUND."""

    def act() -> dict[str, object]:
        message = visible_messages(viewer).select_for_update().filter(pk=message_id).first()
        if message is None:
            raise NotFound("messageId")
        if message.read_at is None:
            message.read_at = timezone.now()
            message.save(update_fields=["read_at"])
        return {"message": str(message.pk)}

    once(viewer, key=key, command="read_message", body={"message_id": str(message_id)}, act=act)
    return Message.objects.get(pk=message_id)
