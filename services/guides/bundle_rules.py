"""What is odd about a bundle's guide: promise, parts, conditions, order, questions (pure)."""

import re
from collections import Counter
from collections.abc import Sequence

from services.guides.lexicon import CITIES, SUCCESS_ONLY
from services.guides.likeness import says_nothing
from services.guides.materials import BUNDLE_KEYS
from services.guides.raw import Raw
from services.guides.terms import department_of

_SAME = re.compile(r"(?:同一|相同)的?([\u3400-\u9fff]{2})")
_MUST_BE = re.compile(
    r"状态(?:不|未)?为([\u3400-\u9fff]{2,6}?)(?:参保)?时|须为([\u3400-\u9fff]{2,8})"
)
_EMPTY_CONDITIONS = (
    "符合申请要求",
    "符合条件",
    "符合要求",
    "符合规定",
    "按规定办理",
    "符合法定形式",
    "材料齐全",
)
_FLOW = re.compile(r"[（(][^（）()]*流程[^（）()]*[）)]")


def tell_bundle(raw: Raw, basic: Raw, parts: Sequence[Raw], rows: Sequence[Raw]) -> None:
    """What the bundle says as a whole."""
    _tell_promise(raw, basic, parts)
    for name in basic.joined("cooperateName", ",，、"):
        if not department_of(name):
            basic.tell("COOPERATING_UNKNOWN", "cooperateName", name)
    if not raw.rows("guidePoint"):
        raw.tell("POINT_MISSING", "guidePoint")
    if not parts:
        raw.tell("PARTS_NONE", "approveList")
    _tell_conditions(raw, rows)
    for key in ("materialList", "questionInfo", "guideCondition"):
        _tell_order(raw, key)
    _tell_keys(raw, "materialList")
    _tell_places(raw, basic)
    _tell_file_types(raw, rows)


def _tell_promise(raw: Raw, basic: Raw, parts: Sequence[Raw]) -> None:
    """The promise has no unit, is told twice, and is no shorter than any part's."""
    promised = basic.number("completedLimit", most=3660)
    again = raw.below("onethingCatalogStandServiceGuide").number("cnbjsx", most=3660)
    if promised is None:
        basic.tell("LIMIT_MISSING", "completedLimit")
        return
    basic.tell("BUNDLE_LIMIT_WITHOUT_UNIT", "completedLimit", promised)
    if again is not None and again != promised:
        basic.tell("BUNDLE_PROMISES_DIFFER", "completedLimit", f"{promised} / {again}")
    for part in parts:
        days = part.number("cnsxsx", most=3660)
        if days is not None and days > promised:
            part.tell(
                "BUNDLE_SHORTER_THAN_PART",
                "cnsxsx",
                f"{promised} < {days} {part.text('tyywblxName')}",
            )


def tell_parts(parts: Sequence[Raw]) -> None:
    """Each part has a name of its own, a limit and a result."""
    names = Counter(part.text("lbsxfwmc") for part in parts)
    for part in parts:
        name, handled = part.text("lbsxfwmc"), part.text("tyywblxName")
        if name and names[name] > 1:
            part.tell("PART_NAME_REPEATED", "lbsxfwmc", f"{name} / {handled}")
        if name and handled and name != handled:
            part.tell("PART_NAMES_DIFFER", "tyywblxName", f"{name} / {handled}")
        if part.number("cnsxsx", most=3660) is None:
            part.tell("PART_LIMIT_MISSING", "cnsxsx", handled)
        result = part.text("resultSampleName")
        if says_nothing(result) or result in SUCCESS_ONLY:
            part.tell("PART_RESULT_EMPTY", "resultSampleName", f"{handled}：{result}")
        if _FLOW.search(handled or name):
            part.tell("PART_CHOICE_IN_NAME", "tyywblxName", handled or name)


def conditions_of(raw: Raw, parts: Sequence[Raw]) -> list[str]:
    """The conditions of the bundle; one that bears the name of a part is told, and says whose it is."""
    names = {part.text("tyywblxName") for part in parts}
    found: list[str] = []
    for row in raw.rows("guideCondition"):
        title = row.text("processingConditions", 500) or row.text("bltj", 500)
        said = row.text("smmc", 500)
        if title in names:
            row.tell("CONDITION_OF_PART", "bltj", f"{title}：{said}")
        if title:
            found.append(title if says_nothing(said) or said == title else f"{title}：{said}"[:500])
    return list(dict.fromkeys(found))


def _tell_conditions(raw: Raw, rows: Sequence[Raw]) -> None:
    states = set()
    for row in raw.rows("guideCondition"):
        title, said = row.text("bltj"), row.text("smmc")
        told = said if says_nothing(title) else title
        if told.strip("。") in _EMPTY_CONDITIONS or says_nothing(told):
            row.tell("CONDITION_SAYS_NOTHING", "bltj", told)
        states |= {one or other for one, other in _MUST_BE.findall(said)}
        for noun in _SAME.findall(f"{title} {said}"):
            _tell_against(row, rows, noun, title)
    if len(states) > 1:
        raw.tell("CONDITIONS_EXCLUDE", "guideCondition", sorted(states))


def _tell_against(condition: Raw, rows: Sequence[Raw], noun: str, title: str) -> None:
    for row in rows:
        texts = f"{row.text(BUNDLE_KEYS.title)} {row.text(BUNDLE_KEYS.help)}"
        if f"不同{noun}" in texts or f"{noun}不同" in texts:
            condition.tell("CONDITION_AGAINST_MATERIAL", "bltj", f"{title} / {texts}")


def _tell_order(raw: Raw, key: str) -> None:
    """Orders count from their first without gap or repetition."""
    orders = [row.number("pxh") for row in raw.rows(key) if row.data.get("pxh") is not None]
    found = sorted(order for order in orders if order is not None)
    if found and found != list(range(found[0], found[0] + len(found))):
        raw.tell("ORDER_GAPS", key, found)


def _tell_keys(raw: Raw, key: str) -> None:
    """A key that more than half of the rows have is missing on the others."""
    rows = raw.rows(key)
    counts = Counter(name for row in rows for name in row.data)
    usual = {name for name, count in counts.items() if len(rows) / 2 < count < len(rows)}
    for row in rows:
        missing = sorted(usual - row.data.keys())
        if missing:
            row.tell("KEY_ON_SOME_ONLY", "", missing)


def _tell_places(raw: Raw, basic: Raw) -> None:
    """Questions are of this area: another capital's name in one is told."""
    area = basic.text("areaName") + basic.text("qtbmmc")
    for row in raw.rows("questionInfo"):
        text = f"{row.text('problem')} {row.text('answer')}"
        others = [city for city in CITIES if city in text and city not in area]
        if others:
            row.tell("FAQ_OF_OTHER_PLACE", "answer", f"{'、'.join(others)}：{text}")


def _tell_file_types(raw: Raw, rows: Sequence[Raw]) -> None:
    """One way of writing a type: docx or .docx."""
    types: dict[str, set[str]] = {}
    for row in rows:
        for attachment in row.rows("attachList"):
            kind = attachment.text("fjlx")
            types.setdefault(kind.lower().lstrip("."), set()).add(kind)
    for kind, spellings in types.items():
        if kind and len(spellings) > 1:
            raw.tell("FILE_TYPE_VARIANT", "materialList", sorted(spellings))
