"""Which regular expressions a field may ask for: short, in linear time, and the same for every reader (pure).

RE2 never backtracks, so no expression and no text makes it slow. Of its syntax only what ECMA-262 spells alike is
taken, because the form is published as JSON Schema.
"""

import re
from functools import lru_cache
from typing import Any

import re2

LONGEST = 200  # characters of an expression
_FOREIGN = re.compile(r"\\(?![dDwWsSnrt.^$*+?()\[\]{}|/\\-])|\(\?(?!:)|\[\[:")
# RE2 reads `[]a]` as a class and a bare brace as itself; ECMA-262 reads the one otherwise and refuses the other.
_CLASS = r"\[\^?(?:\\[dDwWsS](?!-[^\]])|\\[^dDwWsS]|[^\\\[\]])+\]"
_COMMON = re.compile(
    rf"(?:(?:\\[^-]|{_CLASS}|[^\\\[\]{{}}^$])(?:\{{[0-9]+(?:,[0-9]*)?\}})?|[$^](?![*+?{{]))*"
)


class BadPattern(ValueError):
    """An expression that is too long, of another dialect, or none at all."""


def check_pattern(text: str) -> None:
    """Raises BadPattern for an expression that no field may ask for."""
    if len(text) > LONGEST or _FOREIGN.search(text) or not _COMMON.fullmatch(text):
        raise BadPattern(text)
    try:
        _compiled(text)
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPattern(text) from error


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text is what the expression asks for."""
    return _compiled(pattern).fullmatch(text) is not None


def is_found(pattern: str, text: str) -> bool:
    """Whether the expression matches anywhere in a text, as JSON Schema reads `pattern`.

    Half characters (lone surrogates) match nothing.
    """
    try:
        return _compiled(pattern).search(text) is not None
    except UnicodeEncodeError:
        return False


def whole(pattern: str) -> str:
    """The expression as JSON Schema writes one that must match the whole text."""
    return f"^(?:{pattern})$"


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
