"""The public elements of a guide that no process needs: channels, visits, fees, questions, samples (pure)."""

from services.guides.likeness import says_nothing
from services.guides.limits import special_procedures
from services.guides.raw import Raw
from services.guides.results import granted_names
from services.guides.terms import FLAGS

MOST_WORDS, MOST_TEXT, MOST_REASON = 200, 4000, 1000


def guide_of(raw: Raw) -> dict[str, object]:
    """The `guide` of the definition; an element without content is left out."""
    served = raw.all_coded("serveObject", "hunan.served", "/、,，;；")
    found: dict[str, object] = {
        "levels": raw.all_coded("schemeLevels", "hunan.level", "、,，/;；"),
        "served": served,
        "channels": raw.all_coded("transactionFrom", "hunan.channel", "、,，;；"),
        "visits": raw.number("minSeq", most=99),
        "visits_reason": told(raw, "limitsceneexplain", MOST_REASON),
        "scope": raw.coded("doScope", "hunan.scope"),
        "quantity_limit": told(raw, "quantitativeRestriction", MOST_REASON),
        "statutory_note": told(raw, "approveLimitExplain", MOST_TEXT),
        "promised_note": told(raw, "commitmentLimitExplain", MOST_TEXT),
        "special_procedures": special_procedures(raw),
        "flow": told(raw, "processDescript", MOST_TEXT),
        "flow_charts": _names(raw, "lctList", "attachName"),
        "outcomes": _outcomes(raw),
        "rights": lines(raw, "applicantPower"),
        "duties": lines(raw, "applicantDuty"),
        "questions": questions(raw, "faqList", "faqContent", "replyContent"),
        "charged": raw.choice("isCharge", FLAGS),
        "fees": fees(raw),
        "intermediaries": [_agency(agency) for agency in raw.rows("zjfwList")],
        "online_depth": raw.coded("transactLevel", "hunan.online_depth"),
        "promise_allowed": raw.choice("isProveCommitment", FLAGS),
    }
    return kept(found)


def _outcomes(raw: Raw) -> list[dict[str, object]]:
    """The results by name; the samples of all of them stand with the first, as the guide joins them."""
    samples = _names(raw, "resultList", "fileName")
    found: list[dict[str, object]] = [
        {"name": name} for name in granted_names(raw.text("resultSampleName"))
    ]
    if found and samples:
        found[0]["samples"] = samples
    return found


def kept(found: dict[str, object]) -> dict[str, object]:
    """What says something."""
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def told(raw: Raw, key: str, most: int) -> str:
    """A text that says something, or empty."""
    text = raw.text(key, most)
    return "" if says_nothing(text) else text


def lines(raw: Raw, key: str) -> list[str]:
    """The lines of a text, each once."""
    return list(dict.fromkeys(told(raw, key, MOST_TEXT).split("\n"))) if told(raw, key, 0) else []


def rows_of_fees(raw: Raw) -> list[Raw]:
    """The fees, whichever of the two formats lists them."""
    return raw.rows("chargeList") + raw.rows("chargelist")


def fees(raw: Raw) -> list[dict[str, object]]:
    """Every fee with what is said of it."""
    return [_fee(fee) for fee in rows_of_fees(raw)]


def _fee(raw: Raw) -> dict[str, object]:
    keys = {key.lower().replace("_", ""): key for key in raw.data}
    found: dict[str, object] = {
        "name": told(raw, keys.get("feename", "feename"), MOST_WORDS),
        "standard": told(raw, keys.get("feestand", "feestand"), MOST_TEXT),
        "basis": told(raw, keys.get("chargebylaw", "chargeBylaw"), MOST_TEXT),
        "reducible": raw.choice(keys.get("isminus", "isMinus"), FLAGS),
    }
    return kept(found)


def _agency(raw: Raw) -> dict[str, object]:
    """A service of a body outside government. Its time has no unit, so it is not taken."""
    found: dict[str, object] = {
        "name": told(raw, "serviceItemname", MOST_WORDS),
        "body": told(raw, "serviceOrgproperty", MOST_WORDS),
        "charge": told(raw, "chargeDesc", MOST_REASON),
        "note": told(raw, "serviceExplain", MOST_TEXT),
    }
    return kept(found)


def questions(raw: Raw, key: str, asked: str, answer: str) -> list[dict[str, object]]:
    """Questions with their answers."""
    pairs = (
        {"question": row.text(asked, MOST_REASON), "answer": row.text(answer, MOST_TEXT)}
        for row in raw.rows(key)
    )
    return [dict(pair) for pair in pairs if pair["question"] and pair["answer"]]


def _names(raw: Raw, key: str, name: str) -> list[str]:
    """Names of files, each once; what is a path is left out, as its oddity is told."""
    names = (row.text(name, MOST_WORDS) for row in raw.rows(key))
    return list(dict.fromkeys(n for n in names if n and "/" not in n and "\\" not in n))
