"""Messages in the administration: that they were made and read, not to be changed."""

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from notifications.models import Dispatch, Message


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list to look at, never counted."""

    show_full_result_count = False

    @override
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: letters make messages."""
        return False

    @override
    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    @override
    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


class Messages(ReadOnly):
    """What was told, to whom, and whether it was read."""

    list_display = ("topic", "account", "created_at", "read_at")
    list_filter = ("topic",)
    list_select_related = ("account",)


class Dispatches(ReadOnly):
    """What went out by e-mail, or why not; to whom stands in the account."""

    list_display = ("message_topic", "channel", "state", "attempts", "due_at", "sent_at", "cause")
    list_filter = ("state", "cause")
    list_select_related = ("message",)

    @admin.display(description="消息")
    def message_topic(self, dispatch: Dispatch) -> str:
        """What it tells."""
        return dispatch.message.topic


admin.site.register(Message, Messages)
admin.site.register(Dispatch, Dispatches)
