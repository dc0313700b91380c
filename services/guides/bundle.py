"""What the guide of a bundle (一件事) becomes: parts, materials, a promise computed from the parts (pure)."""

import re
from collections.abc import Mapping, Sequence

from services.guides.bundle_rules import (
    conditions_of,
    tell_bundle,
    tell_parts,
)
from services.guides.forms import AT, form_of, made_from
from services.guides.guide_part import fees, kept, questions, rows_of_fees, told
from services.guides.item import MOST_NAME, REMEDIES
from services.guides.item_rules import tell_fees, tell_file_name, tell_texts
from services.guides.material_rules import tell_among, tell_material
from services.guides.materials import BUNDLE_KEYS, certificate_type, material_of
from services.guides.raw import Raw
from services.guides.results import results_of
from services.guides.terms import FLAGS, department_of

CODE = re.compile(r"(?=.{9,12}$)[0-9]{2}[A-Z]{2,4}[0-9]{3,6}")
_FILE_NAME = re.compile(r"([0-9]{2}[A-Z]{3}[0-9]{4})(?:\W|$)")
# The fourth letter of a theme code: P for persons, T for enterprises.
_LETTERS = {"P": "person", "T": "enterprise"}


def bundle_code(raw: Raw, file_name: str) -> str:
    """The theme code; empty when neither the guide nor its file name tells one."""
    code = raw.word("themeCode").upper()
    if CODE.fullmatch(code):
        return code
    own = raw.word("yjsSsqdbm").upper()[:9]
    if CODE.fullmatch(own):
        return own
    named = _FILE_NAME.match(file_name)
    if named:
        raw.tell("CODE_FROM_FILE_NAME", "themeCode", file_name)
        return named[1]
    return ""


def bundle_definition(raw: Raw, code: str) -> dict[str, object]:
    """The draft; what a rule found is in the findings of `raw`."""
    name = raw.text("sxmc", MOST_NAME)
    if not name:
        raw.tell("NAME_MISSING", "sxmc")
        name = code
    basic, parts = raw.below("basicInfo"), raw.rows("approveList")
    lead = department_of(basic.text("qtbmmc"))
    if not lead:
        basic.tell("DEPARTMENT_UNKNOWN", "qtbmmc", basic.text("qtbmmc"))
    audience = _audience(raw, code)
    form, rows = form_of(audience), raw.rows("materialList")
    steps = [_step(part, number, lead) for number, part in enumerate(parts, start=1)]
    definition: dict[str, object] = {
        "code": code,
        "name": name,
        "type": "",
        "bundle": True,
        "audience": audience,
        "lead": lead,
        "acceptance": "officer",
        "at": AT,
        "conditions": conditions_of(raw, parts),
        "limits": _limits(steps),
        "remedies": dict(REMEDIES),
        "form": form,
        "materials": [
            material_of(row, BUNDLE_KEYS, number, made_from(form))
            for number, row in enumerate(rows, start=1)
        ],
        "route": steps,
        "join": "each",
        "results": _results(steps),
        "parts": [_part(part, number) for number, part in enumerate(parts, start=1)],
        "guide": _guide(raw, basic),
    }
    _tell(raw, basic, parts, rows)
    _read_all(definition)
    return {key: value for key, value in definition.items() if value not in ("", [], {})}


def _audience(raw: Raw, code: str) -> list[str]:
    """Whom the letter of the theme code means; the guide itself does not say."""
    found = _LETTERS.get(code[3:4]) or _LETTERS.get(code[2:3])
    if not found:
        raw.tell("KEY_MISSING", "audience")
    return [found] if found else []


def _step(part: Raw, number: int, lead: str) -> dict[str, object]:
    """A part's decision. The guide names neither its item nor its department: the lead stands in."""
    name = part.text("tyywblxName", MOST_NAME) or part.text("lbsxfwmc", MOST_NAME)
    days = part.number("cnsxsx", most=3660)
    step: dict[str, object] = {"id": f"p{number:02d}", "name": name or f"事项{number}"}
    step |= {"kind": "approve", "department": lead}
    if days:
        step["within"] = {"days": days, "kind": "working"}
    for result in results_of(part)[:1]:
        kind = certificate_type(str(result["name"]))
        step |= {"result": kind} if kind else {}
    return step


def _limits(steps: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The promise that the parts allow: the longest, as nothing says that one waits for another."""
    days = [step["within"]["days"] for step in steps if isinstance(step.get("within"), dict)]  # type: ignore[index]
    if not days:
        return {}
    return {
        "promised": {"days": max(days), "kind": "working", "basis": "各联办事项中最长的承诺时限"}
    }


def _results(steps: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The certificates that parts issue, each once."""
    found = {str(step["result"]): str(step["name"]) for step in steps if "result" in step}
    return [{"code": code, "name": name} for code, name in found.items()]


def _part(part: Raw, number: int) -> dict[str, object]:
    name = part.text("lbsxfwmc", MOST_NAME) or part.text("tyywblxName", MOST_NAME)
    found: dict[str, object] = {"id": f"part{number:02d}", "name": name or f"事项{number}"}
    found["steps"] = [f"p{number:02d}"]
    part.tell("PART_ITEM_UNKNOWN", "tyywblxName", name)
    return found


def _guide(raw: Raw, basic: Raw) -> dict[str, object]:
    """What people read: where, how often, what it costs, what others asked."""
    stand = raw.below("onethingCatalogStandServiceGuide")
    places: list[dict[str, object]] = [
        kept(
            {
                "name": told(row, "pointName", 200),
                "address": told(row, "infoAddr", 300),
                "hours": told(row, "processingTime", 500),
            }
        )
        for row in raw.rows("guidePoint")
    ]
    return kept(
        {
            "visits": basic.number("aheadFrequency", most=99),
            "visits_reason": told(basic, "reasonLink", 1000),
            "joint_bodies": [{"name": name} for name in basic.joined("cooperateName", ",，、")],
            "flow": told(stand, "bllctsm", 4000),
            "charged": basic.choice("isCharge", FLAGS),
            "fees": fees(raw),
            "questions": questions(raw, "questionInfo", "problem", "answer"),
            "contacts": kept({"places": [place for place in places if place]}),
        }
    )


def _tell(raw: Raw, basic: Raw, parts: Sequence[Raw], rows: Sequence[Raw]) -> None:
    tell_bundle(raw, basic, parts, rows)
    tell_parts(parts)
    charged = basic.choice("isCharge", FLAGS)
    tell_fees(raw, rows_of_fees(raw), charged if isinstance(charged, bool) else None)
    for row in rows:
        tell_material(row, BUNDLE_KEYS)
        for attachment in row.rows("attachList"):
            tell_file_name(attachment, "fjmc")
    tell_among(list(rows), BUNDLE_KEYS)
    for part in (raw, basic, *parts, *rows, *raw.rows("guideCondition"), *raw.rows("questionInfo")):
        tell_texts(part)


def _read_all(definition: dict[str, object]) -> None:
    """Every step sees everything until somebody who knows divides it."""
    form, materials, route = (definition[key] for key in ("form", "materials", "route"))
    assert isinstance(form, list)
    assert isinstance(materials, list)
    assert isinstance(route, list)
    reads = [section["id"] for section in form] + [f"materials.{m['id']}" for m in materials]
    for step in route:
        step["reads"] = reads
