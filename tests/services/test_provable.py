"""Materials of two people, with what a guide tells of them; nothing is asked as a file that can be proven (BAD-54)."""

import pytest

from services.conditions import parse_condition
from services.definition import read_definition
from services.errors import DefinitionInvalid
from services.fields import Field
from services.form import Form, Section
from services.importing import load_definition
from services.materials import Material, material_problems
from services.provable import provable_problems
from tests.services.conftest import definition_text

TEXT = definition_text("fixtures/services/signboard.yaml")
LICENCE = "{id: licence, name: 营业执照, mode: cert_linked, certificate: BUSINESS_LICENCE, holder: applicant}"
GROUP = "material_groups:\n  - {id: proof, name: 主体资格, least: 1}\n\nroute:"
FORM = Form((Section("a", "", (Field("a.dead", "", "boolean"),)),))


def provable(faces, material, group=""):
    """(place, what proves it) of the signboard with one material put otherwise."""
    assert LICENCE in TEXT
    text = TEXT.replace(LICENCE, material)
    text = text.replace("\nroute:", f"\n{GROUP}", 1) if group else text
    failures = provable_problems(read_definition(load_definition(text)), faces)
    return [(p.field, p.params["rule"], p.params["by"]) for p in failures]


@pytest.mark.parametrize(
    "said",
    [
        "name: 营业执照, mode: upload",
        "name: 营业执照复印件, mode: upload",
        "name: 营业执照（原件）, mode: later, later: {days: 3, kind: working}",
        "name: 主体证明, certificate: BUSINESS_LICENCE, mode: upload",
    ],
)
def test_what_a_certificate_proves_is_never_asked_for_as_a_file(faces, said):
    told = [("materials.licence", "MATERIAL_PROVABLE", "BUSINESS_LICENCE")]
    assert provable(faces, f"{{id: licence, {said}}}") == told
    alone = f"{{id: licence, group: proof, {said}}}"
    assert provable(faces, alone, GROUP) == told
    beside = LICENCE.replace("id: licence,", "id: linked, group: proof,")
    assert provable(faces, f"{alone}\n  - {beside}", GROUP) == []


def test_what_a_register_proves_is_a_file_only_beside_its_check(faces):
    text = definition_text("fixtures/services/residence_permit.yaml")
    assert provable_problems(read_definition(load_definition(text)), faces) == []
    alone = text.replace("mode: upload, group: grounds,", "mode: upload,")
    failures = provable_problems(read_definition(load_definition(alone)), faces)
    assert [p.params["by"] for p in failures] == ["EMPLOYMENT", "TENANCY", "ENROLMENT"]


def test_the_same_document_of_somebody_else_may_be_asked_for(faces):
    assert provable(faces, "{id: licence, name: 营业执照, role: 出租方, mode: upload}") == []


def test_bad_54_a_material_is_missing_by_its_role_and_only_when_it_is_called_for():
    dead = parse_condition("answers.a.dead", FORM)
    materials = [
        Material("card", "居民身份证", "upload", role="继承人"),
        Material("other", "居民身份证", "upload", role="逝者", when=dead),
        Material("spare", "结婚证", "upload", required=False, when=dead),
    ]
    assert [m.title for m in materials] == ["居民身份证（继承人）", "居民身份证（逝者）", "结婚证"]

    def missing(answers):
        found = material_problems(materials, {"a": answers}, set())
        return [(p.code, p.field, p.params["name"]) for p in found]

    heir = ("MATERIAL_MISSING", "materials.card", "居民身份证（继承人）")
    assert missing({}) == [heir]
    assert missing({"dead": True}) == [
        heir,
        ("MATERIAL_MISSING", "materials.other", "居民身份证（逝者）"),
    ]
    assert [m.called({}) for m in materials] == [True, False, False]


def test_what_a_guide_tells_of_a_material_is_read_and_its_faults_are_told():
    told = (
        "role: 出租方, originals: 1, copies: 2, paper: A4, source_channel: government, issuer: 市场监督管理局, "
        "standard: 清晰完整, blank_form: https://example.org/blank.docx, sample: 样表.pdf"
    )
    said = f"{{id: licence, name: 营业执照, mode: upload, {told}}}"
    found = read_definition(load_definition(TEXT.replace(LICENCE, said))).material("licence")
    assert (found.originals, found.copies, found.paper) == (1, 2, "A4")
    assert (found.source_channel, found.sample) == ("government", "样表.pdf")
    broken = (
        said.replace("https://", "javascript:")
        .replace("government", "moon")
        .replace("copies: 2", "copies: -1")
    )
    with pytest.raises(DefinitionInvalid) as invalid:
        read_definition(load_definition(TEXT.replace(LICENCE, broken)))
    assert [(p.field, p.params["rule"]) for p in invalid.value.problems] == [
        ("materials.licence.copies", "NOT_A_NUMBER"),
        ("materials.licence.source_channel", "NOT_ALLOWED"),
        ("materials.licence.blank_form", "BAD_LINK"),
    ]
