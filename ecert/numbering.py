"""Decides how the number of a certificate (证照编号) is written, from the rule of its type (pure).

A rule is text with places: {division6} the first six digits of the issuer's division, {word} its
document word (发文字头), {year}, {sequence:N} the running number with at least N digits, and at the
end {check}, the check digit of all digits before it (ISO/IEC 7064 MOD 11,10, GB/T 17710-2008).
"""

import re

_PLACE = re.compile(r"\{([a-z0-9]+)(?::([1-9]))?\}")
_SEQUENCE = re.compile(r"\{sequence(?::([1-9]))?\}")


class NumberRuleInvalid(ValueError):
    """A rule with an unknown place, or without exactly one running number."""


def check_rule(rule: str) -> None:
    """Raises NumberRuleInvalid unless every place is known and numbers can differ."""
    names = [found.group(1) for found in _PLACE.finditer(rule)]
    unknown = set(names) - {"division6", "word", "year", "sequence", "check"}
    if unknown or names.count("sequence") != 1 or "{" in _PLACE.sub("", rule):
        raise NumberRuleInvalid(rule)
    if "check" in names and not rule.endswith("{check}"):
        raise NumberRuleInvalid(rule)


def series_of(rule: str, *, division: str, word: str, year: int) -> str:
    """The rule with all but the running number written: a series' numbers differ by that."""
    check_rule(rule)
    written = rule.replace("{division6}", division[:6]).replace("{word}", word)
    return written.replace("{year}", str(year))


def number_in(series: str, sequence: int) -> str:
    """The number at a place of a series; places count from 1."""
    found = _SEQUENCE.search(series)
    assert found is not None
    digits = str(sequence).zfill(int(found.group(1) or 1))
    number = series[: found.start()] + digits + series[found.end() :]
    if number.endswith("{check}"):
        body = number.removesuffix("{check}")
        return body + check_digit("".join(c for c in body if c.isascii() and c.isdigit()))
    return number


def check_digit(digits: str) -> str:
    """The check digit of a row of digits: ISO/IEC 7064 MOD 11,10."""
    remainder = 10
    for digit in digits:
        remainder = (remainder + int(digit)) % 10 or 10
        remainder = remainder * 2 % 11
    return str((11 - remainder) % 10)
