"""Shows the reading of an approval: exactly what its department may see, with the digest to send back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import graphene

from gateway.answers import Answer, Answered, answered
from gateway.forms import certificate_names
from gateway.rows import listed, named, text
from gateway.tickets import download_url
from gateway.words import KINDS, STATUSES
from services.queries import definition_of
from workflows.models import Approval
from workflows.queries import reading_of
from workflows.reading import Reading


@dataclass(frozen=True)
class Read:
    """A reading and the approval whose it is."""

    approval: Approval
    reading: Reading


class ReadingFile(graphene.ObjectType):
    """可以看到的一个附件。"""

    id = text("标识")
    name = text("文件名")
    media_type = text("文件类型，按内容判断")
    size = graphene.Int(required=True, description="字节数")
    download_url = text("下载地址，几分钟内有效")

    @staticmethod
    def resolve_download_url(file: Mapping[str, Any], info: Any) -> str:
        """A short-lived address."""
        return download_url(info.context.viewer, "files", UUID(file["id"]))


class ReadingMaterial(graphene.ObjectType):
    """可以看到的一份材料。"""

    id = text("材料的名称代码")
    name = text("材料名称")
    mode = text("提供方式")
    mode_name = named("mode", KINDS, "提供方式，给人看的文字")
    certificate_name = text("代替它的电子证照，没有时为空")
    files = listed(ReadingFile, "已通过检查的附件")

    @staticmethod
    def resolve_files(material: Mapping[str, Any], _info: Any) -> object:
        """The files that the digest covers."""
        return material.get("files", [])

    @staticmethod
    def resolve_certificate_name(material: Mapping[str, Any], info: Any) -> str:
        """The certificate's name."""
        return certificate_names(info.context).get(material["certificate"], "")


class ReadingCertificate(graphene.ObjectType):
    """所依据的一个证照现在的状态。"""

    identifier = text("电子证照标识")
    type = text("证照类型代码")
    type_name = text("证照名称")
    version = graphene.Int(required=True, description="版本")
    status = text("valid、expired、revoked 等")
    status_name = named("status", STATUSES, "状态，给人看的文字")
    valid_until = graphene.String(description="有效期的最后一天；长期有效时为空")

    @staticmethod
    def resolve_type_name(fact: Mapping[str, Any], info: Any) -> str:
        """The certificate's name."""
        return certificate_names(info.context).get(fact["type"], fact["type"])


class ReadingType(graphene.ObjectType):
    """阅卷范围：这个环节可以看到的全部内容，别无其他。"""

    class Meta:
        name = "Reading"

    digest = text("内容的摘要；作决定时原样带回，内容变化后会被拒绝")
    values = listed(Answer, "可以看到的值")
    materials = listed(ReadingMaterial, "可以看到的材料")
    certificates = listed(ReadingCertificate, "所依据的证照")

    @staticmethod
    def resolve_digest(read: Read, _info: Any) -> str:
        """SHA-256 in hex."""
        return read.reading.digest

    @staticmethod
    def resolve_values(read: Read, _info: Any) -> list[Answered]:
        """Values with labels and sources, of the declared paths only."""
        values = read.reading.data["values"]
        assert isinstance(values, Mapping)
        case = read.approval.case
        form = definition_of(case.item_version).form
        return answered(form, values, case.provenance, in_full=read.approval.state == "open")

    @staticmethod
    def resolve_materials(read: Read, _info: Any) -> object:
        """Materials as the reading has them."""
        return read.reading.data["materials"]

    @staticmethod
    def resolve_certificates(read: Read, _info: Any) -> object:
        """Certificate facts as the reading has them."""
        return read.reading.data["certificates"]


def read(approval: Approval) -> Read:
    """The reading of an approval as it is now."""
    return Read(approval, reading_of(approval))
