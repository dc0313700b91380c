"""What a guide's limits become: a number without a unit takes it from the text or the law, or is not used (pure)."""

from collections.abc import Mapping

from services.code_maps import mapped
from services.guides.lexicon import LAW_SETS_NONE, SPECIAL_WORDS
from services.guides.likeness import says_nothing
from services.guides.numbers import Days, days_in
from services.guides.raw import Raw

LICENSING_LAW = "《中华人民共和国行政许可法》第八十二条"
LONGEST_BASIS = 300


def limits_of(raw: Raw, item_type: str) -> dict[str, object]:
    """`statutory`, `promised` and `extension` as far as the guide states them."""
    statutory = limit_of(raw, "approveLimit", "approveLimitExplain", item_type)
    promised = limit_of(raw, "commitmentLimit", "commitmentLimitExplain", item_type)
    legal = raw.text("approveLimitExplain")
    if (
        raw.text("approveLimit")
        and not says_nothing(legal)
        and any(w in legal for w in LAW_SETS_NONE)
    ):
        raw.tell("LIMIT_NOT_SET_BY_LAW", "approveLimit", f"{raw.text('approveLimit')}：{legal}")
        statutory = None
    found = {"statutory": statutory, "promised": promised, "extension": _extension(raw)}
    if _longer(promised, statutory):
        raw.tell("PROMISE_LONGER_THAN_LAW", "commitmentLimit", raw.text("commitmentLimit"))
    return {name: limit for name, limit in found.items() if limit}


def limit_of(raw: Raw, key: str, explained: str, item_type: str) -> dict[str, object] | None:
    """A limit with days, kind and basis; None when it cannot be said without guessing."""
    days, text = raw.number(key, most=3660), raw.text(explained)
    if days is None:
        if raw.text(key) == "" and key != "approveLimit":
            raw.tell("LIMIT_MISSING", key)
        return None
    if says_nothing(text) or not (days_in(text) or "《" in text or len(text) > 8):
        raw.tell("LIMIT_UNEXPLAINED", explained, text)
    stated = [found for found in days_in(text) if not found.extends]
    _tell_numbers(raw, key, days, stated, text)
    kind = _kind(raw, key, days, stated, item_type)
    if not kind:
        return None
    limit: dict[str, object] = {"days": days, "kind": kind}
    if not says_nothing(text):
        limit["basis"] = text[:LONGEST_BASIS]
    return limit


def _tell_numbers(raw: Raw, key: str, days: int, stated: list[Days], text: str) -> None:
    numbers = {found.number for found in stated}
    if len(numbers) > 1:
        raw.tell("LIMIT_SEVERAL_NUMBERS", key, f"{days}：{text}")
    elif numbers and days not in numbers:
        raw.tell("LIMIT_NOT_IN_TEXT", key, f"{days}：{text}")


def _kind(raw: Raw, key: str, days: int, stated: list[Days], item_type: str) -> str:
    """The unit that the text gives this number, or all its numbers, or the law; empty when none does."""
    own = {found.unit for found in stated if found.number == days and found.unit}
    all_ = {found.unit for found in stated if found.unit}
    units = own or all_
    if len(units) == 1 and len({found.unit for found in stated if found.number == days}) <= 1:
        raw.tell("LIMIT_WITHOUT_UNIT", key, days)
        return units.pop()
    if item_type == "01":
        raw.tell("LIMIT_UNIT_BY_LAW", key, f"{days} {LICENSING_LAW}")
        return "working"
    raw.tell("LIMIT_UNIT_UNKNOWN", key, days)
    return ""


def _extension(raw: Raw) -> dict[str, object] | None:
    """The one extension that the law's explanation grants, when its unit is said."""
    text = raw.text("approveLimitExplain")
    found = {(d.number, d.unit) for d in days_in(text) if d.extends and d.unit}
    if len(found) != 1:
        return None
    number, unit = found.pop()
    return {"days": number, "kind": unit, "basis": text[:LONGEST_BASIS]}


def _longer(promised: Mapping[str, object] | None, statutory: Mapping[str, object] | None) -> bool:
    if not promised or not statutory or promised["kind"] != statutory["kind"]:
        return False
    return int(str(promised["days"])) > int(str(statutory["days"]))


def special_procedures(raw: Raw) -> list[dict[str, object]]:
    """The special procedures (特别程序) by name; their one limit only when there is one of them."""
    is_special = _flag(raw, "isSpecialProcedure")
    kinds = raw.joined("specialProcedureType", "、,，;；")
    days = raw.number("specialProcedureTimelimit", most=3660)
    if days is not None:
        raw.tell("SPECIAL_LIMIT_WITHOUT_UNIT", "specialProcedureTimelimit", days)
        if len(kinds) > 1:
            raw.tell("SPECIAL_ONE_LIMIT_FOR_SEVERAL", "specialProcedureTimelimit", days)
        legal = raw.number("approveLimit", most=3660)
        if legal is not None and days > legal:
            raw.tell("SPECIAL_LONGER_THAN_LIMIT", "specialProcedureTimelimit", f"{days} > {legal}")
    if is_special and not (kinds and days is not None):
        raw.tell("SPECIAL_WITHOUT_DETAILS", "isSpecialProcedure", raw.text("isSpecialProcedure"))
    if is_special is False and not kinds:
        _tell_special_in_text(raw)
    return [_special(raw, name) for name in kinds]


def _special(raw: Raw, name: str) -> dict[str, object]:
    """A special procedure by name. Its basis is not in the guide, and its time has no unit."""
    found = mapped("hunan.special_procedure", name)
    for value in found.unknown:
        raw.tell("UNKNOWN_WORD", "specialProcedureType", value)
    kind: dict[str, object] = {"kind": found.word} if found.word else {}
    return {"name": name[:100], **kind}


def _tell_special_in_text(raw: Raw) -> None:
    for key in ("approveLimitExplain", "commitmentLimitExplain", "processDescript"):
        text = raw.text(key)
        if any(word in text for word in SPECIAL_WORDS):
            raw.tell("SPECIAL_IN_TEXT_ONLY", "isSpecialProcedure", text)
            return


def _flag(raw: Raw, key: str) -> bool | None:
    word = raw.word(key)
    return True if word in ("是", "有", "1") else False if word in ("否", "无", "0") else None
