"""Rules of the reading: nothing beyond what a step declares, and a digest that any change moves."""

from hypothesis import given
from hypothesis import strategies as st

from workflows.reading import read

ANSWERS = {
    "enterprise": {"name": "小满餐饮", "phone": "13900000000"},
    "premises": {"area": 320, "address": "明湖路1号"},
    "staff": [{"name": "甲"}],
}
MATERIALS = [
    {"id": "licence", "name": "营业执照", "mode": "cert_linked", "certificate": "BUSINESS_LICENCE"},
    {"id": "layout", "name": "布局", "mode": "form_generated", "certificate": ""},
]
LICENCE = {
    "id": "1",
    "identifier": "a",
    "type": "BUSINESS_LICENCE",
    "version": 1,
    "status": "valid",
}
DEED = {
    "id": "2",
    "identifier": "b",
    "type": "REAL_ESTATE_CERTIFICATE",
    "version": 1,
    "status": "valid",
}
FROM = {"premises.area": {"certificate_id": "2"}}


def test_inv_19_a_department_reads_only_what_its_step_declares():
    reading = read(["premises"], ANSWERS, MATERIALS, [LICENCE, DEED], FROM)
    assert reading.data == {
        "values": {"premises.area": 320, "premises.address": "明湖路1号"},
        "materials": [],
        "certificates": [DEED],
    }


def test_a_section_does_not_name_its_neighbour_with_the_same_beginning():
    reading = read(["premise"], ANSWERS, MATERIALS, [], {})
    assert reading.data["values"] == {}


def test_a_declared_material_shows_its_certificate():
    reading = read(["materials.licence"], ANSWERS, MATERIALS, [LICENCE, DEED], FROM)
    assert reading.data["materials"] == [MATERIALS[0]]
    assert reading.data["certificates"] == [LICENCE]


def test_a_revoked_certificate_changes_the_digest_although_no_value_changed():
    before = read(["premises"], ANSWERS, MATERIALS, [DEED], FROM)
    after = read(["premises"], ANSWERS, MATERIALS, [DEED | {"status": "revoked"}], FROM)
    assert before.digest != after.digest


@given(st.dictionaries(st.sampled_from("abc"), st.integers() | st.text(max_size=5), max_size=3))
def test_equal_answers_have_equal_digests_whatever_their_order(values):
    one = read(["x"], {"x": values}, [], [], {})
    other = read(["x"], {"x": dict(reversed(values.items()))}, [], [], {})
    assert one.digest == other.digest
