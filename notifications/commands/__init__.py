"""Everything that writes in this room; other rooms call these and nothing below."""

from notifications.commands.addresses import confirm_email, set_email
from notifications.commands.reading import read_message

__all__ = ["confirm_email", "read_message", "set_email"]
