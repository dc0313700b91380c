"""What a paper says, as plain values; `files.paper` gives them their look (pure)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Accent = Literal["gold", "red", "blue", "green"]
Orientation = Literal["landscape", "portrait"]


@dataclass(frozen=True)
class CertificateSheet:
    """The face of a certificate (证照照面)."""

    title: str  # 食品经营许可证
    number: str  # 证照编号, as people read it aloud
    rows: tuple[tuple[str, str], ...]  # label and value, in order; long values wrap
    issuer: str  # 发证机关, also the name on the seal's arc
    issued_on: date
    identifier: str  # 电子证照标识 (GB/T 36904), at the foot
    qr_text: str  # what the QR says: the statement or the address of the verification page
    valid_from: date | None = None
    valid_until: date | None = None  # None: no line about validity
    number_label: str = "证书编号"
    issuer_label: str = "发证机关"  # 登记机关 on a business licence
    statement: str = ""  # the sentence before the rows: 根据《…》，经审查，准予…
    notes: tuple[str, ...] = ()  # small print beside the QR
    qr_caption: str = "扫描二维码核验证照真伪"
    seal_caption: str = ""  # straight line under the star: 行政许可专用章
    accent: Accent = "gold"
    orientation: Orientation = "landscape"
    photo: bytes = b""  # PNG or JPEG of the holder, at most 200 kB
    watermark: str = ""  # across the page: purpose and user of an annotated copy (加注件)


@dataclass(frozen=True)
class SheetTable:
    """A table in a document; `widths` are percentages, one a column, or empty for even columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True)
class DocumentSheet:
    """An official document (文书) in the order in which it is read."""

    authority: str  # 发文机关, in the red head and on the seal's arc
    title: str  # 行政许可申请受理通知书
    number: str  # 云市监许受〔2026〕1号
    addressee: str  # 申请人; the colon is added
    paragraphs: tuple[str, ...]  # the body
    issued_on: date
    rows: tuple[tuple[str, str], ...] = ()  # facts in a ruled block after the body
    tables: tuple[SheetTable, ...] = ()
    closing: tuple[str, ...] = ()  # paragraphs after the tables
    remedies: tuple[str, ...] = ()  # 救济途径: reconsideration, suit, body and period
    contact: tuple[tuple[str, str], ...] = ()  # 联系人, 联系电话, 地址, in one small line
    signature: str = ""  # who signs when it is not the authority of the head
    seal_caption: str = ""  # 受理专用章
    qr_text: str = ""  # empty: no QR
    qr_caption: str = "扫码查询办理进度、核验文书"
    identifier: str = ""  # case number, small, at the foot
    watermark: str = ""
    void_mark: str = ""  # 作废, large and red across the page


@dataclass(frozen=True)
class BlankLine:
    """A question of a blank form: its options are boxes to tick, its columns a table with empty rows."""

    label: str
    note: str = ""
    unit: str = ""
    options: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    empty_rows: int = 0
    is_high: bool = False  # room for a long text

    @property
    def numbers(self) -> range:
        """The numbers of its empty rows."""
        return range(1, self.empty_rows + 1)


@dataclass(frozen=True)
class BlankPart:
    """A section of a blank form."""

    title: str
    help: str
    lines: tuple[BlankLine, ...]


@dataclass(frozen=True)
class BlankSheet:
    """A form to read or print before anything is asked for (空白表)."""

    title: str
    code: str
    intro: tuple[str, ...]
    parts: tuple[BlankPart, ...]
    materials: tuple[tuple[str, str], ...]  # name, and how it is had
