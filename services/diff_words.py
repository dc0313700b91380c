"""How a difference between two definitions is told to people, in Chinese (pure)."""

from collections.abc import Mapping, Sequence

from services.definition import canonical
from services.diff import Difference, differences
from services.places import position

MOST = 60  # characters of a value that are shown
LISTS = {
    "materials": "材料",
    "material_groups": "任选材料组",
    "route": "环节",
    "groups": "环节组",
    "form": "表单",
    "fields": "表单项",
    "columns": "列",
    "results": "结果",
    "stops": "特别程序",
    "parts": "联办事项",
    "eligibility": "资格条件",
    "questions": "常见问题",
    "fees": "收费项目",
    "places": "办理地点",
    "intermediaries": "中介服务",
    "outcomes": "办理结果",
    "special_procedures": "特别程序",
}
LABELS = {
    **{"name": "名称", "label": "名称", "summary": "简介", "words": "俗称", "type": "类型"},
    **{
        "audience": "办理对象",
        "lead": "牵头部门",
        "acceptance": "受理方式",
        "at": "所在区划的依据",
    },
    **{"conditions": "受理条件", "basis": "依据", "limits": "时限", "remedies": "救济途径"},
    **{"notice": "受理告知期限", "correction": "补正期限", "promised": "承诺时限"},
    **{"statutory": "法定时限", "extension": "延长期限", "delivery": "送达期限", "within": "期限"},
    **{"days": "天数", "kind": "种类", "mode": "提供方式", "required": "是否必要"},
    **{
        "required_when": "必要的条件",
        "when": "需要的条件",
        "help": "说明",
        "certificate": "对应的电子证照",
    },
    **{"holder": "持证人", "paths": "所用的表单项", "core": "是否核心要件", "later": "后补期限"},
    **{
        "accept": "文件类型",
        "most_files": "文件个数上限",
        "group": "所在的组",
        "least": "至少几项",
    },
    **{
        "most": "至多几项",
        "department": "办理部门",
        "reads": "可以查看的内容",
        "result": "签发的证照",
    },
    **{
        "before": "先于",
        "on_silence": "逾期不答的处理",
        "opinions": "所需意见数",
        "item": "决定的事项",
    },
    **{
        "register": "核验的登记库",
        "asks": "核验的内容",
        "join": "各环节结果的关系",
        "quorum": "足数",
    },
    **{
        "options": "选项",
        "unit": "单位",
        "minimum": "下限",
        "maximum": "上限",
        "max_length": "最多字数",
    },
    **{"earliest": "最早日期", "latest": "最晚日期", "sources": "自动填写的来源", "face": "照面"},
    **{
        "valid_months": "有效月数",
        "review_days": "复议期限（日）",
        "suit_months": "诉讼期限（月）",
    },
    **{"guide": "办事指南", "contacts": "联系方式", "enquiry": "咨询电话", "complaint": "投诉电话"},
    **{
        "window": "窗口电话",
        "hours": "办理时间",
        "address": "地址",
        "phone": "电话",
        "visits": "到现场次数",
    },
    **{
        "visits_reason": "到现场原因",
        "fee_basis": "收费依据",
        "charged": "是否收费",
        "standard": "标准",
    },
    **{
        "question": "问题",
        "answer": "解答",
        "scope": "通办范围",
        "channels": "办理形式",
        "flow": "办理流程",
    },
    **{"pay_online": "网上支付", "originals": "原件份数", "copies": "复印件份数", "paper": "规格"},
    **{
        "issuer": "出具机构",
        "code": "编码",
        "bundle": "是否一件事",
        "imported": "未映射的内容",
        **LISTS,
    },
}
VALUES = {
    **{
        "form_generated": "表单自动生成",
        "cert_linked": "关联电子证照",
        "data_verified": "数据核验",
    },
    **{"promise": "告知承诺", "upload": "上传", "later": "容缺后补", "working": "工作日"},
    **{"calendar": "自然日", "officer": "人工", "automatic": "自动", "person": "个人"},
    **{"enterprise": "企业", "wait": "等待", "escalate": "督办", "consent": "视为同意"},
    **{"each": "各自成立", "all": "全部通过", "any": "任一通过", "veto": "一票否决"},
    **{"applicant": "申请人", "representative": "法定代表人", "agent": "代办人"},
    **{"approve": "审批", "verify": "核验", "advise": "征求意见", "inspect": "现场踏勘"},
    **{"evaluate": "评审", "issue": "发证"},
}
_NOT_WORDS = frozenset({"name", "label", "help", "question", "answer", "summary"})
Names = Mapping[str, str]


def told_changes(
    old: Mapping[str, object], new: Mapping[str, object], names: Names | None = None
) -> tuple[str, ...]:
    """One sentence for each difference: 环节“消防”的期限由 10 个工作日改为 8 个工作日.

    `names` are words for codes that only others know: departments by function, certificates by type.
    """
    found = differences(old, new)
    places = {one.place for one in found}
    return tuple(
        told(one, old, new, names or {})
        for one in found
        if not (one.place.endswith(".kind") and f"{one.place[:-4]}days" in places)
    )


def told(
    found: Difference, old: Mapping[str, object], new: Mapping[str, object], names: Names
) -> str:
    """The sentence of one difference between these two definitions."""
    parts = found.place.split(".") if found.place else []
    subject, is_member = _subject(parts, old if found.kind == "removed" else new)
    if found.kind == "ordered":
        return f"调整{subject}的顺序"
    if is_member and found.kind in {"added", "removed"}:
        return f"{'增加' if found.kind == 'added' else '取消'}{subject}"
    key = parts[-1] if parts else ""
    before, after = _shown(key, found.before, names), _shown(key, found.after, names)
    if key == "days" and found.kind == "changed" and _unit(parts, new):
        was, is_now = _unit(parts, old), _unit(parts, new)
        before = f" {before} " if was == is_now else f" {before} {was}"
        subject, after = subject.removesuffix("的天数"), f" {after} {is_now}"
    if key == "required":
        subject = subject.removesuffix("的是否必要")
    if found.kind == "added":
        return f"{subject}{'改' if key == 'required' else '定'}为{after}"
    if found.kind == "removed":
        return f"{subject}不再规定，原为{before}"
    return f"{subject}由{before}改为{after}"


def _subject(parts: Sequence[str], root: object) -> tuple[str, bool]:
    """What a place is called, and whether it is a member of a list."""
    called, here, is_member = "", root, False
    for number, name in enumerate(parts):
        is_member = isinstance(here, list)
        word = f"“{_title(here, name)}”" if is_member else LABELS.get(name, f"“{name}”")
        joint = "的" if called and not is_member else ""
        if name == "limits" and len(parts) > 1:
            word = ""
        if name in {"fields", "columns"} and number:
            joint, word = "中的", "" if number + 1 < len(parts) else LABELS[name]
        called += joint + word
        here = _inside(here, name)
    return called or "定义", is_member


def _title(members: object, name: str) -> str:
    member = _inside(members, name)
    if isinstance(member, Mapping):
        for key in ("label", "name", "question"):
            if isinstance(member.get(key), str):
                return str(member[key])[:MOST]
    return name


def _inside(holder: object, name: str) -> object:
    if isinstance(holder, Mapping):
        return holder.get(name)
    if isinstance(holder, list) and (at := position(holder, name)) is not None:
        return holder[at]
    return None


def _unit(parts: Sequence[str], root: object) -> str:
    """The kind of day that stands beside a number of days."""
    for name in parts[:-1]:
        root = _inside(root, name)
    kind = root.get("kind") if isinstance(root, Mapping) else None
    return {"working": "个工作日", "calendar": "个自然日"}.get(str(kind), "")


def _shown(key: str, value: object, names: Names) -> str:
    if isinstance(value, bool):
        words = ("必要", "非必要") if key == "required" else ("是", "否")
        return words[0] if value else words[1]
    if (
        isinstance(value, str)
        and key not in _NOT_WORDS
        and (known := {**VALUES, **names}.get(value))
    ):
        return known
    if isinstance(value, Mapping) and isinstance(value.get("days"), int):
        kind = {"working": "工作日", "calendar": "自然日"}.get(str(value.get("kind")), "日")
        return f" {value['days']} 个{kind}"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _short("、".join(_shown(key, item, names).strip("“”") for item in value) or "空")
    if isinstance(value, str):
        return _short(value)
    if value is None or isinstance(value, int | float):
        return "空" if value is None else str(value)
    return _short(canonical({"": value})[4:-1])


def _short(text: str) -> str:
    return f"“{text if len(text) <= MOST else text[: MOST - 1] + '…'}”"
