"""Shows what a case still needs: its materials, and the certificates that a consent would let us read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import graphene
from django.utils import timezone

from ecert.models import CertificateType
from gateway.forms import certificate_names
from gateway.rows import listed, named, text
from gateway.words import HOLDERS, KINDS
from people.viewer import Viewer
from services.definition import Definition
from services.materials import material_problems
from services.queries import definition_of
from workflows.commands.starting import GRANT_LASTS
from workflows.models import Case
from workflows.prefilling import held_for, purpose_of, wanted_grant


class CaseMaterial(graphene.ObjectType):
    """一件办件的一份材料。"""

    id = text("材料的名称代码")
    name = text("材料名称")
    mode = text("提供方式")
    mode_name = named("mode", KINDS, "提供方式，给人看的文字")
    certificate_name = text("代替它的电子证照，没有时为空")
    required = graphene.Boolean(required=True, description="按已填写的内容，是否必要")
    is_missing = graphene.Boolean(required=True, description="必要而尚未具备")

    @staticmethod
    def resolve_certificate_name(found: dict[str, Any], info: Any) -> str:
        """The certificate that replaces it."""
        return certificate_names(info.context).get(found["certificate"], "")


class Consent(graphene.ObjectType):
    """授权使用证照时所同意的用途与期限。"""

    purpose = text("用途")
    until = graphene.Date(required=True, description="现在授权，到哪一天为止")


class WantedCertificate(graphene.ObjectType):
    """授权后会读取的一个证照。"""

    certificate_id = graphene.UUID(required=True, description="证照的标识，可传给 grantUse")
    identifier = text("电子证照标识")
    type = text("证照类型代码")
    type_name = text("证照名称")
    holder = text("applicant 申请人、representative 法定代表人、agent 代办人")
    holder_name = named("holder", HOLDERS, "谁的证照")
    issuer = text("签发机关")
    valid_until = graphene.Date(description="有效期的最后一天；长期有效时为空")
    field_labels = listed(graphene.String, "会读取的照面字段")
    is_granted = graphene.Boolean(required=True, description="本件已经授权读取")


@dataclass(frozen=True)
class Wanted:
    """A certificate that a consent would cover."""

    certificate_id: UUID
    identifier: str
    type: str
    type_name: str
    holder: str
    issuer: str
    valid_until: date | None
    field_labels: list[str]
    is_granted: bool


def needed(
    definition: Definition, answers: Mapping[str, object], linked: set[str]
) -> list[dict[str, object]]:
    """Every material with whether the answers call for it and whether it is still missing."""
    missing = {
        problem.field for problem in material_problems(definition.materials, answers, linked)
    }
    return [
        {
            "id": material.id,
            "name": material.name,
            "mode": material.mode,
            "certificate": material.certificate,
            "required": material.needed(answers),
            "is_missing": f"materials.{material.id}" in missing,
        }
        for material in definition.materials
    ]


def consent(case: Case) -> dict[str, object]:
    """What an applicant agrees to with `grantUse`, beside the certificates and their fields."""
    until = timezone.localdate() + GRANT_LASTS
    return {"purpose": purpose_of(definition_of(case.item_version)), "until": until}


def wanted_certificates(viewer: Viewer, case: Case) -> list[Wanted]:
    """What `grantUse` would read for this viewer; nothing once the case is no longer the applicant's to fill."""
    if not viewer.is_applicant or case.state not in {"draft", "correcting"}:
        return []
    definition = definition_of(case.item_version)
    held = held_for(viewer, case, definition)
    fields = wanted_grant(definition, held)
    types = {
        row.code: row for row in CertificateType.objects.filter(code__in={h.type for h in held})
    }
    return [
        Wanted(
            certificate_id=one.certificate_id,
            identifier=one.identifier,
            type=one.type,
            type_name=types[one.type].name,
            holder=one.holder,
            issuer=one.issuer,
            valid_until=one.valid_until,
            field_labels=[
                dict(types[one.type].face_labels).get(name, name)
                for name in fields[one.certificate_id]
            ],
            is_granted=str(one.certificate_id) in case.certificates,
        )
        for one in held
        if one.certificate_id in fields
    ]
