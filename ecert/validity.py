"""Decides whether a certificate holds on a day; expiry is computed, never set by hand (pure)."""

import calendar
from datetime import date, timedelta

# 有效 过期 未生效 暂扣 撤销 注销 被新版替代 制证中
STATUSES = (
    "valid",
    "expired",
    "not_yet",
    "suspended",
    "revoked",
    "cancelled",
    "superseded",
    "issuing",
)
FINAL = frozenset({"revoked", "cancelled", "superseded"})
# What may follow a recorded status. `superseded` follows only from a newer version becoming valid.
NEXT = {
    "issuing": frozenset({"valid", "revoked"}),
    "valid": frozenset({"suspended", "revoked", "cancelled", "superseded"}),
    "suspended": frozenset({"valid", "revoked", "cancelled", "superseded"}),
}


def status_on(recorded: str, valid_from: date, valid_until: date | None, on: date) -> str:
    """The status on a day. `valid_until` is the last valid day, None for one without end (长期).

    What is over for good stays so; then time speaks; a suspension shows only within the time.
    """
    if recorded in FINAL or recorded == "issuing":
        return recorded
    if valid_until is not None and on > valid_until:
        return "expired"
    if on < valid_from:
        return "not_yet"
    return recorded


def last_valid_day(issued_on: date, months: int | None) -> date | None:
    """The day before the same date `months` later; in a month without that date, its last day.

    Civil Code, article 202 (民法典第二百零二条). None for a certificate without end.
    """
    if months is None:
        return None
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    days = calendar.monthrange(year, month + 1)[1]
    if issued_on.day > days:
        return date(year, month + 1, days)
    return date(year, month + 1, issued_on.day) - timedelta(days=1)


def may_become(recorded: str, new: str) -> bool:
    """True if a certificate with the recorded status may get the new one."""
    return new in NEXT.get(recorded, frozenset())
