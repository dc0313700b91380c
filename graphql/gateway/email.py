"""Shows and changes the e-mail address of the viewer's account; only its mask is ever shown."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.conf import settings

from gateway.context import Context
from gateway.rows import text
from gateway.scalars import Moment
from gateway.verbs import Verb
from notifications import commands
from notifications.models import EmailAddress
from notifications.queries import email_of


class EmailAddressType(graphene.ObjectType):
    """接收通知的电子邮箱。"""

    class Meta:
        name = "EmailAddress"

    is_offered = graphene.Boolean(required=True, description="本站是否发送邮件")
    mask = text("已验证的邮箱，只显示一部分；没有时为空")
    pending_mask = text("等待验证的邮箱，只显示一部分；没有时为空")
    verified_at = graphene.Field(Moment, description="验证的时刻；没有时为空")


def _shown(row: EmailAddress | None) -> dict[str, object]:
    return {
        "is_offered": settings.EMAIL_OFFERED,
        "mask": row.address_mask if row else "",
        "pending_mask": row.pending_mask if row else "",
        "verified_at": row.verified_at if row else None,
    }


def _email(_root: object, info: Any) -> dict[str, object]:
    return _shown(email_of(info.context.viewer))


def _set(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    row = commands.set_email(viewer=context.viewer, key=idempotency_key, **given)
    return {"email_address": _shown(row)}


def _confirm(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    row = commands.confirm_email(viewer=context.viewer, key=idempotency_key, **given)
    return {"email_address": _shown(row)}


_RESULT = {
    "email_address": graphene.Field(EmailAddressType, description="现在的邮箱；被拒绝时为空")
}
QUERIES = {
    "email_address": graphene.Field(
        EmailAddressType, resolver=_email, description="我的账号接收通知的邮箱"
    )
}
VERBS = {
    "set_email": Verb(
        "填写接收通知的邮箱，验证码会发到这个邮箱；空为删除。",
        _set,
        _RESULT,
        {
            "email": graphene.Argument(
                graphene.String, required=True, description="电子邮箱；空为删除"
            )
        },
    ),
    "confirm_email": Verb(
        "用收到的验证码确认邮箱。",
        _confirm,
        _RESULT,
        {"code": graphene.Argument(graphene.String, required=True, description="六位验证码")},
    ),
}
