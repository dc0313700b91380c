"""Shows what a consent would let us read for a case, for what and until when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import graphene
from django.utils import timezone

from ecert.models import CertificateType
from gateway.rows import listed, named, text
from gateway.words import HOLDERS
from people.viewer import Viewer
from services.queries import definition_of
from workflows.commands.starting import GRANT_LASTS
from workflows.models import Case
from workflows.prefilling import held_for, purpose_of, wanted_grant


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
    fields = wanted_grant(definition, held, case.answers)
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
