"""Messages in the administration: that they were made and read, not to be changed."""

from django.contrib import admin
from django.http import HttpRequest
from typing_extensions import override

from notifications.models import Message


class Messages(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list to look at."""

    list_display = ("topic", "account", "created_at", "read_at")
    list_filter = ("topic",)
    list_select_related = ("account",)

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


admin.site.register(Message, Messages)
