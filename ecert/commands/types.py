"""Loading the types of certificates (证照类型): checked whole before any is written."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from ecert.errors import CERTIFICATE_TYPE_INVALID
from ecert.face import check_schema
from ecert.layout import check_design
from ecert.models import CertificateType
from ecert.numbering import NumberRuleInvalid, check_rule
from people.errors import Refusal
from people.identifiers import credit_code

FIELDS = {
    "code",
    "type_code",
    "name",
    "holder_kind",
    "issuer_function",
    "validity_months",
    "grade",
    "number_rule",
    "design",
    "face_labels",
    "face_schema",
}


def load_types(types: Sequence[Mapping[str, Any]]) -> list[CertificateType]:
    """Writes the types as `fixtures/certificates/*.yaml` describe them; a known code is brought up to date.

    Idempotent. Refusals: CERTIFICATE_TYPE_INVALID with `type` and `reason`, INVALID_CREDIT_CODE for a
    type code that does not begin with the credit code of the body that defines the type.
    """
    checked = [_checked(kind) for kind in types]
    with transaction.atomic():
        return [
            CertificateType.objects.update_or_create(code=kind["code"], defaults=kind)[0]
            for kind in checked
        ]


def _checked(kind: Mapping[str, Any]) -> dict[str, Any]:
    code = str(kind.get("code", ""))
    if wrong := sorted(set(kind) ^ FIELDS):
        raise Refusal(CERTIFICATE_TYPE_INVALID, type=code, reason=f"fields {wrong}")
    type_code = str(kind["type_code"])
    if len(type_code) != 21 or not type_code[18:].isdigit():
        raise Refusal(CERTIFICATE_TYPE_INVALID, type=code, reason="type code")
    credit_code(type_code[:18], field="type_code")
    check_schema(kind["face_schema"], kind["face_labels"])
    check_design(kind["design"])
    try:
        check_rule(kind["number_rule"])
    except NumberRuleInvalid as fault:
        raise Refusal(CERTIFICATE_TYPE_INVALID, type=code, reason="number rule") from fault
    labels = [[name, label] for name, label in kind["face_labels"].items()]
    return {**kind, "type_code": type_code, "face_labels": labels}
