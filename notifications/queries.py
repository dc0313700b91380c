"""Which messages a viewer may read: those of their own account."""

from django.db.models import QuerySet

from notifications.models import EmailAddress, Message
from people.viewer import Viewer

MOST_COUNTED = 100


def unread_count(viewer: Viewer) -> int:
    """How many messages the viewer has not read, counted up to MOST_COUNTED (index message_unread)."""
    unread = visible_messages(viewer).filter(read_at=None).order_by()
    return unread[:MOST_COUNTED].count()


def visible_messages(viewer: Viewer) -> QuerySet[Message]:
    """The viewer's messages, newest first. A process and an officer in office have none."""
    if not viewer.is_applicant or viewer.account_id is None:
        return Message.objects.none()
    return Message.objects.filter(account_id=viewer.account_id).order_by("-id")


def email_of(viewer: Viewer) -> EmailAddress | None:
    """The address of the viewer's own account, confirmed or pending; None when none was ever given."""
    if not viewer.is_applicant or viewer.account_id is None:
        return None
    return EmailAddress.objects.filter(account=viewer.account_id).first()
