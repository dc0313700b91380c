"""The form that every imported item begins with: who applies, filled from certificates, and where (pure)."""

from collections.abc import Mapping, Sequence

AT = "answers.place.division"


def _filled(certificate: str, field: str, holder: str = "applicant") -> list[dict[str, str]]:
    return [{"type": certificate, "field": field, "holder": holder}]


def form_of(audience: Sequence[str]) -> list[dict[str, object]]:
    """Sections for a person, for an enterprise, or for either with the question who applies."""
    both = {"person", "enterprise"} <= set(audience)
    sections: list[dict[str, object]] = []
    if both:
        options = {"person": "个人", "enterprise": "企业或者其他组织"}
        kind = {"id": "kind", "label": "申请人类型", "type": "choice", "required": True}
        fields = [kind | {"options": options}]
        sections.append({"id": "subject", "label": "申请主体", "fields": fields})
    if "person" in audience:
        sections.append(_person(_when("person") if both else {"required": True}))
    if "enterprise" in audience:
        sections.append(_enterprise(_when("enterprise") if both else {"required": True}))
    division = {"id": "division", "label": "办理地区划", "type": "division", "required": True}
    return [*sections, {"id": "place", "label": "办理地", "fields": [division]}]


def _when(kind: str) -> dict[str, object]:
    return {"required_when": f'answers.subject.kind == "{kind}"'}


def _person(needed: dict[str, object]) -> dict[str, object]:
    card = "RESIDENT_ID_CARD"
    fields: list[dict[str, object]] = [
        {"id": "name", "label": "姓名", "type": "text", "max_length": 100}
        | {"sources": _filled(card, "name")},
        {"id": "id_number", "label": "公民身份号码", "type": "id_number"}
        | {"sources": _filled(card, "id_number")},
        {"id": "phone", "label": "联系电话", "type": "phone"},
    ]
    return {"id": "person", "label": "申请人", "fields": [f | needed for f in fields]}


def _enterprise(needed: dict[str, object]) -> dict[str, object]:
    licence = "BUSINESS_LICENCE"
    fields: list[dict[str, object]] = [
        {"id": "name", "label": "单位名称", "type": "text"} | {"sources": _filled(licence, "name")},
        {"id": "credit_code", "label": "统一社会信用代码", "type": "credit_code"}
        | {"sources": _filled(licence, "credit_code")},
        {
            "id": "legal_representative",
            "label": "法定代表人（负责人）",
            "type": "text",
            "max_length": 100,
        }
        | {"sources": _filled(licence, "legal_representative")},
        {"id": "contact_phone", "label": "联系电话", "type": "phone"},
    ]
    return {"id": "enterprise", "label": "申请单位", "fields": [f | needed for f in fields]}


def made_from(form: Sequence[Mapping[str, object]]) -> list[str]:
    """The paths that a form generated from this skeleton may stand on: those of the applicant."""
    named = {"person": "person.name", "enterprise": "enterprise.name"}
    return [named[str(section["id"])] for section in form if section["id"] in named]
