"""Shows the messages of the viewer's account."""

from typing import Any

import graphene

from gateway.context import Context
from gateway.paging import page_arguments, page_of, page_type
from gateway.rows import Row, text
from gateway.verbs import Verb
from notifications.commands import read_message
from notifications.models import Message
from notifications.queries import MOST_COUNTED, unread_count, visible_messages
from notifications.wording import wording


class MessageType(Row):
    """一条消息。"""

    class Meta:
        name = "Message"
        model = Message
        described = {
            "id": "标识",
            "topic": "稳定的名称，如 case.accepted",
            "created_at": "时刻",
            "read_at": "阅读的时刻；未读时为空",
        }

    title = text("标题")
    body = text("内容")
    case_number = text("办件编号，与办件无关时为空")
    case_id = graphene.UUID(description="办件的标识，与办件无关时为空")

    @staticmethod
    def resolve_title(message: Message, _info: Any) -> str:
        """The title of its topic."""
        return wording(message.topic, message.params).title

    @staticmethod
    def resolve_body(message: Message, _info: Any) -> str:
        """The sentence of its topic."""
        return wording(message.topic, message.params).body

    @staticmethod
    def resolve_case_number(message: Message, _info: Any) -> str:
        """The case that it is about."""
        return str(message.params.get("number", ""))

    @staticmethod
    def resolve_case_id(message: Message, _info: Any) -> str | None:
        """Where the case can be opened."""
        return message.params.get("case") or None


def _unread(_root: object, info: Any) -> int:
    return unread_count(info.context.viewer)


def _messages(_root: object, info: Any, **page: Any) -> Any:
    viewer = info.context.viewer
    rows = visible_messages(viewer)
    return page_of(rows, order=("-id",), viewer=viewer, query="messages", **page)


QUERIES = {
    "messages": graphene.Field(
        page_type(MessageType, "消息"),
        args=page_arguments(),
        resolver=_messages,
        description="我的消息，新的在前",
    ),
    "unread_messages": graphene.Field(
        graphene.Int,
        resolver=_unread,
        description=f"未读的消息有几条，数到 {MOST_COUNTED} 为止",
    ),
}


def _read_message(context: Context, idempotency_key: str, **given: Any) -> dict[str, object]:
    return {"message": read_message(viewer=context.viewer, key=idempotency_key, **given)}


VERBS = {
    "read_message": Verb(
        "把一条消息标为已读；第一次阅读的时刻有效。",
        _read_message,
        {"message": graphene.Field(MessageType, description="这条消息；被拒绝时为空")},
        {"message_id": graphene.Argument(graphene.UUID, required=True, description="消息的标识")},
    )
}
