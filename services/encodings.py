"""Which bytes are a text that we take: UTF-8 without a mark, and no character that nobody sees (pure)."""

import re

from services.errors import DefinitionInvalid, broken

# Byte-order marks, the longer first.
_MARKS = (
    (b"\xef\xbb\xbf", "UTF-8 BOM"),
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# Control characters, halves of characters (lone surrogates), marks and what Unicode calls no character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufffe\uffff]"
)


def decoded(data: bytes, place: str) -> str:
    """The text of UTF-8 bytes. Raises DefinitionInvalid: YAML_ENCODING with line, column and the likely encoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise _refused(place, "YAML_ENCODING", "", encoding=name)
    if b"\x00" in data[:4]:  # UTF-16 without a mark
        raise _refused(place, "YAML_ENCODING", "", encoding="UTF-16")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        raise _refused(place, "YAML_ENCODING", before, encoding=_likely(data)) from error


def check_characters(text: str, place: str) -> None:
    """Refuses characters that nobody sees: YAML_CHARACTER with line, column and the code point."""
    found = _UNSEEN.search(text)
    if found is not None:
        code = f"U+{ord(found.group()):04X}"
        raise _refused(place, "YAML_CHARACTER", text[: found.start()], character=code)


def is_plain(text: str) -> bool:
    """Whether a text has only characters that can be seen and stored."""
    return _UNSEEN.search(text) is None


def position(text: str, at: int) -> tuple[int, int]:
    """Line and column, both from 1, of a character of a text."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _likely(data: bytes) -> str:
    """GB18030 takes nearly every byte, so it is only named where it gives Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030" if re.search("[\u4e00-\u9fff]", text) else ""


def _refused(place: str, rule: str, before: str, **params: object) -> DefinitionInvalid:
    line, column = position(before, len(before))
    return DefinitionInvalid([broken(place, rule, line=line, column=column, **params)])
