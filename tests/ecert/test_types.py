"""Loading types: whole or not at all, and again without harm."""

import copy
from pathlib import Path

import pytest
import yaml

from ecert.commands import load_types
from ecert.models import CertificateType
from people.errors import Refusal

FOLDER = Path(__file__).parents[2] / "fixtures" / "certificates"
TYPES = [yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))]


def test_load_types_is_idempotent_and_keeps_the_order_of_labels(db):
    first = {kind.code: kind.pk for kind in load_types(TYPES)}
    assert {kind.code: kind.pk for kind in load_types(TYPES)} == first
    food = CertificateType.objects.get(code="FOOD_BUSINESS_LICENCE")
    assert food.face_labels[0] == ["name", "经营者名称"]
    assert (food.validity_months, food.grade) == (60, "A")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("type_code", "119900000000300231001", "INVALID_CREDIT_CODE"),
        ("type_code", "1199000000003002300", "CERTIFICATE_TYPE_INVALID"),
        ("number_rule", "第1号", "CERTIFICATE_TYPE_INVALID"),
        ("design", {"accent": "violet"}, "CERTIFICATE_TYPE_INVALID"),
        ("design", {"photo": "x"}, "CERTIFICATE_TYPE_INVALID"),
        ("face_labels", {"colour": "颜色"}, "CERTIFICATE_TYPE_INVALID"),
        ("face_schema", {"type": "object"}, "CERTIFICATE_TYPE_INVALID"),
        ("colour", "red", "CERTIFICATE_TYPE_INVALID"),
    ],
)
def test_one_bad_type_loads_none(db, field, value, code):
    types = copy.deepcopy(TYPES)
    types[-1][field] = value
    with pytest.raises(Refusal) as refused:
        load_types(types)
    assert refused.value.code == code
    assert not CertificateType.objects.exists()
