"""Messages in the administration: that they were made and read, not to be changed."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from typing_extensions import override

from notifications.models import Dispatch, Message
from people.admin.noted import ReadOnly
from people.labels import label


class Messages(ReadOnly):
    """What was told, to whom, and whether it was read."""

    list_display = ("topic", "account", "created_at", "read_at")
    list_select_related = ("account",)
    ordering = ("-id",)


class Unsent(admin.SimpleListFilter):
    """What waits and what failed, by its partial index."""

    title = "状态"
    parameter_name = "state"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """What one may choose."""
        return [("queued", "等待发送"), ("failed", "没有发出")]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
        """The rows of one state."""
        return queryset.filter(state=self.value()) if self.value() else queryset


class Dispatches(ReadOnly):
    """What went out by e-mail, or why not; to whom stands in the account."""

    list_display = ("message_topic", "channel", "state", "attempts", "due_at", "sent_at", "cause")
    list_filter = (Unsent,)
    list_select_related = ("message",)
    ordering = ("-id",)

    @admin.display(description="消息")
    def message_topic(self, dispatch: Dispatch) -> str:
        """What it tells."""
        return dispatch.message.topic


label(Message, "消息", topic="事由", account="账号", created_at="时间", read_at="阅读时间")
label(
    Dispatch,
    "邮件发送",
    channel="渠道",
    state="状态",
    attempts="次数",
    due_at="下次发送",
    sent_at="发出时间",
    cause="原因",
)
admin.site.register(Message, Messages)
admin.site.register(Dispatch, Dispatches)
