"""What a decision is called on paper: a licence is granted, a benefit given, a fact confirmed (pure).

The type of an item stands in its basic code (基本编码), third and fourth character (GB/T 39046-2020, A.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PaperWords:
    """How one type of act is written: titles, sentences, the letter of its numbers, the seal's caption."""

    granted: str
    denied: str
    grants: str
    denies: str
    subject: str
    letter: str
    seal: str


def _words(act: str, grants: str, denies: str, subject: str, letter: str) -> PaperWords:
    return PaperWords(
        granted=f"准予{act}决定书",
        denied=f"不予{act}决定书",
        grants=grants,
        denies=denies,
        subject=subject,
        letter=letter,
        seal=f"{act}专用章",
    )


LICENCE = _words(
    "行政许可", "符合法定条件、标准，决定准予行政许可。", "决定不予行政许可。", "许可事项", "许"
)
SERVICE = PaperWords(
    granted="办理结果通知书",
    denied="不予办理通知书",
    grants="符合规定条件，准予办理。",
    denies="不符合规定条件，决定不予办理。",
    subject="办理事项",
    letter="办",
    seal="业务专用章",
)
BY_TYPE: Mapping[str, PaperWords] = {
    "01": LICENCE,
    "05": _words("行政给付", "符合规定条件，决定给付。", "决定不予给付。", "给付事项", "给"),
    "07": _words("行政确认", "符合规定条件，予以确认。", "决定不予确认。", "确认事项", "确"),
}


def paper_words(item_code: str, item_type: str = "") -> PaperWords:
    """The words for what an item decides; `item_type` where its code is not a basic code of 12 characters.

    Neither known: the plain words of a service.
    """
    stated = item_code[2:4] if len(item_code) == 12 else item_type
    return BY_TYPE.get(stated, SERVICE)
