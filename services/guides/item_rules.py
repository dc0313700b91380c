"""What is odd about a guide's own elements: visits, fees, agencies, results, basis, texts (pure)."""

import re

from services.guides.lexicon import (
    FEE_KINDS,
    MISPRINTS,
    NO_VISIT,
    OPPOSITES,
    THIRD_PARTY,
)
from services.guides.likeness import names_a_source, pairs_of, says_nothing, shares_matter
from services.guides.numbers import prices_in
from services.guides.raw import Raw

LONGEST_QUANTITY = 40
_BETWEEN = re.compile(r"[\u3400-\u9fff][?？][\u3400-\u9fff]")
_MID = re.compile(r"(?:[2-9]|1\d)[.、．](?!\d)|[二三四五六七八九]、|（[二三四五六七八九]）")
_ASKING = ("problem", "answer", "faqContent", "replyContent")
_ODD_NAME = re.compile(r"\$\$|[\\/:*?<>|]|^\.|\.\.")


def tell_visits(raw: Raw) -> None:
    """The number of visits, its reason and the depth of online handling agree (domain rule 3)."""
    visits, reason = raw.number("minSeq", most=99), raw.text("limitsceneexplain")
    no_reason = says_nothing(reason) or any(word in reason for word in NO_VISIT)
    if visits == 0 and not no_reason:
        raw.tell("VISITS_ZERO_WITH_REASON", "minSeq", reason)
    if visits and no_reason:
        raw.tell("VISITS_WITHOUT_REASON", "minSeq", visits)
    if visits and raw.text("transactLevel").startswith("四级"):
        raw.tell("VISITS_AGAINST_DEPTH", "minSeq", f"{visits} {raw.text('transactLevel')}")


def tell_fees(raw: Raw, rows: list[Raw], charged: bool | None) -> None:
    """Charged and itemised agree; each fee is the government's, with one price and a basis."""
    if charged and not rows:
        raw.tell("FEE_WITHOUT_ITEMS", "chargeList", raw.text("isCharge"))
    if charged is False and rows:
        raw.tell("FEE_ITEMS_BUT_FREE", "chargeList", len(rows))
    for fee in rows:
        keys = {key.lower(): key for key in fee.data}
        name = fee.text(keys.get("feename", "feename"))
        standard = fee.text(keys.get("feestand", "feestand"))
        basis_key = "CHARGE_BYLAW" if "CHARGE_BYLAW" in fee.data else "chargeBylaw"
        basis = fee.text(basis_key)
        if any(word in name + basis for word in THIRD_PARTY):
            fee.tell("FEE_TO_THIRD_PARTY", "", f"{name} {basis}")
        if len(prices_in(standard)) > 1:
            fee.tell("FEE_SEVERAL_PRICES", keys.get("feestand", "feestand"), standard)
        if not names_a_source(basis):
            fee.tell("FEE_WITHOUT_BASIS", basis_key, basis)


def tell_agencies(raw: Raw, rows: list[Raw], used: bool | None) -> None:
    """Intermediary services (中介服务): listed when used, with an agency and a time in units."""
    if used and not rows:
        raw.tell("AGENCY_WITHOUT_ITEMS", "zjfwList", raw.text("isIntermediaryServices"))
    for agency in rows:
        nature = agency.text("serviceOrgproperty")
        if any(word in nature for word in FEE_KINDS):
            agency.tell("AGENCY_FIELD_MISPLACED", "serviceOrgproperty", nature)
        if agency.data.get("serviceTimelimit") is not None:
            time = agency.word("serviceTimelimit")
            if re.fullmatch(r"[\d.]*", time):
                agency.tell("AGENCY_LIMIT_WITHOUT_UNIT", "serviceTimelimit", time)


def tell_basis(raw: Raw, name: str, item_type: str) -> None:
    """The legal basis names an act, and basis and conditions are about this item."""
    basis, condition = raw.text("according"), raw.text("acceptanceCondition")
    if not names_a_source(basis):
        raw.tell("BASIS_SAYS_NOTHING", "according", basis)
    elif not shares_matter(name, basis):
        raw.tell("BASIS_OF_OTHER_MATTER", "according", basis)
    if says_nothing(condition):
        raw.tell("CONDITION_MISSING", "acceptanceCondition", condition)
    for one, other in (*OPPOSITES, *((b, a) for a, b in OPPOSITES)):
        if one in name and other in condition and one not in condition:
            raw.tell("CONDITION_OF_OTHER_MATTER", "acceptanceCondition", condition)
    if item_type and len(name) > 1 and says_nothing(raw.text("processDescript")):
        raw.tell("FLOW_SAYS_NOTHING", "processDescript", raw.text("processDescript"))


def tell_flow_charts(raw: Raw, rows: list[Raw], name: str) -> None:
    """A flow chart whose name says something speaks of this item."""
    for chart in rows:
        file_name = chart.text("attachName") or chart.text("fjmc")
        stem = file_name.rsplit(".", 1)[0]
        if len(pairs_of(stem)) > 2 and not shares_matter(stem, name):
            chart.tell("FLOW_CHART_OF_OTHER_MATTER", "attachName", file_name)


def tell_quantity(raw: Raw) -> None:
    """A limit of quantity is a few words; conditions stand elsewhere."""
    text = raw.text("quantitativeRestriction")
    if len(text) > LONGEST_QUANTITY:
        raw.tell("QUANTITY_HOLDS_CONDITIONS", "quantitativeRestriction", text)


def tell_texts(raw: Raw) -> None:
    """Every text of a mapping: odd quotes, question marks between words, numbering from the middle."""
    for key, value in raw.data.items():
        if not isinstance(value, str) or not value or key.startswith("_"):
            continue
        text = value.strip()
        if _is_damaged(text, may_ask=key in _ASKING):
            raw.tell("DAMAGED_TEXT", key, text)
        if len(text) > 10 and _MID.match(text):
            raw.tell("TEXT_BEGINS_MID", key, text)
        for wrong, right in MISPRINTS.items():
            if wrong in text:
                raw.tell("MISPRINT", key, f"{wrong} → {right}：{text}")


def _is_damaged(text: str, *, may_ask: bool) -> bool:
    if text.startswith('"') or text.count('"') % 2 or (not may_ask and _BETWEEN.search(text)):
        return True
    return any(text.count(one) != text.count(other) for one, other in ("《》", "〔〕", "【】"))


def tell_file_name(raw: Raw, key: str) -> None:
    """A file name without marks that no file system keeps."""
    name = raw.text(key)
    if name and _ODD_NAME.search(name):
        raw.tell("FILE_NAME_ODD", key, name)
