"""Which words the elements of an item are told in, with the official code and the Chinese of each (pure).

GB/T 39046-2020, appendix A, where it has a table; the national platform's lists otherwise. The names are ours and
stand in definitions; exchange uses the codes. What no source states is data (data/code_facts.yaml).
"""

import re
from enum import StrEnum
from pathlib import Path
from typing import Self, cast

import yaml

_FACTS = yaml.safe_load(Path(__file__).with_name("data").joinpath("code_facts.yaml").read_bytes())


class Coded(StrEnum):
    """A word with its official code, empty where no list gives one, and what people read for it."""

    code: str
    label: str

    def __new__(cls, name: str, code: str, label: str) -> Self:
        """A text that knows its code and label."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.code = code
        member.label = label
        return member

    @classmethod
    def named(cls, name: str) -> Self:
        """The word of a name; StopIteration when there is none."""
        return next(member for member in cls if member == name)

    @classmethod
    def of_code(cls, code: str) -> Self | None:
        """The word of an official code, or None."""
        return next((member for member in cls if code and member.code == code), None)

    @classmethod
    def of_label(cls, label: str) -> Self | None:
        """The word that people read so, or None."""
        return next((member for member in cls if member.label == label), None)


class ItemType(Coded):
    """Item types (事项类型, A.1); 11 to 19 and 21 to 29 are the extensions that the table leaves open."""

    POWERS = "powers", "00", "行政权力"
    LICENCE = "licence", "01", "行政许可"
    PENALTY = "penalty", "02", "行政处罚"
    COERCION = "coercion", "03", "行政强制"
    LEVY = "levy", "04", "行政征收"
    BENEFIT = "benefit", "05", "行政给付"
    INSPECTION = "inspection", "06", "行政检查"
    CONFIRMATION = "confirmation", "07", "行政确认"
    AWARD = "award", "08", "行政奖励"
    RULING = "ruling", "09", "行政裁决"
    OTHER_POWER = "other_power", "10", "其他行政权力"
    EXTENDED_POWER = "extended_power", "11", "其他行政权力（扩展）"
    PUBLIC_SERVICE = "public_service", "20", "公共服务"
    EXTENDED_SERVICE = "extended_service", "21", "公共服务"


# 11 to 19 extend the powers, 21 to 29 the public services.
ITEM_TYPE_CODES = ("00", *(f"{n:02}" for n in range(1, 30)))


class Level(Coded):
    """Levels at which a power is exercised (行使层级, A.2)."""

    NATION = "nation", "1", "国家级"
    PROVINCE = "province", "2", "省级"
    CITY = "city", "3", "市级"
    COUNTY = "county", "4", "县级"
    TOWN = "town", "5", "镇（乡、街道）级"
    VILLAGE = "village", "6", "村（社区）级"
    GRADED = "graded", "7", "分级管理"


class BodyNature(Coded):
    """What the body that handles an item is (实施主体性质, A.3)."""

    STATUTORY = "statutory", "1", "法定机关"
    AUTHORISED = "authorised", "2", "授权组织"
    ENTRUSTED = "entrusted", "3", "受委托组织"
    OTHER = "other", "9", "其他"


class Served(Coded):
    """Whom an item serves (服务对象, A.4)."""

    PERSON = "person", "1", "自然人"
    ENTERPRISE = "enterprise", "2", "企业法人"
    INSTITUTION = "institution", "3", "事业法人"
    SOCIETY = "society", "4", "社会组织法人"
    AUTHORITY = "authority", "5", "行政机关"
    OTHER = "other", "6", "其他组织"


class Channel(Coded):
    """How one may apply (办理形式, A.5)."""

    COUNTER = "counter", "1", "窗口办理"
    ONLINE = "online", "2", "电脑端网上办理"
    MOBILE = "mobile", "3", "移动端网上申请"
    POST = "post", "4", "快递申请"
    OTHER = "other", "9", "其他"


class CaseKind(Coded):
    """Whether a case is closed at once or within a promise (办件类型, A.6)."""

    INSTANT = "instant", "1", "即办件"
    PROMISE = "promise", "2", "承诺件"
    OTHER = "other", "9", "其他"


class SpecialProcedure(Coded):
    """What stops or lengthens the clock (特别程序种类, A.7)."""

    EXTENSION = "extension", "1", "延长审批"
    OTHER = "other", "2", "除延长审批之外的情况"


class PowerSource(Coded):
    """Where the power comes from (权力来源)."""

    OWN = "own", "1", "法定本级行使"
    HANDED_DOWN = "handed_down", "2", "上级下放"
    AUTHORISED_ABOVE = "authorised_above", "3", "上级授权"
    AUTHORISED_LEVEL = "authorised_level", "4", "同级授权"
    ENTRUSTED_ABOVE = "entrusted_above", "5", "上级委托"
    ENTRUSTED_LEVEL = "entrusted_level", "6", "同级委托"


class ItemState(Coded):
    """The state of an item in a list (事项状态)."""

    IN_USE = "in_use", "1", "在用"
    PAUSED = "paused", "2", "暂停"
    CANCELLED = "cancelled", "3", "取消"
    DRAFT = "draft", "4", "草稿"


class SourceChannel(Coded):
    """Where a material comes from (来源渠道)."""

    APPLICANT = "applicant", "10", "申请人自备"
    GOVERNMENT = "government", "20", "政府部门核发"
    INTERMEDIARY = "intermediary", "30", "中介机构出具"
    OTHER = "other", "99", "其他"


class Necessity(Coded):
    """Whether a material must be there (必要性)."""

    NEEDED = "needed", "1", "必要"
    OPTIONAL = "optional", "2", "非必要"
    LATER = "later", "3", "容缺后补"


class MaterialKind(Coded):
    """Original or copy (材料类型)."""

    ORIGINAL = "original", "1", "原件"
    COPY = "copy", "2", "复印件"
    EITHER = "either", "3", "原件或复印件"
    BOTH = "both", "4", "原件和复印件"


class MaterialForm(Coded):
    """On paper or as a file (材料形式)."""

    PAPER = "paper", _FACTS["material_form"]["paper"], "纸质"
    ELECTRONIC = "electronic", _FACTS["material_form"]["electronic"], "电子"
    BOTH = "both", _FACTS["material_form"]["both"], "纸质和电子"


class ResultKind(Coded):
    """What closes a case (结果类型); the list has words only."""

    CERTIFICATE = "certificate", "", "出证办结"
    DOCUMENT = "document", "", "出文办结"
    APPROVAL = "approval", "", "审批办结"


class OnlineDepth(Coded):
    """How much of it is done online (网办深度); IV is all of it (全程网办)."""

    ONE = "I", "Ⅰ", "Ⅰ级"
    TWO = "II", "Ⅱ", "Ⅱ级"
    THREE = "III", "Ⅲ", "Ⅲ级"
    FOUR = "IV", "Ⅳ", "Ⅳ级（全程网办）"


class Scope(Coded):
    """Within which area one may apply anywhere (通办范围, GB/T 39046 table 4, which gives no digits)."""

    NATION = "nation", "", "全国通办"
    PROVINCES = "provinces", "", "跨省通办"
    CITIES = "cities", "", "跨市通办（全省）"
    COUNTIES = "counties", "", "跨县通办（全市）"
    TOWNS = "towns", "", "全县通办"
    NONE = "none", "", "不可通办"


class ReviewKind(Coded):
    """Whether it is looked at and closed at once, or examined first (审查类型); words only."""

    AT_ONCE = "at_once", "", "即审即办"
    EXAMINED = "examined", "", "前审后批"


def item_type_of(code: str) -> ItemType | None:
    """The item type of two digits, extensions included; None when there is none."""
    if re.fullmatch(r"1[1-9]", code):
        return ItemType.EXTENDED_POWER
    if re.fullmatch(r"2[1-9]", code):
        return ItemType.EXTENDED_SERVICE
    return ItemType.of_code(code)


def level_of(code: str) -> Level | None:
    """The level of one digit, or None."""
    return Level.of_code(code)


def is_on_application(code: str, *, relieves: bool = False) -> bool:
    """Whether people may apply for items of a type (依申请), or authorities act by office (依职权).

    A levy (征收) is applied for only where it relieves somebody (减免审批).
    """
    kind = item_type_of(code)
    if kind is None:
        return False
    rule = cast(dict[str, str], _FACTS["on_application"])[kind.code]
    return rule == "yes" or (rule == "relief" and relieves)


# Types of which no item is ever applied for; a levy may be.
BY_OFFICE = tuple(code for code in ITEM_TYPE_CODES if not is_on_application(code, relieves=True))
