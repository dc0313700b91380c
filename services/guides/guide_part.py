"""The public elements of a guide that no process needs: channels, visits, fees, questions, samples (pure)."""

from collections.abc import Mapping

from services.guides.likeness import says_nothing
from services.guides.limits import special_procedures
from services.guides.raw import Raw
from services.guides.terms import DEPTHS, FLAGS, LEVELS, SCOPES, WAYS

MOST_WORDS, MOST_ANSWER = 500, 4000


def guide_of(raw: Raw) -> dict[str, object]:
    """The `guide` of the definition; an element without content is left out."""
    found: dict[str, object] = {
        "levels": _coded(raw, "schemeLevels", LEVELS),
        "channels": _coded(raw, "transactionFrom", WAYS),
        "visits": raw.number("minSeq", most=99),
        "online_depth": raw.choice("transactLevel", DEPTHS),
        "scope": _scope(raw),
        "special_procedures": special_procedures(raw),
        "fees": [_fee(fee) for fee in rows_of_fees(raw)],
        "intermediaries": [_agency(agency) for agency in raw.rows("zjfwList")],
        "questions": [_question(row) for row in raw.rows("faqList")],
        "result_samples": _names(raw, "resultList", "fileName"),
        "flow_charts": _names(raw, "lctList", "attachName"),
    }
    for key, place in (
        ("visits_reason", "limitsceneexplain"),
        ("quantity_limit", "quantitativeRestriction"),
        ("flow", "processDescript"),
    ):
        text = raw.text(place, MOST_ANSWER)
        found[key] = "" if says_nothing(text) else text
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def rows_of_fees(raw: Raw) -> list[Raw]:
    """The fees, whichever of the two formats lists them."""
    return raw.rows("chargeList") + raw.rows("chargelist")


def _coded(raw: Raw, key: str, known: Mapping[str, str]) -> list[str]:
    found = []
    for word in raw.joined(key, "、,，/;；"):
        if word in known:
            found.append(known[word])
        else:
            raw.tell("UNKNOWN_WORD", key, word)
    return list(dict.fromkeys(found))


def _scope(raw: Raw) -> str:
    scope = raw.text("doScope")
    if scope and scope not in SCOPES:
        raw.tell("UNKNOWN_WORD", "doScope", scope)
        return ""
    return scope


def _fee(raw: Raw) -> dict[str, object]:
    keys = {key.lower().replace("_", ""): key for key in raw.data}
    found: dict[str, object] = {}
    for name, key in (("name", "feename"), ("standard", "feestand"), ("basis", "chargebylaw")):
        text = raw.text(keys.get(key, key), MOST_WORDS)
        if not says_nothing(text):
            found[name] = text
    reducible = raw.choice(keys.get("isminus", "isMinus"), FLAGS)
    return found | ({"reducible": reducible} if reducible is not None else {})


def _agency(raw: Raw) -> dict[str, object]:
    named = (("name", "serviceItemname"), ("charge", "chargeDesc"), ("note", "serviceExplain"))
    texts = {name: raw.text(key, MOST_WORDS) for name, key in named}
    return {name: text for name, text in texts.items() if not says_nothing(text)}


def _question(raw: Raw) -> dict[str, object]:
    asked = raw.text("faqContent", MOST_WORDS) or raw.text("problem", MOST_WORDS)
    answer = raw.text("replyContent", MOST_ANSWER) or raw.text("answer", MOST_ANSWER)
    return {"question": asked, "answer": answer}


def _names(raw: Raw, key: str, name: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (row.text(name, 200) for row in raw.rows(key)))))
