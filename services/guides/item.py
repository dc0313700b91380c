"""What the guide of an item becomes: a draft of its definition, and everything that was odd about it (pure)."""

import re
from collections.abc import Mapping, Sequence

from services.codes import ItemType
from services.guides.alternatives import tell_alternatives
from services.guides.forms import AT, form_of, made_from
from services.guides.guide_part import guide_of, rows_of_fees
from services.guides.item_rules import (
    tell_agencies,
    tell_basis,
    tell_fees,
    tell_file_name,
    tell_flow_charts,
    tell_quantity,
    tell_texts,
    tell_visits,
)
from services.guides.likeness import says_nothing
from services.guides.limits import limits_of
from services.guides.material_rules import tell_among, tell_codes, tell_material
from services.guides.materials import ITEM_KEYS, certificate_type, material_of
from services.guides.raw import Raw
from services.guides.results import results_of
from services.guides.terms import FLAGS, department_of

CODE = re.compile(r"[0-9A-Z]{12}")
SEQUENCE = re.compile(r"[0-9]{2}")
_FILE_NAME = re.compile(r"([0-9A-Z]{12})[-_]([0-9]{2})(?:\D|$)")
MOST_NAME, MOST_TEXT, MOST_TEXTS = 200, 500, 60
REMEDIES = {
    "review_days": 60,
    "suit_months": 6,
    "basis": ["《中华人民共和国行政复议法》第二十条", "《中华人民共和国行政诉讼法》第四十六条"],
}


def code_of(raw: Raw, file_name: str) -> str:
    """The item's code: twelve characters and the two of the business item; empty when nothing tells it."""
    code, sequence = raw.word("rightsCode").upper(), raw.word("ywCode")
    if CODE.fullmatch(code):
        return code + (sequence.zfill(2) if SEQUENCE.fullmatch(sequence.zfill(2)) else "")
    for row in raw.rows("materialList"):
        own = re.fullmatch(r"M([0-9A-Z]{12}[0-9]{2})[0-9]{2}", row.text("materialCode"))
        if own:
            raw.tell("CODE_FROM_MATERIALS", "rightsCode", own[1])
            return own[1]
    named = _FILE_NAME.match(file_name)
    if named:
        raw.tell("CODE_FROM_FILE_NAME", "rightsCode", file_name)
        return named[1] + named[2]
    return ""


def item_definition(raw: Raw, code: str) -> dict[str, object]:
    """The draft; what a rule found is in the findings of `raw`."""
    name = raw.text("unifyName", MOST_NAME)
    if not name:
        raw.tell("NAME_MISSING", "unifyName")
        name = code
    item_type = _type(raw, code)
    audience = _audience(raw)
    lead = department_of(*(raw.text(key) for key in ("deptName", "orgName", "blbm")))
    if not lead:
        raw.tell("DEPARTMENT_UNKNOWN", "deptName", raw.text("deptName") or raw.text("orgName"))
    form = form_of(audience)
    rows = raw.rows("materialList")
    limits = limits_of(raw, item_type)
    results = [_typed(result) for result in results_of(raw)]
    _tell(raw, name, item_type, rows)
    definition: dict[str, object] = {
        "code": code,
        "name": name,
        "type": item_type,
        "audience": audience,
        "lead": lead,
        "acceptance": "officer",
        "at": AT,
        "conditions": texts_in(raw, "acceptanceCondition"),
        "basis": texts_in(raw, "according"),
        "limits": limits,
        "remedies": dict(REMEDIES),
        "form": form,
        "materials": [
            material_of(row, ITEM_KEYS, number, made_from(form))
            for number, row in enumerate(rows, start=1)
        ],
        "results": results,
        "guide": guide_of(raw),
    }
    tell_codes(rows, raw.word("rightsCode") + raw.word("ywCode").zfill(2))
    definition["route"] = [_step(definition)]
    definition["join"] = "each"
    return {key: value for key, value in definition.items() if value not in ("", [], {})}


def _type(raw: Raw, code: str) -> str:
    word = raw.coded("typeName", "hunan.item_type")
    item_type = ItemType.named(word).code if word else ""
    if not raw.text("typeName"):
        raw.tell("KEY_MISSING", "typeName")
    if item_type and code[2:4].isdigit() and code[2:4] != item_type:
        raw.tell("TYPE_DIFFERS_FROM_CODE", "typeName", f"{raw.text('typeName')} {code}")
    return item_type


def _audience(raw: Raw) -> list[str]:
    """Persons, and as enterprises everybody else who has a credit code."""
    served = raw.all_coded("serveObject", "hunan.served", "/、,，;；")
    if not raw.text("serveObject"):
        raw.tell("KEY_MISSING", "serveObject")
    kinds = ("person" if word == "person" else "enterprise" for word in served)
    return list(dict.fromkeys(kinds))


def _typed(result: Mapping[str, object]) -> dict[str, object]:
    """A result with our type of certificate when its name says one."""
    kind = certificate_type(str(result["name"]))
    return ({"code": kind} if kind else {}) | dict(result)


def _tell(raw: Raw, name: str, item_type: str, rows: list[Raw]) -> None:
    """All that the rules find; none of it changes the definition."""
    tell_visits(raw)
    tell_fees(raw, rows_of_fees(raw), _flag(raw, "isCharge"))
    tell_agencies(raw, raw.rows("zjfwList"), _flag(raw, "isIntermediaryServices"))
    tell_basis(raw, name, item_type)
    tell_flow_charts(raw, raw.rows("lctList"), name)
    tell_quantity(raw)
    tell_alternatives(raw, rows, ITEM_KEYS)
    samples = raw.rows("resultList")
    if not samples:
        raw.tell("RESULT_WITHOUT_SAMPLE", "resultList")
    if not rows:
        raw.tell("MATERIALS_NONE", "materialList")
    for row in rows:
        tell_material(row, ITEM_KEYS)
    tell_among(rows, ITEM_KEYS)
    tell_channels(raw, rows)
    for sample in samples:
        tell_file_name(sample, "fileName")
    for part in (raw, *rows, *raw.rows("faqList"), *raw.rows("chargeList")):
        tell_texts(part)


def tell_channels(raw: Raw, rows: Sequence[Raw]) -> None:
    """What is applied for online only has no materials that may be handed over in person."""
    ways = raw.joined("transactionFrom")
    if ways == ["网上办理"] and any("现场" in row.text("commitWay") for row in rows):
        raw.tell("ONLINE_ONLY_PAPER_MATERIALS", "transactionFrom", ways[0])


def _flag(raw: Raw, key: str) -> bool | None:
    found = raw.choice(key, FLAGS)
    return found if isinstance(found, bool) else None


def _step(definition: Mapping[str, object]) -> dict[str, object]:
    """One decision by the lead department, on everything: who knows more divides it (route)."""
    limits = definition["limits"]
    assert isinstance(limits, Mapping)
    materials, results = definition["materials"], definition["results"]
    assert isinstance(materials, list)
    assert isinstance(results, list)
    form = definition["form"]
    assert isinstance(form, list)
    reads = [section["id"] for section in form]
    reads += [f"materials.{material['id']}" for material in materials]
    step: dict[str, object] = {"id": "decide", "name": definition["name"], "kind": "approve"}
    step |= {"department": definition["lead"], "item": definition["code"], "reads": reads}
    if "promised" in limits:
        step["within"] = {key: limits["promised"][key] for key in ("days", "kind")}
    if "statutory" in limits:
        step["statutory"] = limits["statutory"]
    if results and "code" in results[0]:
        step["result"] = results[0]["code"]
    return step | {"basis": definition["basis"]}


def texts_in(raw: Raw, key: str) -> list[str]:
    """The lines of a text that say something, each no longer than the definition takes."""
    lines = [line for line in raw.text(key).split("\n") if not says_nothing(line)]
    if len(lines) > MOST_TEXTS:
        raw.tell("TOO_MANY_ROWS", key, len(lines))
    if any(len(line) > MOST_TEXT for line in lines):
        raw.tell("TEXT_TOO_LONG", key, max(lines, key=len))
    cut = (line if len(line) <= MOST_TEXT else line[: MOST_TEXT - 1] + "…" for line in lines)
    return list(dict.fromkeys(cut))[:MOST_TEXTS]
