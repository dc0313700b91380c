"""The library in the administration: types to keep, everything else to look at."""

from django.contrib import admin

from ecert.admin.types import CertificateTypes
from ecert.models import Certificate, CertificateType, CertificateUse, UseGrant
from people.admin.noted import ReadOnly
from people.labels import label


class Certificates(ReadOnly):
    """Certificates without their faces: an administrator keeps the list, and reads nobody's papers."""

    list_display = ("number", "type", "version", "issuer", "status", "issued_on", "valid_until")
    list_filter = ("type",)
    list_select_related = ("type", "issuer")
    search_fields = ("=identifier",)
    exclude = ("face", "statement", "holder_name", "person", "enterprise")


class UseGrants(ReadOnly):
    """Grants: for which case, what for, until when."""

    list_display = ("case_id", "item_code", "purpose", "granted_at", "valid_until", "revoked_at")


class CertificateUses(ReadOnly):
    """The log of uses."""

    list_display = ("at", "certificate_id", "case_id", "user", "purpose")


label(
    CertificateType,
    "证照类型",
    code="代码",
    name="名称",
    type_code="类型代码（GB/T 36904）",
    holder_kind="持证主体",
    issuer_function="发证职能",
    validity_months="有效期（月）",
    grade="可信等级",
    number_rule="编号规则",
    face_schema="照面数据规范",
    face_labels="照面名称",
    design="版面",
)
label(
    Certificate,
    "电子证照",
    number="证照编号",
    identifier="电子证照标识",
    type="类型",
    version="版本",
    issuer="发证机关",
    status="状态",
    status_reason="状态理由",
    status_at="状态时间",
    issued_on="发证日期",
    valid_from="第一天",
    valid_until="最后一天",
)
label(
    UseGrant,
    "用证授权",
    case_id="办件",
    item_code="事项编码",
    purpose="用途",
    granted_at="授权时间",
    valid_until="到期时间",
    revoked_at="撤回时间",
)
label(
    CertificateUse,
    "用证记录",
    at="时间",
    certificate_id="证照",
    case_id="办件",
    user="使用方",
    purpose="用途",
)
admin.site.register(CertificateType, CertificateTypes)
admin.site.register(Certificate, Certificates)
admin.site.register(UseGrant, UseGrants)
admin.site.register(CertificateUse, CertificateUses)
