"""Shows the materials of an item as its version asks for them, before anybody has answered."""

from typing import Any

import graphene
from django.utils.translation import gettext

from gateway.forms import certificate_names
from gateway.periods import Limit
from gateway.rows import listed, named, text
from gateway.words import KINDS
from services.codes import SourceChannel


class ItemMaterial(graphene.ObjectType):
    """一份申请材料。"""

    id = text("材料的名称代码")
    name = text("材料名称")
    mode = text(
        "提供方式：form_generated 表单生成、cert_linked 证照关联、data_verified 数据核验、promise 告知承诺、"
        "upload 上传、later 容缺后补"
    )
    mode_name = named("mode", KINDS, "提供方式，给人看的文字")
    certificate_name = text("代替它的电子证照，没有时为空")
    required = graphene.Boolean(required=True, description="总是必要")
    conditional = graphene.Boolean(required=True, description="是否必要取决于回答")
    help = text("说明")
    group = text("所在的任选组（materialGroups），没有时为空")
    accept = listed(graphene.String, "可以上传的文件类型；不需要上传时为空")
    most_files = graphene.Int(required=True, description="最多几个文件；不需要上传时为 0")
    later = graphene.Field(Limit, description="受理后补齐的期限；不能容缺时为空")
    role = text("是谁的材料，如逝者、继承人；不区分时为空")
    originals = graphene.Int(required=True, description="原件几份；没有规定时为 0")
    copies = graphene.Int(required=True, description="复印件几份；没有规定时为 0")
    paper = text("规格，如 A4，可以为空")
    source_channel_name = text("来源渠道，给人看的文字，可以为空")
    issuer = text("出具机构，可以为空")
    standard = text("受理标准，可以为空")
    blank_form = text("空白表的文件名或者网址，可以为空")
    sample = text("样表的文件名或者网址，可以为空")

    @staticmethod
    def resolve_name(material: Any, _info: Any) -> str:
        """With the role, where one is said."""
        return str(material.title)

    @staticmethod
    def resolve_source_channel_name(material: Any, _info: Any) -> str:
        """As the national table calls it."""
        code = material.source_channel
        return gettext(SourceChannel.named(code).label) if code else ""

    @staticmethod
    def resolve_accept(material: Any, _info: Any) -> Any:
        """Of uploads only."""
        return material.accept if material.is_filed else ()

    @staticmethod
    def resolve_most_files(material: Any, _info: Any) -> int:
        """Of uploads only."""
        return int(material.most_files) if material.is_filed else 0

    @staticmethod
    def resolve_certificate_name(material: Any, info: Any) -> str:
        """The certificate that replaces it."""
        return certificate_names(info.context).get(material.certificate, "")

    @staticmethod
    def resolve_conditional(material: Any, _info: Any) -> bool:
        """Whether other answers decide."""
        return material.condition is not None


class MaterialGroupType(graphene.ObjectType):
    """一组可以任选的材料。"""

    class Meta:
        name = "MaterialGroup"

    id = text("代码")
    name = text("名称")
    least = graphene.Int(required=True, description="至少需要几项")
    most = graphene.Int(required=True, description="最多几项；0 表示不限")
