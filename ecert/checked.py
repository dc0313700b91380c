"""Decides whether what a file or a page says is a type of certificates (证照类型)."""

import re
from collections.abc import Mapping
from typing import Any

from ecert.errors import CERTIFICATE_TYPE_INVALID
from ecert.face import check_schema
from ecert.layout import check_design
from ecert.numbering import NumberRuleInvalid, check_rule
from people.errors import Refusal
from people.identifiers import clean_text, credit_code

CODE = re.compile("[A-Z][A-Z0-9_]{2,59}")
CHOICES = {"holder_kind": ("person", "enterprise", "either"), "grade": ("A", "B", "C", "D")}
MOST_MONTHS = 1200
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


def checked_type(kind: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a type, from what `fixtures/certificates/*.yaml` has.

    Refusals: CERTIFICATE_TYPE_INVALID with `type`, `reason` and often a field, INVALID_CREDIT_CODE for a type code
    that does not begin with the credit code of the body that defines the type, REQUIRED, those of `clean_text`.
    """
    code = str(kind.get("code", ""))
    if wrong := sorted(set(kind) ^ FIELDS):
        raise _invalid(code, f"fields {wrong}")
    if not CODE.fullmatch(code):
        raise _invalid(code, "code", field="code")
    type_code = str(kind["type_code"])
    if len(type_code) != 21 or not type_code[18:].isdigit():
        raise _invalid(code, "type code", field="type_code")
    credit_code(type_code[:18], field="type_code")
    if not (name := clean_text(str(kind["name"]), most=100, field="name")):
        raise Refusal("REQUIRED", field="name")
    _check_values(code, kind)
    check_schema(kind["face_schema"], kind["face_labels"])
    check_design(kind["design"])
    labels = [[field, label] for field, label in kind["face_labels"].items()]
    return {**kind, "name": name, "type_code": type_code, "face_labels": labels}


def _check_values(code: str, kind: Mapping[str, Any]) -> None:
    for field, choices in CHOICES.items():
        if kind[field] not in choices:
            raise _invalid(code, field, field=field)
    months = kind["validity_months"]
    if months is not None and not (isinstance(months, int) and 0 < months <= MOST_MONTHS):
        raise _invalid(code, "months", field="validity_months")
    try:
        check_rule(kind["number_rule"])
    except NumberRuleInvalid as fault:
        raise _invalid(code, "number rule", field="number_rule") from fault


def _invalid(code: str, reason: str, *, field: str = "") -> Refusal:
    return Refusal(CERTIFICATE_TYPE_INVALID, field=field, type=code, reason=reason)
