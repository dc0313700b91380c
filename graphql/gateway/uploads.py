"""The tickets that the door hands out for files, and what is done with a file that came in."""

from collections.abc import Mapping
from typing import Any

import graphene
from django.conf import settings

from files.models import UploadTicket
from files.tickets import token_of
from gateway.acts import argument, case_verb
from gateway.context import Context
from gateway.rows import Row, named, text
from gateway.verbs import Verb
from gateway.words import UPLOADS
from workflows import commands


class UploadType(Row):
    """一份上传凭据：在有效期内向它的地址发送一次文件。"""

    class Meta:
        name = "Upload"
        model = UploadTicket
        described = {
            "id": "标识，文件上传后传给 attachFile",
            "name": "文件名",
            "state": "open 等待上传、received 正在检查、checked 已通过检查、refused 未通过检查",
            "expires_at": "此前须开始上传",
        }

    state_name = named("state", UPLOADS, "状态，给人看的文字")
    url = text("用 PUT 发送文件内容的地址，不需要其他凭证，不要告诉别人")

    @staticmethod
    def resolve_url(ticket: UploadTicket, _info: Any) -> str:
        """At the web process, or at the one that takes uploads."""
        return f"{settings.UPLOADS_URL}/uploads/{token_of(ticket.pk)}"


def _request_upload(context: Context, idempotency_key: str, **given: Any) -> Mapping[str, object]:
    ticket = commands.request_upload(viewer=context.viewer, key=idempotency_key, **given)
    return {"upload": ticket}


MATERIAL = {"material": argument(graphene.String, "材料的名称代码")}
VERBS = {
    "request_upload": Verb(
        "申请上传一个文件，得到一次有效的上传地址。",
        _request_upload,
        {"upload": graphene.Field(UploadType, description="上传凭据；被拒绝时为空")},
        {
            "purpose": argument(graphene.String, "用途：material 申请材料"),
            "name": argument(graphene.String, "文件名"),
            "size": argument(graphene.Int, "字节数"),
            "media_type": argument(
                graphene.String, "application/pdf、image/jpeg 或者 image/png；以文件的内容为准"
            ),
        },
    ),
    "attach_file": case_verb(
        "把已上传的文件添加到一份材料；办件受理后用于补齐承诺后补的材料。",
        commands.attach_file,
        **MATERIAL,
        ticket_id=argument(graphene.UUID, "requestUpload 得到的标识"),
    ),
    "detach_file": case_verb(
        "从材料中移除一个附件。",
        commands.detach_file,
        file_id=argument(graphene.UUID, "附件的标识"),
    ),
    "promise_material": case_verb(
        "承诺在受理后的期限内补齐一份可以容缺的材料。", commands.promise_material, **MATERIAL
    ),
}
