"""How days, moments, states and lists are written on a page."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from files.leaflets import paper_names
from halls.asking import Said
from halls.sheet import id_of
from halls.standing import light

register = template.Library()

GOOD, BAD, BUSY, QUIET = "good", "bad", "busy", "quiet"
TONES = {
    GOOD: "valid approved agree agree_forward passed match concluded",
    BAD: "revoked cancelled altered unknown_issuer not_found expired denied disagree failed "
    "not_accepted lapsed",
    BUSY: "submitted reviewing open correcting issuing suspended partly decided not_yet unavailable "
    "mismatch",  # a check denies nothing,
}
_TONE = {name: tone for tone, names in TONES.items() for name in names.split()}

OFFERS = {
    "inHall": "已进驻政务大厅",
    "appointment": "可以预约",
    "express": "结果可以寄送",
    "terminals": "自助终端可办",
    "promiseAllowed": "证明事项可以告知承诺",
}
LONG = re.compile(r"([0-9A-Z.]{20,})")


def day(written: str | None) -> str:
    """2026-01-31 as 2026年1月31日; nothing for nothing."""
    if not written:
        return ""
    at = date.fromisoformat(str(written)[:10])
    return f"{at.year}年{at.month}月{at.day}日"


def moment(written: str | None) -> str:
    """2026-01-31T09:30:00+08:00 as 2026-01-31 09:30."""
    return datetime.fromisoformat(written).strftime("%Y-%m-%d %H:%M") if written else ""


def short_day(written: str | None) -> str:
    """2026-01-31 as 1月31日, for where the year is plain."""
    return day(written)[5:]


def left(days: int | None, kind: str = "working") -> str:
    """Days until a limit's last day in words; a negative number is how far it is over."""
    unit = "个工作日" if kind == "working" else "天"
    if days is None:
        return ""
    if days < 0:
        return f"已超过 {-days} {unit}"
    return f"还剩 {days} {unit}" if days else "今天到期"


def limit(given: dict[str, Any] | None) -> str:
    """A limit {days, kind} in words."""
    if not given:
        return ""
    return f"{given['days']} {'个工作日' if given['kind'] == 'working' else '个自然日'}"


def tone(name: str) -> str:
    """Which of four looks a state, status or outcome has: good, bad, busy, quiet."""
    return _TONE.get(name, QUIET)


def result_tone(outcome: str) -> str:
    """The look of a department's outcome: a register that knows nothing (未查到) denies nothing either."""
    return BUSY if outcome == "not_found" else tone(outcome)


def long_numbers(text: str) -> SafeString:
    """A text whose numbers of cases and certificates may break anywhere, so that they fill their line."""
    parts = ((" long" if LONG.fullmatch(part) else "", part) for part in LONG.split(text))
    return format_html_join("", '<span class="text{}">{}</span>', parts)


def said_of(said: Sequence[Said], name: str) -> list[str]:
    """What was refused about one field."""
    return [one.message for one in said if one.field == name]


def anchor(one: Said) -> str:
    """The id of the place that a refusal is about."""
    return id_of(one.field)


def joined(texts: Iterable[str]) -> str:
    """Texts as a Chinese list."""
    return "、".join(texts)


def labels(values: Iterable[dict[str, str]]) -> str:
    """The labels of coded values as a Chinese list."""
    return joined(value["label"] for value in values)


def offered(guide: dict[str, Any]) -> list[str]:
    """Which of the services a guide can offer it does offer, in words."""
    return [words for name, words in OFFERS.items() if guide[name]]


def among(name: str, names: str) -> bool:
    """Whether a name is one of several, written with spaces between."""
    return name in names.split()


def number(value: object) -> str:
    """A number or text as it is typed into a field."""
    return "" if value is None else str(value)


def filesize(size: int | None) -> str:
    """Bytes as people say them."""
    if size is None:
        return "—"
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} KB"


def filekind(media_type: str) -> str:
    """What a file is, by its media type."""
    return {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}.get(media_type, "—")


def paper_at(name: str) -> str:
    """Where a blank form or sample is had: its own address, ours for a file that is here, or empty."""
    if name.startswith("https://"):
        return name
    return reverse("halls:paper", args=[name]) if name in paper_names() else ""


for written in (
    paper_at,
    day,
    short_day,
    moment,
    light,
    left,
    limit,
    tone,
    result_tone,
    long_numbers,
    said_of,
    anchor,
    joined,
    labels,
    offered,
    among,
    number,
    filesize,
    filekind,
):
    register.filter(written.__name__, written)
